import { performance } from 'node:perf_hooks';

const acceptableRoundTripMs = 250;

/**
 * Redis's time, kept by this process's monotonic clock plus an offset. Deadlines are counted from stream ids, which
 * are Redis's time, so neither host clocks that disagree nor one that is set back moves a deadline.
 */
export class RedisClock {
  #offsetMs: number | undefined;

  /** Takes a reading. A slow round trip says little about when Redis looked at its clock, so it is ignored. */
  sample(redisTimeMs: number, sentAtMs: number, receivedAtMs: number): void {
    const isSlow = receivedAtMs - sentAtMs > acceptableRoundTripMs;
    if (isSlow && this.#offsetMs !== undefined) return;
    this.#offsetMs = redisTimeMs - (sentAtMs + receivedAtMs) / 2;
  }

  /** Milliseconds of Redis time; before the first reading the host's clock, the best guess there is. */
  nowMs(): number {
    return this.#offsetMs === undefined ? Date.now() : performance.now() + this.#offsetMs;
  }
}
