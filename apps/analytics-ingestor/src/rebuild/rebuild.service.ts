import { Injectable } from '@nestjs/common';
import { type ArchivedMinute, ArchiveRepository } from '../archive/archive.repository.ts';
import { addFigure, type Figures } from '../event/measure.ts';
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
  ) {}

  async run(onProgress: (report: RebuildReport) => void): Promise<RebuildReport> {
    const report = { minutes: 0, events: 0 };
    const ledgers = new Map<number, Map<string, number>>();
    const lastMinutes = new Map<number, number>();
    for await (const archived of this.archive.readAll()) {
      const { partition, minute, events } = archived;
      lastMinutes.set(partition, Math.max(lastMinutes.get(partition) ?? 0, minute));
      if (await this.rebuild.isOpen(partition, minute)) continue;
      await this.rebuild.restore(archived);
      await this.windows.write(minute, { events, figures: figuresOf(archived) });
      addLedger(ledgers, archived);
      report.minutes += 1;
      report.events += events.length;
      onProgress(report);
    }
    await this.rebuild.finish(ledgers, lastMinutes);
    // The first round sums up hours, the second their days.
    for (const _ of ['hours', 'days']) for (const due of await this.windows.close()) await this.windows.settle(due);
    return report;
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
