import { AsyncLocalStorage } from 'node:async_hooks';
import type { Actor } from '@viewora/contracts/call';

/** What log lines and onward calls need to know of the work under way. */
export interface CallScope {
  requestId: string;
  actor: Actor;
}

const storage = new AsyncLocalStorage<CallScope>();

/** Runs `work` so that everything it logs or asks of other services carries this request id and actor. */
export function runInCall<T>(scope: CallScope, work: () => T): T {
  return storage.run(scope, work);
}

export function currentCall(): CallScope | undefined {
  return storage.getStore();
}
