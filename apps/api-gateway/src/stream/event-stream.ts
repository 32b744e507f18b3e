import { ReadingFailed, type StreamPart } from '@viewora/service-kit/bus';
import { toAppError } from '@viewora/service-kit/errors';

/** A comment, which no client takes for an event, so that nothing on the way takes silence for the end. */
const heartbeat = ':\n\n';

/** One event. JSON has no line breaks of its own, so its data is one line. */
function toEvent(id: string, event: string, data: unknown): string {
  return `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** A run that is being sent to somebody. */
export interface Sent {
  runId: string;
  /** Its parts as they come, and null for each pause. */
  parts: AsyncGenerator<StreamPart | null>;
  first: StreamPart | null;
  /** The part before the first. */
  after: number;
  /** Aborts where nobody reads any more, or this replica stops. */
  signal: AbortSignal;
}

/**
 * A run as the text of an event stream (WHATWG HTML, 9.2). What the run ends in is an event; where only our reading of it
 * breaks off, the connection does too, and without a last event the client knows to ask for the rest.
 * @throws ReadingFailed
 */
export async function* eventsOf({ runId, parts, first, after, signal }: Sent): AsyncGenerator<string> {
  let last = after;
  try {
    for (let part: StreamPart | null | undefined = first; part !== undefined; part = (await parts.next()).value) {
      if (part) last = Number(part.id);
      yield part ? partEvent(runId, part) : heartbeat;
    }
  } catch (error) {
    if (signal.aborted) return;
    if (error instanceof ReadingFailed) throw error;
    yield toEvent(`${runId}:${last + 1}`, 'error', { code: toAppError(error).code });
  }
}

function partEvent(runId: string, { id, text }: StreamPart): string {
  const { event, data } = JSON.parse(text) as { event: string; data: unknown };
  return toEvent(`${runId}:${id}`, event, data);
}

/** What comes of an iteration, and null whenever nothing has for so long; the first time after a time of its own. */
export async function* withPauses<T>(
  values: AsyncIterable<T>,
  pauseMs: number,
  firstPauseMs = pauseMs,
): AsyncGenerator<T | null> {
  const iterator = values[Symbol.asyncIterator]();
  try {
    let next = iterator.next();
    for (let waitMs = firstPauseMs; ; waitMs = pauseMs) {
      const step = await orPause(next, waitMs);
      if (step?.done) return;
      yield step ? step.value : null;
      if (step) next = iterator.next();
    }
  } finally {
    await iterator.return?.();
  }
}

function orPause<T>(next: Promise<T>, pauseMs: number): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(null), pauseMs);
    next.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
