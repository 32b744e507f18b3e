import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '@viewora/contracts/call';
import type { AnyOperation, Command, InputOf, OutputOf, Stream } from '@viewora/contracts/service';
import type { Backlog } from '@viewora/redis-transport/backlog';
import { type OutgoingEvent, RedisStreamsClient } from '@viewora/redis-transport/client';
import { currentCall } from './current-call.ts';

export type { OutgoingEvent };

export interface AskOptions {
  actor?: Actor;
  requestId?: string;
  timeoutMs?: number;
  /** Makes a repeated command return the first one's reply. */
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
