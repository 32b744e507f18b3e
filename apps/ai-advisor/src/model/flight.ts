/** Says its parts as they come, and gives the result; the signal aborts once nobody waits for it any more. */
export type Work<Part, Result> = (say: (part: Part) => void, signal: AbortSignal) => Promise<Result>;

/**
 * Something that is made once for all who want it at the same time. It goes on until it is done, or the last of them has gone,
 * whoever was the first.
 */
export class Flight<Part, Result> {
  readonly #controller = new AbortController();
  readonly #parts: Part[] = [];
  readonly #result: Promise<Result>;
  readonly #over: () => void;
  #waiting = 0;
  #grew = Promise.withResolvers<void>();
  #isOver = false;

  /** `over` is called when it is done, or before it is given up: then nobody may join any more. */
  constructor(work: Work<Part, Result>, over: () => void) {
    this.#over = over;
    this.#result = work((part) => this.#say(part), this.#controller.signal).finally(() => this.#end());
    // Who waits hears of a failure; when all have gone, there is nobody to be told.
    this.#result.catch(() => undefined);
  }

  /** All parts from the first, as they come, then the result. Throws the caller's own reason once their signal aborts. */
  async *follow(signal?: AbortSignal): AsyncGenerator<Part, Result> {
    const aborted = Promise.withResolvers<never>();
    aborted.promise.catch(() => undefined);
    const abort = () => aborted.reject(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    this.#waiting += 1;
    try {
      for (let next = 0; ; ) {
        signal?.throwIfAborted();
        const grew = this.#grew.promise;
        for (; next < this.#parts.length; next += 1) yield this.#parts[next] as Part;
        if (this.#isOver) return await this.#result;
        await Promise.race([grew, aborted.promise]);
      }
    } finally {
      signal?.removeEventListener('abort', abort);
      this.#waiting -= 1;
      if (this.#waiting === 0 && !this.#isOver) this.#giveUp();
    }
  }

  #say(part: Part): void {
    this.#parts.push(part);
    this.#wake();
  }

  #end(): void {
    this.#isOver = true;
    this.#over();
    this.#wake();
  }

  #wake(): void {
    this.#grew.resolve();
    this.#grew = Promise.withResolvers();
  }

  #giveUp(): void {
    this.#over();
    this.#controller.abort(new Error('nobody waits for it any more'));
  }
}
