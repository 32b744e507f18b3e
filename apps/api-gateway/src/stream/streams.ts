import { Readable } from 'node:stream';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { AppError } from '@viewora/contracts/errors';
import type { InputOf } from '@viewora/contracts/service';
import { Bus, type StreamRun } from '@viewora/service-kit/bus';
import { invalidInput } from '@viewora/service-kit/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { env } from '../env.ts';
import { readIdempotencyKey } from '../http/idempotency-key.ts';
import { readInput } from '../http/input.ts';
import { eventsOf, withPauses } from './event-stream.ts';
import { resumeOf, type StreamOperation, stopOf } from './run.operations.ts';

/** What there is of a run by now is read within it. */
const storedMs = 250;
/** A reader that takes nothing for so long, heartbeats included, is gone. */
const stalledMs = env.STREAM_STALLED_MS;
/** Proxies close what is silent for a minute. */
const heartbeatMs = stalledMs / 4;

/** Replies in parts, as event streams. A connection that breaks leaves its run as it is: the rest is read on any replica. */
@Injectable()
export class Streams implements OnModuleDestroy {
  private readonly stopping = new AbortController();

  constructor(private readonly bus: Bus) {}

  /** Ends what is open, so that its readers go on elsewhere. */
  onModuleDestroy(): void {
    this.stopping.abort(new AppError('unavailable', 'This replica stops', { retryAfterSeconds: 1 }));
  }

  begin(operation: StreamOperation, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const input = readInput(operation, request) as InputOf<StreamOperation>;
    const idempotencyKey = readIdempotencyKey(request);
    const signal = this.signalOf(reply);
    const run = this.bus.begin(operation, input, { signal, ...(idempotencyKey !== undefined && { idempotencyKey }) });
    return this.send(run, { after: 0, firstMs: heartbeatMs, signal }, reply);
  }

  async resume(operation: StreamOperation, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { id } = readInput(resumeOf(operation), request) as { id: string };
    const after = readLastEventId(request, id);
    const signal = this.signalOf(reply);
    const run = await this.bus.resume(operation, id, String(after), { signal });
    return this.send(run, { after, firstMs: storedMs, signal }, reply);
  }

  async stop(operation: StreamOperation, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { id } = readInput(stopOf(operation), request) as { id: string };
    await this.bus.cancel(operation, id);
    return reply.code(204).header('cache-control', 'no-store').send();
  }

  /** What goes wrong before the first part, or within `firstMs`, is thrown: there the status can still say so. */
  private async send(
    run: StreamRun,
    { after, firstMs, signal }: { after: number; firstMs: number; signal: AbortSignal },
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const parts = withPauses(run, heartbeatMs, firstMs);
    const { value: first, done } = await parts.next();
    reply.header('cache-control', 'no-store, no-transform');
    // There is nothing more: by this status a browser's EventSource knows not to ask again.
    if (done) return reply.code(204).send();
    reply.raw.socket?.setTimeout(stalledMs);
    const body = Readable.from(eventsOf({ runId: run.runId, parts, first, after, signal }), { objectMode: false });
    // Also where nothing of it was read: nobody else would leave the run then.
    body.once('close', () => void parts.return(undefined).catch(() => undefined));
    return reply.type('text/event-stream').header('x-accel-buffering', 'no').send(body);
  }

  private signalOf(reply: FastifyReply): AbortSignal {
    this.stopping.signal.throwIfAborted();
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    return AbortSignal.any([gone.signal, this.stopping.signal]);
  }
}

/** The number of the last part that the client has seen; 0 where it has seen none. */
function readLastEventId({ headers }: FastifyRequest, runId: string): number {
  const given = headers['last-event-id'];
  if (given === undefined || given === '') return 0;
  const [, seenOf, number] = /^([\da-f-]{36}):(\d{1,9})$/i.exec(String(given)) ?? [];
  if (seenOf?.toLowerCase() === runId.toLowerCase()) return Number(number);
  throw invalidInput([{ path: 'Last-Event-ID', message: 'must be the id of an event of this run' }]);
}
