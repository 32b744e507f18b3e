/** How many tries in a row may fail, and what follows. */
export interface AttemptPolicy {
  /** The failure that brings the first delay. */
  threshold: number;
  /** Failures fewer than that are forgotten after this time. */
  windowSeconds: number;
  /** The delay after each failure from the threshold on; the last stays. */
  delaysSeconds: readonly [number, ...number[]];
  /** How long after a delay the next failure still counts as the one that follows it. */
  rememberedSeconds: number;
}

/** The longest delay is short: whoever knows an address could otherwise keep its owner out. */
export const passwordAttempts: AttemptPolicy = {
  threshold: 10,
  windowSeconds: 15 * 60,
  delaysSeconds: [60, 2 * 60, 5 * 60, 15 * 60],
  rememberedSeconds: 60 * 60,
};

/** Six digits want more: at one try an hour, a thousand days of trying find one in forty. Only who has the password gets here. */
export const secondFactorAttempts: AttemptPolicy = {
  threshold: 5,
  windowSeconds: 24 * 60 * 60,
  delaysSeconds: [60, 5 * 60, 15 * 60, 60 * 60],
  rememberedSeconds: 24 * 60 * 60,
};
