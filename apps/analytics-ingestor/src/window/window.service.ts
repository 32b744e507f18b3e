import { Injectable } from '@nestjs/common';
import { ArchiveRepository } from '../archive/archive.repository.ts';
import { type Figures, measures } from '../event/measure.ts';
import { FigureRepository, type SpanFigures } from './figure.repository.ts';
import { type Span, spanMs } from './span.ts';
import { type DueWindows, WindowRepository } from './window.repository.ts';

/** Brings windows that are over from Redis to where they stay. Any number of replicas may do it, at once and again. */
@Injectable()
export class WindowService {
  constructor(
    private readonly windows: WindowRepository,
    private readonly figures: FigureRepository,
    private readonly archive: ArchiveRepository,
  ) {}

  close(): Promise<DueWindows[]> {
    return this.windows.close();
  }

  claim(partition: number, replicaId: string, ms: number): Promise<boolean> {
    return this.windows.claim(partition, replicaId, ms);
  }

  /** The oldest first: what fails keeps those after it waiting, in Redis. */
  async settle({ partition, minutes, hours, days }: DueWindows): Promise<void> {
    for (const minute of minutes) await this.settleMinute(partition, minute);
    for (const hour of hours) await this.fold(partition, 'hour', hour);
    for (const day of days) await this.fold(partition, 'day', day);
  }

  /** Redis lets go only when everything is elsewhere. */
  private async settleMinute(partition: number, minute: number): Promise<void> {
    const closed = await this.windows.read(partition, minute);
    if (!closed) return;
    const { ledger, events, figures } = closed;
    await this.archive.put({ partition, minute, ledger, events });
    await this.write(minute, closed);
    await this.windows.confirm(partition, minute, figures.keys());
  }

  /** A minute's figures, and its interests one by one. */
  async write(
    minute: number,
    { events, figures }: Pick<NonNullable<Awaited<ReturnType<WindowRepository['read']>>>, 'events' | 'figures'>,
  ): Promise<void> {
    await Promise.all([
      this.figures.write('minute', minute * spanMs.minute, figures),
      this.figures.keepInterests(events.filter(({ t }) => t === 'l' || t === 'c')),
    ]);
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
