import { Injectable } from '@nestjs/common';
import { type ArchivedMinute, ArchiveRepository } from '../archive/archive.repository.ts';
import { addFigure, type Figures } from '../event/measure.ts';
import { partitions } from '../partition.ts';
import { type MinuteViews, RankingRepository } from '../ranking/ranking.repository.ts';
import { WindowService } from '../window/window.service.ts';
import { RebuildRepository } from './rebuild.repository.ts';

export interface RebuildReport {
  minutes: number;
  events: number;
}

/** Brings DynamoDB and Redis back to what the archive says, whatever they hold. It can be broken off and begun again. */
@Injectable()
export class RebuildService {
  constructor(
    private readonly archive: ArchiveRepository,
    private readonly rebuild: RebuildRepository,
    private readonly windows: WindowService,
    private readonly rankings: RankingRepository,
  ) {}

  /** @throws Error where another one is begun meanwhile */
  async run(onProgress: (report: RebuildReport) => void): Promise<RebuildReport> {
    const report = { minutes: 0, events: 0 };
    const ledgers = new Map<number, Map<string, number>>();
    const lastMinutes = new Map<number, number>();
    const hours = new ViewersOfHours();
    const owner = crypto.randomUUID();
    await this.rankings.begin(owner);
    // Minutes that are archived meanwhile are in none of what was read: those partitions are read on.
    for (let left = [...partitions]; left.length > 0; left = await this.adopt(owner, left)) {
      const from = Math.min(...left.map((partition) => (lastMinutes.get(partition) ?? -1) + 1));
      for await (const archived of this.archive.readAll(from)) {
        const { partition, minute, events } = archived;
        if (!left.includes(partition) || minute <= (lastMinutes.get(partition) ?? -1)) continue;
        if (await this.rebuild.isOpen(partition, minute)) continue;
        lastMinutes.set(partition, minute);
        await this.rebuild.restore(archived);
        await this.windows.write(minute, { events, figures: figuresOf(archived) });
        await this.rankings.refold(owner, partition, minute, hours.add(archived));
        addLedger(ledgers, archived);
        report.minutes += 1;
        report.events += events.length;
        onProgress(report);
      }
    }
    await this.rebuild.finish(ledgers, lastMinutes);
    // The first round sums up hours, the second their days.
    for (const _ of ['hours', 'days']) for (const due of await this.windows.close()) await this.windows.settle(due);
    return report;
  }

  /** The partitions of which a minute is missing. */
  private async adopt(owner: string, left: readonly number[]): Promise<number[]> {
    const adopted = await Promise.all(left.map((partition) => this.rankings.adopt(owner, partition)));
    return left.filter((_, i) => !adopted[i]);
  }
}

/** Which viewers of a listing have been there in an hour, as the script of admission knows it. */
class ViewersOfHours {
  private readonly hours = new Map<number, { hour: number; known: Set<string> }>();

  /** A partition's minutes in order. */
  add({ partition, minute, events }: ArchivedMinute): MinuteViews {
    const hour = Math.floor(minute / 60);
    const before = this.hours.get(partition);
    const known = before?.hour === hour ? before.known : new Set<string>();
    this.hours.set(partition, { hour, known });
    const [views, again] = [new Map<string, number>(), new Map<string, number>()];
    for (const { p, v, t, n } of events) {
      if (t !== 'v') continue;
      views.set(p, (views.get(p) ?? 0) + n);
      const name = `${v} ${p}`;
      if (known.has(name)) again.set(p, (again.get(p) ?? 0) + 1);
      known.add(name);
    }
    return { views, again };
  }
}

function figuresOf({ events }: ArchivedMinute): Map<string, Figures> {
  const byListing = new Map<string, Figures>();
  for (const { p, t, n } of events) {
    const figures = byListing.get(p) ?? {};
    addFigure(figures, t, n);
    byListing.set(p, figures);
  }
  return byListing;
}

function addLedger(ledgers: Map<number, Map<string, number>>, { partition, ledger }: ArchivedMinute): void {
  const sums = ledgers.get(partition) ?? new Map<string, number>();
  for (const [line, count] of Object.entries(ledger)) sums.set(line, (sums.get(line) ?? 0) + count);
  ledgers.set(partition, sums);
}
