import { AppError } from '@viewora/contracts/errors';
import { isObservable, lastValueFrom, type Observable } from 'rxjs';

/** The one value of a handler's result, which Nest lets be a value, a promise or an observable. */
export async function settledValue(result: unknown): Promise<unknown> {
  const value = await result;
  return isObservable(value) ? lastValueFrom(value, { defaultValue: undefined }) : value;
}

/**
 * The parts of a stream handler's result: an async iterable, an observable, or one value as the only part. An
 * observable is unsubscribed from once the signal aborts; an iterable's own code sees the signal in its `Call`.
 */
export async function* partsOf(result: unknown, signal: AbortSignal): AsyncGenerator<unknown> {
  const value = await result;
  if (isObservable(value)) yield* partsOfObservable(value, signal);
  else if (isAsyncIterable(value)) yield* value;
  else yield value;
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

async function* partsOfObservable(observable: Observable<unknown>, signal: AbortSignal): AsyncGenerator<unknown> {
  const parts: unknown[] = [];
  let isOver = false;
  let failure: { error: unknown } | undefined;
  let wake: (() => void) | undefined;
  const stop = () => {
    isOver = true;
    wake?.();
  };
  signal.addEventListener('abort', stop, { once: true });
  const subscription = observable.subscribe({
    next(part) {
      parts.push(part);
      wake?.();
    },
    error(error) {
      failure = { error };
      stop();
    },
    complete: stop,
  });
  try {
    while (true) {
      while (parts.length > 0) yield parts.shift();
      if (isOver) break;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    subscription.unsubscribe();
    signal.removeEventListener('abort', stop);
  }
  if (failure) throw failure.error;
}

/** The typed error of whatever a handler threw; the unknown becomes `internal`, with its cause for the log. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError('internal', 'Something went wrong', {}, { cause: error });
}
