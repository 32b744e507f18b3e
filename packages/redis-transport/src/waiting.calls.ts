import { AppError } from '@viewora/contracts/errors';
import { readFrames } from './reply.frame.ts';
import { errorOf } from './run.entries.ts';

interface WaitingCall {
  resolve(text: string): void;
  reject(error: AppError): void;
  timer: NodeJS.Timeout;
}

/** The calls of one client process that wait for their reply. Each ends once, whatever comes first. */
export class WaitingCalls {
  readonly #calls = new Map<string, WaitingCall>();

  /** Waits for the reply to a request. Rejects with `unavailable` when the time is over. */
  wait(id: string, timeoutMs: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.fail(id, noReply(timeoutMs)), timeoutMs);
      this.#calls.set(id, { resolve, reject, timer });
    });
  }

  /** Takes a message of the reply channel; a reply nobody waits for (any more) is dropped. */
  receive(message: string): void {
    for (const { id, ok, text } of readFrames(message)) {
      const call = this.#take(id);
      if (ok) call?.resolve(text);
      else call?.reject(errorOf(text));
    }
  }

  fail(id: string, error: AppError): void {
    this.#take(id)?.reject(error);
  }

  /** Replies cannot reach us, so waiting any longer only costs the callers time. */
  failAll(error: () => AppError): void {
    for (const id of [...this.#calls.keys()]) this.fail(id, error());
  }

  #take(id: string): WaitingCall | undefined {
    const call = this.#calls.get(id);
    if (!call) return undefined;
    this.#calls.delete(id);
    clearTimeout(call.timer);
    return call;
  }
}

function noReply(timeoutMs: number): AppError {
  return new AppError('unavailable', `No reply within ${timeoutMs} ms`, { retryAfterSeconds: 1 });
}
