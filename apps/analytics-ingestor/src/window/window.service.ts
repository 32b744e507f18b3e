import { Inject, Injectable } from '@nestjs/common';
import { LOGGER } from '@viewora/service-kit/logger';
import type { Logger } from 'pino';
import { ArchiveRepository } from '../archive/archive.repository.ts';
import { type Figures, measures } from '../event/measure.ts';
import { RankingRepository } from '../ranking/ranking.repository.ts';
import { FigureRepository, type SpanFigures } from './figure.repository.ts';
import { type Span, spanMs } from './span.ts';
import { type ClosedMinute, type DueWindows, WindowRepository } from './window.repository.ts';

/** Brings windows that are over from Redis to where they stay. Any number of replicas may do it, at once and again. */
@Injectable()
export class WindowService {
  /** Minutes, behind their partitions, that were said to be stuck. */
  private readonly stuck = new Set<string>();

  constructor(
    private readonly windows: WindowRepository,
    private readonly figures: FigureRepository,
    private readonly archive: ArchiveRepository,
    private readonly rankings: RankingRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Listings are ranked by what is over at once: that takes Redis alone. */
  async close(): Promise<DueWindows[]> {
    const due = await this.windows.close();
    await this.rankings.fold(due);
    return due;
  }

  claim(partition: number, replicaId: string, ms: number): Promise<boolean> {
    return this.windows.claim(partition, replicaId, ms);
  }

  /** The oldest first: what fails keeps those after it waiting, in Redis. */
  async settle({ partition, minutes, hours, days }: DueWindows): Promise<void> {
    for (const minute of minutes) if (!(await this.settleMinute(partition, minute))) return;
    for (const hour of hours) await this.fold(partition, 'hour', hour);
    for (const day of days) await this.fold(partition, 'day', day);
  }

  /** Redis lets go only when everything is elsewhere. False where it has not, or somebody else was first. */
  private async settleMinute(partition: number, minute: number): Promise<boolean> {
    const closed = await this.windows.read(partition, minute);
    if (!closed.isWhole) {
      await this.tellStuck(partition, minute, closed);
      return false;
    }
    const { ledger, events, figures } = closed;
    await this.archive.put({ partition, minute, ledger, events });
    await this.write(minute, closed);
    return this.windows.confirm(partition, minute, figures.keys());
  }

  /** A minute's figures, and its interests one by one. */
  async write(minute: number, { events, figures }: Pick<ClosedMinute, 'events' | 'figures'>): Promise<void> {
    await Promise.all([
      this.figures.write('minute', minute * spanMs.minute, figures),
      this.figures.keepInterests(events.filter(({ t }) => t === 'l' || t === 'c')),
    ]);
  }

  /** A minute that stays as it is holds up its partition: somebody has to look. Once, and not where another replica was first. */
  private async tellStuck(partition: number, minute: number, { ledger, events }: ClosedMinute): Promise<void> {
    const name = `${partition} ${minute}`;
    if (this.stuck.has(name) || !(await this.windows.isOpen(partition, minute))) return;
    this.stuck.add(name);
    const at = new Date(minute * spanMs.minute).toISOString();
    const counts = { admitted: ledger.admitted ?? 0, onStream: events.length };
    this.logger.error(
      { partition, minute: at, ...counts },
      'a minute’s ledger and stream disagree; its partition waits',
    );
  }

  /** Sums up what DynamoDB has: all of it is there, or the hour, or day, would not be due. */
  async fold(partition: number, span: 'hour' | 'day', number: number): Promise<void> {
    const at = number * spanMs[span];
    const shorter: Span = span === 'hour' ? 'minute' : 'hour';
    const listings = await this.windows.listings(partition, span, number);
    if (listings.length > 0) {
      const found = await this.figures.readItems(listings, shorter, at);
      const hours = span === 'hour' ? [number] : Array.from({ length: 24 }, (_, i) => number * 24 + i);
      const uniques = await this.windows.uniques(partition, listings, hours);
      const sums = new Map(listings.map((listing, i) => [listing, sumOf(found.get(listing) ?? [], uniques[i])]));
      await this.figures.write(span, at, sums);
    }
    await this.windows.confirmFold(partition, span, number);
  }
}

function sumOf(parts: readonly SpanFigures[], uniques = 0): Figures {
  const sum: Figures = {};
  for (const { figures } of parts) {
    for (const measure of measures) {
      const number = figures[measure];
      if (number !== undefined) sum[measure] = (sum[measure] ?? 0) + number;
    }
  }
  // Viewers of two hours are not those of the one and those of the other.
  if (sum.views !== undefined) sum.uniques = uniques;
  else delete sum.uniques;
  return sum;
}
