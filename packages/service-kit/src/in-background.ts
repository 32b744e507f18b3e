/** A tenth of the time at most: what takes long is done less often. */
const usualPauseFactor = 9;

/** Does something again and again for as long as the app runs, one time after the other. */
export class InBackground {
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly work: () => Promise<void>,
    private readonly pauseMs: number,
    private readonly failed: (error: unknown) => void,
    /** How many times as long as its work a pause is, at least. */
    private readonly pauseFactor: number = usualPauseFactor,
  ) {}

  start(): void {
    this.schedule(this.pauseMs);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(afterMs: number): void {
    if (this.isStopped) return;
    this.timer = setTimeout(() => {
      this.running = this.round();
    }, afterMs);
  }

  private async round(): Promise<void> {
    const startedAt = performance.now();
    await this.work().catch(this.failed);
    this.schedule(Math.max(this.pauseMs, (performance.now() - startedAt) * this.pauseFactor));
  }
}
