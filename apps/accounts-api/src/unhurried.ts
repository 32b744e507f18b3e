import { setTimeout as delay } from 'node:timers/promises';

/** Longer than either answer takes, so that the time of an answer does not tell which it is. */
const answersAfterMs = 150;

/** The result of `work`, no earlier than it would come for anybody else. */
export async function unhurried<T>(work: Promise<T>): Promise<T> {
  const [done] = await Promise.allSettled([work, delay(answersAfterMs)]);
  if (done.status === 'rejected') throw done.reason;
  return done.value;
}
