interface Waiting<T, R> {
  one: T;
  resolve(result: R): void;
  reject(error: unknown): void;
}

/** Does together what one turn of the event loop asks for, and so asks Redis once where it would have been asked many times. */
export class Gathering<T, R> {
  private waiting: Waiting<T, R>[] = [];

  /**
   * @param work answers all of them, in order, or fails for all of them
   * @param most of what they weigh together is begun at once; the next go beside them
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
    const { waiting } = this;
    this.waiting = [];
    let [first, weight] = [0, 0];
    for (const [i, { one }] of waiting.entries()) {
      weight += this.weightOf(one);
      if (weight < this.most && i < waiting.length - 1) continue;
      void this.finish(waiting.slice(first, i + 1));
      [first, weight] = [i + 1, 0];
    }
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
