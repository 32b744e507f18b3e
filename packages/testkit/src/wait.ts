import { setTimeout as delay } from 'node:timers/promises';

export interface UntilOptions {
  timeoutMs?: number;
  everyMs?: number;
  /** What is waited for, in the error's words: "the event to be delivered". */
  what?: string;
}

/**
 * Waits until `condition` gives something other than false, null or undefined, and resolves with it. A throw counts as
 * "not yet", and is the cause of the error when time is up.
 */
export async function until<Result>(
  condition: () => Result | Promise<Result>,
  { timeoutMs = 10_000, everyMs = 20, what = 'the condition' }: UntilOptions = {},
): Promise<Exclude<Result, false | null | undefined>> {
  const deadline = Date.now() + timeoutMs;
  let cause: unknown;
  for (;;) {
    try {
      const result = await condition();
      if (result !== false && result !== null && result !== undefined) {
        return result as Exclude<Result, false | null | undefined>;
      }
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain for ${what}`, { cause });
    await delay(everyMs);
  }
}
