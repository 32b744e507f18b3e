/** Without a sign of life for longer than this, somebody may have left their screen. */
const awayAfterMs = 30_000;

/** How long somebody was really at a page: the time between signs of life, but of a long silence only its beginning. */
export class ActiveTime {
  private sumMs = 0;
  private lastAt: number | null = null;

  /** Somebody is here: the page came to the front, or was touched. */
  mark(now: number): void {
    if (this.lastAt !== null) this.sumMs += Math.min(Math.max(0, now - this.lastAt), awayAfterMs);
    this.lastAt = now;
  }

  /** The page went to the back: the seconds since the last time, which are not counted again. */
  take(now: number): number {
    if (this.lastAt !== null) this.mark(now);
    const seconds = Math.round(this.sumMs / 100) / 10;
    this.sumMs = 0;
    this.lastAt = null;
    return seconds;
  }
}
