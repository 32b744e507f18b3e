import { Inject, Injectable } from '@nestjs/common';
import type { AnalyticsCheck, ArchiveProblem } from '@viewora/contracts/analytics-check';
import { LOGGER } from '@viewora/service-kit/logger';
import type { Logger } from 'pino';
import { type ArchivedMinute, ArchiveRepository } from '../archive/archive.repository.ts';
import { type Figures, measures } from '../event/measure.ts';
import { partitionOf, partitions } from '../partition.ts';
import { figuresAway } from '../unavailable.ts';
import { FigureRepository, type SpanFigures } from '../window/figure.repository.ts';
import { type Span, spanMs, startOf } from '../window/span.ts';
import { disagreement, ledgerGap } from './archive.rules.ts';
import { countCheck } from './check.metrics.ts';
import { type Checkpoint, CheckRepository, type Settled } from './check.repository.ts';
import { addEvent, type Difference, differences, type FiguresByTime } from './comparison.ts';

const mostProblems = 100;
const hoursOfDay = 24;

/** What is known while one check runs. */
interface Findings {
  minutes: number;
  events: number;
  problems: ArchiveProblem[];
  /** What the archived minutes say by partition and line, from the last check on. */
  ledgers: Record<string, number>[];
  compared: number;
  differences: Record<Span, Difference[]>;
}

