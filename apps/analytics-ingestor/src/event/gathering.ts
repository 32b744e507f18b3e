interface Waiting<T, R> {
  one: T;
  resolve(result: R): void;
  reject(error: unknown): void;
}

/**
 * Does together what is asked for at about the same time, and so asks Redis once where it would have been asked many times. What is
 * more than a piece of work begins a turn of the event loop later, so that answers are read in between and neither side waits.
 */
export class Gathering<T, R> {
  private readonly waiting: Waiting<T, R>[] = [];

  /**
   * @param work answers all of them, in order, or fails for all of them
   * @param most of what they weigh together, but for the last one, is a piece of work
   */
  constructor(
    private readonly work: (all: readonly T[]) => Promise<readonly R[]>,
    private readonly weightOf: (one: T) => number,
    private readonly most: number,
  ) {}

  add(one: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ one, resolve, reject });
      if (this.waiting.length === 1) setImmediate(() => this.begin());
    });
  }

  private begin(): void {
    let [count, weight] = [0, 0];
    for (; count < this.waiting.length && weight < this.most; count++)
      weight += this.weightOf((this.waiting[count] as Waiting<T, R>).one);
    void this.finish(this.waiting.splice(0, count));
    if (this.waiting.length > 0) setImmediate(() => this.begin());
  }

  private async finish(some: readonly Waiting<T, R>[]): Promise<void> {
    try {
      const results = await this.work(some.map(({ one }) => one));
      for (const [i, { resolve }] of some.entries()) resolve(results[i] as R);
    } catch (error) {
      for (const { reject } of some) reject(error);
    }
  }
}
