import { AnswerPart } from '@viewora/contracts/answer';
import { AppError, ErrorCode } from '@viewora/contracts/errors';
import { readEvents } from './event-stream.ts';

export interface AnswerRoutes {
  /** Begins the answer, or joins one that is running. Done again, it gives the same answer. */
  begin: (signal: AbortSignal) => Promise<Response>;
  /** What of a run comes after an event; all of it after none. */
  resume: (runId: string, lastEventId: string, signal: AbortSignal) => Promise<Response>;
}

export interface Patience {
  /** Before each further try to read on, ms; any part that comes starts them anew. */
  waitsMs: readonly number[];
  /** A connection that says nothing for so long is taken for broken, ms. */
  silenceMs: number;
}

export const usualPatience: Patience = { waitsMs: [300, 1_000, 2_000, 4_000, 8_000, 15_000], silenceMs: 45_000 };

/**
 * The parts of an answer, until it is done. Where the connection breaks, it is read on from the last part seen. Throws
 * `AppError`: what the server says of the answer, or `unavailable` where it cannot be read on.
 */
export async function* followAnswer(
  { begin, resume }: AnswerRoutes,
  signal: AbortSignal,
  { waitsMs, silenceMs }: Patience = usualPatience,
): AsyncGenerator<AnswerPart, void> {
  let response = await begin(signal);
  let seen: string | null = null;
  let waits = waitsMs.values();
  for (;;) {
    try {
      for await (const { id, part } of partsOf(response, silenceMs)) {
        // A connection that is read on may repeat what was seen when it broke.
        if (seen !== null && placeOf(id) <= placeOf(seen)) continue;
        seen = id;
        waits = waitsMs.values();
        yield part;
        if (part.event === 'done') return;
      }
    } catch (error) {
      if (signal.aborted || error instanceof AppError) throw error;
    }
    const last = seen;
    response = await untilLetIn(
      () => (last === null ? begin(signal) : resume(runOf(last), last, signal)),
      waits,
      signal,
    );
  }
}

/** Tries until one is let in; gives up where nothing is left to wait for, or the server says that it is of no use. */
async function untilLetIn(
  open: () => Promise<Response>,
  waits: IterableIterator<number>,
  signal: AbortSignal,
): Promise<Response> {
  for (const waitMs of waits) {
    await pause(waitMs, signal);
    try {
      return await open();
    } catch (error) {
      if (signal.aborted || !isPassing(error)) throw error;
    }
  }
  throw new AppError('unavailable', 'The answer broke off');
}

function isPassing(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'unavailable' || error.code === 'too_many_requests');
}

async function* partsOf(response: Response, silenceMs: number): AsyncGenerator<{ id: string; part: AnswerPart }, void> {
  // With 204 a server says that there is nothing more.
  if (!response.body) throw new AppError('not_found', 'The answer has ended');
  for await (const { id = '', event, data } of readEvents(response.body, silenceMs)) {
    const value: unknown = JSON.parse(data);
    if (event === 'error') throw toError(value);
    const part = AnswerPart.safeParse({ event, data: value });
    // What a newer server says beside is not for this page.
    if (part.success) yield { id, part: part.data };
  }
}

function toError(data: unknown): AppError {
  const code = typeof data === 'object' && data !== null && 'code' in data ? ErrorCode.safeParse(data.code) : null;
  return new AppError(code?.data ?? 'internal', 'The answer failed');
}

/** Events are numbered within their run: `<runId>:<n>`. */
function placeOf(eventId: string): number {
  return Number(eventId.slice(eventId.lastIndexOf(':') + 1));
}

function runOf(eventId: string): string {
  return eventId.slice(0, eventId.lastIndexOf(':'));
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onAbort = () => {
    clearTimeout(timer);
    reject(signal.reason);
  };
  const timer = setTimeout(() => {
    signal.removeEventListener('abort', onAbort);
    resolve();
  }, ms);
  signal.addEventListener('abort', onAbort, { once: true });
  return promise;
}