/** Holds the archive to the ledger, and the figures to the archive. */
@Injectable()
export class CheckService {
  constructor(
    private readonly checks: CheckRepository,
    private readonly archive: ArchiveRepository,
    private readonly figures: FigureRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws AppError `unavailable` while Redis is away */
  async list(): Promise<{ items: AnalyticsCheck[] }> {
    return { items: await this.checks.reports().catch(figuresAway) };
  }

  /** Everything since the last check, at most the last day where there was none. What was told under `at` is not told twice. */
  async run(at: string): Promise<Record<string, never>> {
    if ((await this.checks.reports()).some((report) => report.at === at)) return {};
    const settled = await this.checks.settled();
    const before = await this.checks.checkpoint();
    // The last hour of a day is looked at together with the day, once that is summed up.
    const to = Math.min(...settled.map(({ hour, day }) => Math.min(hour, day * hoursOfDay + hoursOfDay - 1)));
    const from = Math.min(before?.hour ?? to - hoursOfDay, to);
    const findings = await this.look(from, to, before, settled);
    if (before) findMissing(findings, before, settled);
    const repaired = await this.repair(findings);
    const report = toReport(at, from, to, findings, repaired);
    await this.checks.finish(
      { hour: to, partitions: settled.map(({ minute, ledger }) => ({ minute, ledger })) },
      report,
    );
    this.tell(report);
    return {};
  }

  /** Hour by hour, so that no more than one is in memory. */
  private async look(from: number, to: number, before: Checkpoint | null, settled: Settled[]): Promise<Findings> {
    const findings: Findings = {
      minutes: 0,
      events: 0,
      problems: [],
      ledgers: partitions.map(() => ({})),
      compared: 0,
      differences: { minute: [], hour: [], day: [] },
    };
    const lastMinute = Math.max(...settled.map(({ minute }) => minute)) - 1;
    for (let hour = from; hour <= Math.max(to - 1, Math.floor(lastMinute / 60)); hour++) {
      const minutes = await this.readHour(hour, findings, (partition, minute) => {
        const since = before?.partitions[partition]?.minute ?? 0;
        return minute >= since && minute < (settled[partition]?.minute ?? 0);
      });
      if (hour >= to) continue;
      await this.compareHour(hour, minutes, findings);
      if (hour % hoursOfDay === hoursOfDay - 1) await this.compareDay(Math.floor(hour / hoursOfDay), findings);
    }
    return findings;
  }

  private async readHour(
    hour: number,
    findings: Findings,
    isNew: (partition: number, minute: number) => boolean,
  ): Promise<ArchivedMinute[]> {
    const read: ArchivedMinute[] = [];
    for await (const { partition, minute, archived, error } of this.archive.readHour(hour)) {
      const isOfThisCheck = isNew(partition, minute);
      const wrong = archived ? disagreement(archived) : String(error);
      if (wrong !== null && isOfThisCheck)
        findings.problems.push(problemOf(archived ? 'unbalanced' : 'unreadable', partition, minute, minute + 1, wrong));
      if (!archived) continue;
      read.push(archived);
      if (!isOfThisCheck) continue;
      findings.minutes++;
      findings.events += archived.events.length;
      const sums = findings.ledgers[partition] ?? {};
      for (const [line, count] of Object.entries(archived.ledger)) sums[line] = (sums[line] ?? 0) + count;
    }
    return read;
  }

  private async compareHour(hour: number, minutes: ArchivedMinute[], findings: Findings): Promise<void> {
    const byMinute = new Map<string, FiguresByTime>();
    const byHour = new Map<string, FiguresByTime>();
    const at = hour * spanMs.hour;
    for (const event of minutes.flatMap(({ events }) => events)) {
      addEvent(sumsOf(byMinute, event.p), startOf('minute', event.ms), event);
      addEvent(sumsOf(byHour, event.p), at, event);
    }
    const listings = [...byMinute.keys()];
    await this.compare('minute', at, listings, byMinute, findings, () => true);
    await this.compare('hour', at, listings, byHour, findings, (found) => found.at === at);
  }

  /** A day is what its hours are, these having been looked at. */
  private async compareDay(day: number, findings: Findings): Promise<void> {
    const at = day * spanMs.day;
    const listings = await this.listingsOf(day);
    if (listings.length === 0) return;
    const hours = await this.figures.readItems(listings, 'hour', at);
    const byDay = new Map<string, FiguresByTime>();
    for (const listing of listings) {
      const byHour: FiguresByTime = new Map();
      const mended = findings.differences.hour.filter(
        (one) => one.listing === listing && startOf('day', one.at) === at,
      );
      for (const one of [...(hours.get(listing) ?? []), ...mended])
        byHour.set(one.at, { ...byHour.get(one.at), ...one.figures });
      byDay.set(listing, new Map([[at, sumOf([...byHour.values()])]]));
    }
    await this.compare('day', at, listings, byDay, findings, (found) => found.at === at);
  }

  private async listingsOf(day: number): Promise<string[]> {
    const listings = new Set<string>();
    for (let hour = day * hoursOfDay; hour < (day + 1) * hoursOfDay; hour++)
      for await (const { archived } of this.archive.readHour(hour))
        for (const { p } of archived?.events ?? []) listings.add(p);
    return [...listings];
  }

  private async compare(
    span: Span,
    at: number,
    listings: string[],
    expected: ReadonlyMap<string, FiguresByTime>,
    findings: Findings,
    isOf: (found: SpanFigures) => boolean,
  ): Promise<void> {
    if (listings.length === 0) return;
    const stored = await this.figures.readItems(listings, span, at);
    for (const listing of listings) {
      const should = expected.get(listing) ?? new Map();
      findings.compared += should.size;
      const found = differences(should, (stored.get(listing) ?? []).filter(isOf));
      findings.differences[span].push(...found.map((one) => ({ ...one, listing, partition: partitionOf(listing) })));
    }
  }

  /** What is too little is written anew. What is too much as well, where the archive is whole: else it may know what that does not. */
  private async repair({ problems, differences: all }: Findings): Promise<number> {
    const broken = new Set(problems.map(({ partition }) => partition));
    let repaired = 0;
    for (const span of ['minute', 'hour', 'day'] as const) {
      const wrong = all[span].filter(({ partition, isMore }) => !isMore || !broken.has(partition));
      await this.figures.overwrite(span, wrong);
      repaired += wrong.length;
    }
    return repaired;
  }

  private tell(report: AnalyticsCheck): void {
    countCheck(report);
    const { problems, ...about } = report;
    const isWell = problems.length === 0 && report.figures.wrong === 0;
    if (isWell) this.logger.info(about, 'the archive is whole, and the figures are what it says');
    else this.logger.error({ ...about, problems: problems.slice(0, 5) }, 'the archive or the figures are not in order');
  }
}

function sumOf(parts: readonly Figures[]): Figures {
  const sum: Figures = {};
  for (const part of parts)
    for (const measure of measures) if (part[measure] !== undefined) sum[measure] = (sum[measure] ?? 0) + part[measure];
  return sum;
}

function sumsOf(all: Map<string, FiguresByTime>, listing: string): FiguresByTime {
  const sums = all.get(listing) ?? new Map();
  all.set(listing, sums);
  return sums;
}

/** What the ledger has seen since the last check and the archive has not. */
function findMissing(findings: Findings, before: Checkpoint, settled: Settled[]): void {
  for (const partition of partitions) {
    const [last, now] = [before.partitions[partition], settled[partition]];
    if (!last || !now) continue;
    const gap = ledgerGap(last.ledger, now.ledger, findings.ledgers[partition] ?? {});
    if (gap.length > 0)
      findings.problems.push(problemOf('missing', partition, last.minute, now.minute, gap.join('; ')));
  }
}

function problemOf(
  kind: ArchiveProblem['kind'],
  partition: number,
  from: number,
  to: number,
  detail: string,
): ArchiveProblem {
  return { kind, partition, from: timeOf(from), to: timeOf(to), detail };
}

const timeOf = (minute: number) => new Date(minute * spanMs.minute).toISOString();

function toReport(at: string, from: number, to: number, findings: Findings, repaired: number): AnalyticsCheck {
  const { minutes, events, problems, compared, differences: all } = findings;
  return {
    at,
    from: timeOf(from * 60),
    to: timeOf(to * 60),
    minutes,
    events,
    problems: problems.slice(0, mostProblems),
    problemCount: problems.length,
    figures: { compared, wrong: all.minute.length + all.hour.length + all.day.length, repaired },
  };
}
