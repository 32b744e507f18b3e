import type { AnalyticsEvent } from '@viewora/contracts/analytics';

/** What became of a batch. `later` is the server’s wish; `unreachable` may be over with the next connection. */
export type Outcome = { kind: 'taken' | 'refused' | 'unreachable' } | { kind: 'later'; afterMs: number | null };

export interface QueuePorts {
  send: (events: readonly AnalyticsEvent[]) => Promise<Outcome>;
  /** As the page goes away; false where the browser does not take it. */
  handOver: (events: readonly AnalyticsEvent[]) => boolean;
  /** So that an event outlives the page. */
  keep: (event: AnalyticsEvent) => void;
  drop: (ids: ReadonlySet<string>) => void;
  now: () => number;
  random: () => number;
}

/** A batch that a browser takes over as its page goes away may have 64 KiB, about 250 events. */
export const mostInBatch = 100;
/** More than anybody sees without a connection; the oldest go first. */
export const mostKept = 500;
/** The server knows an event again for a day; after half of one it is not sent any more, so that none counts twice. */
export const keptForMs = 12 * 3_600_000;

const fullAt = 20;
const pauseMs = 5_000;
/** What happens together goes together. A view is told at once: somebody may be watching the figures. */
const soonMs = 50;
const firstRestMs = 2_000;
const longestRestMs = 5 * 60_000;

/** Sends events in batches, each until the server has it; what is sent twice has the same id, and counts once. */
export class EventQueue {
  private waiting: AnalyticsEvent[] = [];
  private sending: ReadonlySet<string> = new Set();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private dueAt = Number.POSITIVE_INFINITY;
  private failures = 0;
  private restsUntil = 0;
  private isUnreachable = false;
  private readonly ports: QueuePorts;

  constructor(ports: QueuePorts) {
    this.ports = ports;
  }

  add(event: AnalyticsEvent): void {
    this.ports.keep(event);
    this.take([event]);
  }

  /** Events that an earlier page has left behind. */
  adopt(events: readonly AnalyticsEvent[]): void {
    const known = new Set(this.waiting.map(({ id }) => id));
    this.take(events.filter(({ id }) => !known.has(id)));
  }

  /** There is a connection again. */
  wake(): void {
    if (this.isUnreachable) this.restsUntil = 0;
    this.plan();
  }

  /** Gives what waits to the browser. What the server does not want now, or the browser cannot take, is kept. */
  leave(): void {
    if (this.ports.now() < this.restsUntil) return;
    const left = this.waiting.filter(({ id }) => !this.sending.has(id));
    for (let i = 0; i < left.length; i += mostInBatch) {
      const batch = left.slice(i, i + mostInBatch);
      if (!this.ports.handOver(batch)) return;
      this.letGo(batch);
    }
  }

  private take(events: readonly AnalyticsEvent[]): void {
    this.waiting = [...this.waiting, ...events].slice(-mostKept);
    this.plan();
  }

  private plan(): void {
    if (this.sending.size > 0 || this.waiting.length === 0) return;
    const isUrgent = this.waiting.length >= fullAt || this.waiting.some(({ type }) => type === 'view');
    const at = Math.max(this.ports.now() + (isUrgent ? soonMs : pauseMs), this.restsUntil);
    if (this.timer !== undefined && this.dueAt <= at) return;
    clearTimeout(this.timer);
    this.dueAt = at;
    this.timer = setTimeout(() => void this.flush(), at - this.ports.now());
  }

  private async flush(): Promise<void> {
    this.timer = undefined;
    this.dropStale();
    const batch = this.waiting.slice(0, mostInBatch);
    if (batch.length === 0) return;
    this.sending = new Set(batch.map(({ id }) => id));
    const outcome = await this.ports.send(batch).catch((): Outcome => ({ kind: 'unreachable' }));
    this.sending = new Set();
    if (outcome.kind === 'taken' || outcome.kind === 'refused') {
      // What is refused would be refused again.
      this.failures = 0;
      this.letGo(batch);
    } else {
      this.rest(outcome.kind === 'later' ? outcome.afterMs : null);
    }
    this.isUnreachable = outcome.kind === 'unreachable';
    this.plan();
  }

  /** Longer after each failure, and never all browsers at the same moment. */
  private rest(wishedMs: number | null): void {
    const own = Math.min(firstRestMs * 2 ** this.failures++, longestRestMs);
    const jitter = 0.5 + this.ports.random() / 2;
    this.restsUntil = this.ports.now() + Math.max(own * jitter, wishedMs === null ? 0 : wishedMs * (2 - jitter));
  }

  private dropStale(): void {
    const oldest = this.ports.now() - keptForMs;
    this.letGo(this.waiting.filter(({ at }) => Date.parse(at) < oldest));
  }

  private letGo(events: readonly AnalyticsEvent[]): void {
    if (events.length === 0) return;
    const ids = new Set(events.map(({ id }) => id));
    this.waiting = this.waiting.filter(({ id }) => !ids.has(id));
    this.ports.drop(ids);
  }
}
