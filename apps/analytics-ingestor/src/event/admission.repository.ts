import { Injectable } from '@nestjs/common';
import type { AnalyticsEvent } from '@viewora/contracts/analytics';
import { Redis } from 'ioredis';
import { partitionOf, tagOf } from '../partition.ts';
import { answersOf } from '../redis.ts';
import { defineAdmissionScripts } from './admission.script.ts';
import { amountOf, bodyText, type KeptEvent } from './event.ts';
import { Gathering } from './gathering.ts';
import { typeLetters } from './measure.ts';
import { integerOf, monthOf, ViewerKeys } from './viewer.key.ts';

/** An event with its id and its body as integers. */
interface JudgedEvent {
  event: AnalyticsEvent;
  id: string;
  body: string;
  /** The id is another body's already. */
  isAnother: boolean;
}

/** A batch's share of one partition: what may count, and what is a line of the ledger alone. */
interface Share {
  batch: JudgedBatch;
  events: JudgedEvent[];
  lines: Map<string, number>;
}

export type Outcome = 'admitted' | 'duplicate' | 'quarantined' | `rejected:${string}`;

/** A batch that has been looked at. `refused` are events' partitions by reason. */
export interface JudgedBatch {
  id: string;
  events: readonly AnalyticsEvent[];
  refused: readonly { partition: number; reason: string }[];
}

/** More listings of one partition than a person looks at in a minute; about eight times as many in all. */
const mostViewsAMinute = 20;

/** Events that go to Redis at once, but for the last batch's. */
const eventsAtOnce = 100;

/** Which events are new is decided here, by Redis, in one step with what follows from it. */
@Injectable()
export class AdmissionRepository {
  private readonly gathering = new Gathering(
    (batches: readonly JudgedBatch[]) => this.admitAll(batches),
    ({ events, refused }) => events.length + refused.length,
    eventsAtOnce,
  );

  constructor(
    private readonly redis: Redis,
    private readonly viewers: ViewerKeys,
  ) {
    defineAdmissionScripts(redis);
  }

  /** What became of how many. A batch that comes again, whole or in part, changes nothing. */
  admit(batch: JudgedBatch): Promise<Map<Outcome, number>> {
    return this.gathering.add(batch);
  }

  private async admitAll(batches: readonly JudgedBatch[]): Promise<Map<Outcome, number>[]> {
    const outcomes = new Map(batches.map((batch) => [batch, new Map<Outcome, number>()]));
    let wanting = await this.share(batches);
    // A second time where Redis's clock is in another month than ours.
    for (let ms = Date.now(); wanting.size > 0; ) {
      const answers = await this.admitShares(wanting, monthOf(ms));
      const next: typeof wanting = new Map();
      for (const [i, [partition, shares]] of [...wanting].entries()) {
        const [at, ...counts] = answers[i] ?? [];
        ms = Number(at);
        if (counts.length === 0) next.set(partition, shares);
        for (const [j, { batch, lines }] of shares.entries())
          for (const [outcome, count] of linesOf(lines, counts[j] ?? []))
            addTo(outcomes.get(batch) as Map<Outcome, number>, outcome, count);
      }
      wanting = next;
    }
    return batches.map((batch) => outcomes.get(batch) ?? new Map());
  }

  private async share(batches: readonly JudgedBatch[]): Promise<Map<number, Share[]>> {
    const all = new Map<number, Share[]>();
    const judged = batches.map(({ events }) => events.map((event) => this.judge(event)));
    await this.register(judged.flat());
    for (const [i, batch] of batches.entries()) {
      const shares = new Map<number, Share>();
      const shareOf = (partition: number) => {
        const share: Share = shares.get(partition) ?? { batch, events: [], lines: new Map() };
        shares.set(partition, share);
        return share;
      };
      for (const one of judged[i] ?? []) {
        const share = shareOf(partitionOf(one.event.propertyId));
        if (one.isAnother) addTo(share.lines, 'quarantined', 1);
        else share.events.push(one);
      }
      for (const { partition, reason } of batch.refused) addTo(shareOf(partition).lines, `rejected:${reason}`, 1);
      for (const [partition, share] of shares) all.set(partition, [...(all.get(partition) ?? []), share]);
    }
    return all;
  }

  private judge(event: AnalyticsEvent): JudgedEvent {
    return { event, id: integerOf(event.id), body: this.viewers.body(bodyText(event)), isAnother: false };
  }

  /** Whether each event's id is another body's already. */
  private async register(events: readonly JudgedEvent[]): Promise<void> {
    const byPartition = Map.groupBy(events, ({ event }) => partitionOf(event.id));
    const pipeline = this.redis.pipeline();
    for (const [partition, some] of byPartition)
      pipeline.registerIds(tagOf(partition), ...some.flatMap(({ id, body }) => [id, body]));
    const answers = answersOf<number[]>(await pipeline.exec());
    for (const [i, some] of [...byPartition.values()].entries())
      for (const [j, one] of some.entries()) one.isAnother = answers[i]?.[j] === 1;
  }

  private async admitShares(all: ReadonlyMap<number, Share[]>, month: string): Promise<[string, ...number[][]][]> {
    const [year = 0, number = 0] = month.split('-').map(Number);
    const [first, last] = [Date.UTC(year, number - 1), Date.UTC(year, number) - 1];
    const pipeline = this.redis.pipeline();
    for (const [partition, shares] of all) {
      const args: (string | number)[] = [first, last, mostViewsAMinute];
      for (const { batch, events, lines } of shares) {
        args.push(integerOf(batch.id), lines.size);
        for (const line of lines) args.push(...line);
        args.push(events.length);
        for (const one of events) args.push(...this.argumentsOf(one, month));
      }
      pipeline.admitEvents(tagOf(partition), ...args);
    }
    return answersOf<[string, ...number[][]]>(await pipeline.exec());
  }

  private argumentsOf({ event, id: idNumber, body }: JudgedEvent, month: string): (string | number)[] {
    const viewer = this.viewers.viewer(event.viewerId, month);
    const { letter } = typeLetters[event.type];
    const amount = amountOf(event);
    const { id, propertyId: p, at, data } = event;
    const kept: KeptEvent = { id, t: letter, p, v: viewer, at, n: amount, b: body, ...(data && { d: data }) };
    const view = letter === typeLetters.view.letter ? viewNumberOf(kept) : '';
    return [letter, p, idNumber, view, view && integerOf(viewer), viewer, amount, JSON.stringify(kept)];
  }
}

/** What a view is known by again for the rest of its half-hour. */
export function viewNumberOf({ v, p }: Pick<KeptEvent, 'v' | 'p'>): string {
  return integerOf(`${v} ${p}`);
}

/** Which of the day's sets a number is in. */
export function bucketOf(number: string): string {
  return number.slice(-3);
}

/** What the ledger has more by a share, if it was not seen before. */
function linesOf(lines: Share['lines'], [admitted, duplicate = 0, bots = 0]: readonly number[]): [Outcome, number][] {
  if (admitted === undefined) return [];
  const counts = { admitted, duplicate, 'rejected:bot': bots };
  return [...lines, ...Object.entries(counts)].filter(([, count]) => count > 0) as [Outcome, number][];
}

function addTo<T>(counts: Map<T, number>, name: T, count: number): void {
  counts.set(name, (counts.get(name) ?? 0) + count);
}
