import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '@viewora/contracts/call';
import type { AnyOperation, Command, InputOf, OutputOf, Stream } from '@viewora/contracts/service';
import type { Backlog } from '@viewora/redis-transport/backlog';
import {
  type OutgoingEvent,
  ReadingFailed,
  RedisStreamsClient,
  type StreamPart,
  type StreamRun,
} from '@viewora/redis-transport/client';
import { currentCall } from './current-call.ts';

export type { OutgoingEvent, StreamPart, StreamRun };
export { ReadingFailed };

export interface AskOptions {
  actor?: Actor;
  requestId?: string;
  timeoutMs?: number;
  /** Makes a repeated command return the first one's reply, and a repeated stream be read from its beginning. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

/** How a service talks to the others: `bus.request(propertyApi.search, {place: 'Folsom'})`. Every failure is an `AppError`. */
@Injectable()
export class Bus implements OnModuleInit, OnApplicationShutdown {
  constructor(
    private readonly client: RedisStreamsClient,
    private readonly app: string,
  ) {}

  onModuleInit(): Promise<void> {
    return this.client.connect();
  }

  onApplicationShutdown(): Promise<void> {
    return this.client.close();
  }

  async request<T extends AnyOperation>(operation: T, input: InputOf<T>, options?: AskOptions): Promise<OutputOf<T>> {
    return JSON.parse(await this.requestText(operation, input, options)) as OutputOf<T>;
  }

  /** The reply as JSON text, for who only passes it on. */
  requestText<T extends AnyOperation>(operation: T, input: InputOf<T>, options: AskOptions = {}): Promise<string> {
    return this.client.requestText(operation, JSON.stringify(input), this.envelope(options));
  }

  /** Resolves once the service's stream has the command; nobody waits for its reply, and what fails comes again. */
  queue<T extends Command>(operation: T, input: InputOf<T>, options: AskOptions = {}): Promise<void> {
    return this.client.queue(operation, JSON.stringify(input), this.envelope(options));
  }

  /** A reply in parts, as they come. Leaving the loop or aborting the signal cancels the work. */
  async *stream<T extends Stream>(
    operation: T,
    input: InputOf<T>,
    options: AskOptions = {},
  ): AsyncGenerator<OutputOf<T>> {
    for await (const { text } of this.client.stream(operation, JSON.stringify(input), this.envelope(options))) {
      yield JSON.parse(text) as OutputOf<T>;
    }
  }

  /**
   * Begins a run for a caller whose own client may lose its connection and come back: leaving the loop or aborting the signal
   * ends the reading alone. Parts are JSON text. A run that nobody reads any more is cancelled after a while.
   */
  begin<T extends Stream>(operation: T, input: InputOf<T>, options: AskOptions = {}): StreamRun {
    return this.client.stream(operation, JSON.stringify(input), { ...this.envelope(options), keepsRunning: true });
  }

  /**
   * The parts of a run of the actor's after a given one, and then those that come. Nothing is run again.
   * @throws AppError `not_found` where there is no such run of theirs, before any part is waited for
   */
  async resume(
    operation: Stream,
    runId: string,
    after: string | undefined,
    options: AskOptions = {},
  ): Promise<StreamRun> {
    const envelope = this.envelope(options);
    await this.client.assertOwnRun(operation, runId, envelope.actor);
    return this.client.resume(operation, runId, after, envelope);
  }

  /** Stops a run of the actor's, and all that is done for it. */
  cancel(operation: Stream, runId: string, options: AskOptions = {}): Promise<void> {
    return this.client.cancel(operation, runId, this.envelope(options).actor);
  }

  /** Whether a run has not ended yet; one whose replica died has, once another has noticed. */
  isRunOpen(operation: Stream, runId: string): Promise<boolean> {
    return this.client.isRunOpen(operation, runId);
  }

  /** Appends events in order, all or none. Payloads are JSON text. What a change in a database tells goes by its outbox. */
  async publishAll(events: readonly OutgoingEvent[]): Promise<void> {
    await this.client.publishEvents(events);
  }

  /** What waits or runs at a service. */
  backlog(service: string): Promise<Backlog> {
    return this.client.backlog(service);
  }

  private envelope(options: AskOptions) {
    const scope = currentCall();
    return {
      ...options,
      actor: options.actor ?? scope?.actor ?? ({ kind: 'service', name: this.app } as const),
      requestId: options.requestId ?? scope?.requestId ?? crypto.randomUUID(),
    };
  }
}
