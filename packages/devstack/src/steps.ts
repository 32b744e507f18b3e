/** Where progress is shown: a terminal redraws the running step, anything else gets one plain line per finished step. */
export interface Screen {
  isTTY?: boolean;
  write(text: string): unknown;
}

/** Shows what is being done and how long it took. */
export class Steps {
  readonly #screen: Screen;
  readonly #redraws: boolean;

  constructor(screen: Screen = process.stdout, ci = process.env.CI) {
    this.#screen = screen;
    this.#redraws = screen.isTTY === true && (ci === undefined || ci === '' || ci === 'false');
  }

  /** Runs `work` as one step; `name` reads well while it runs and after it: "property-api migrated". */
  async run<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const startedAt = performance.now();
    const draw = () => this.#screen.write(`\r\x1b[K… ${name}  ${duration(performance.now() - startedAt)}`);
    if (this.#redraws) draw();
    const timer = this.#redraws ? setInterval(draw, 200) : undefined;
    try {
      const result = await work();
      this.#end(timer, `✓ ${name}  ${duration(performance.now() - startedAt)}`);
      return result;
    } catch (error) {
      this.#end(timer, `✗ ${name}  ${duration(performance.now() - startedAt)}`);
      throw error;
    }
  }

  /** A line of its own. Not to be used while a step runs. */
  say(line: string): void {
    this.#screen.write(`${line}\n`);
  }

  #end(timer: NodeJS.Timeout | undefined, line: string): void {
    clearInterval(timer);
    this.#screen.write(`${this.#redraws ? '\r\x1b[K' : ''}${line}\n`);
  }
}

/** "0.3 s", "41 s", "2 min 5 s". */
export function duration(ms: number): string {
  if (ms < 9_950) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
