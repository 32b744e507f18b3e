import { Injectable } from '@nestjs/common';
import type { AnalyticsEvent } from '@viewora/contracts/analytics';
import { Redis } from 'ioredis';
import { partitionOf, tagOf } from '../partition.ts';
import { answersOf } from '../redis.ts';
import { bucketCount, defineAdmissionScripts } from './admission.script.ts';
import { amountOf, bodyText, type KeptEvent } from './event.ts';
import { typeLetters } from './measure.ts';
import { integerOf, monthOf, ViewerKeys } from './viewer.key.ts';

/** A batch's share of one partition: what may count, and what is a line of the ledger alone. */
interface Share {
  events: { event: AnalyticsEvent; body: string }[];
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

/** Which events are new is decided here, by Redis, in one step with what follows from it. */
@Injectable()
export class AdmissionRepository {
  constructor(
    private readonly redis: Redis,
    private readonly viewers: ViewerKeys,
  ) {
    defineAdmissionScripts(redis);
  }

  /** What became of how many. A batch that comes again, whole or in part, changes nothing. */
  async admit(batch: JudgedBatch): Promise<Map<Outcome, number>> {
    const shares = await this.share(batch);
    const outcomes = new Map<Outcome, number>();
    let wanting = [...shares];
    // A second time where Redis's clock is in another month than ours.
    for (let ms = Date.now(); wanting.length > 0; ) {
      const answers = await this.admitShares(batch.id, wanting, monthOf(ms));
      const next: typeof wanting = [];
      for (const [i, share] of wanting.entries()) {
        const [state, at, admitted, duplicate, bots] = answers[i] ?? [];
        ms = Number(at);
        if (state === 'month') next.push(share);
        if (state !== 'done') continue;
        const lines = [...share[1].lines] as [Outcome, number][];
        for (const [outcome, count] of [...lines, ...counts({ admitted, duplicate, 'rejected:bot': bots })])
          outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + count);
      }
      wanting = next;
    }
    return outcomes;
  }

  private async share({ events, refused }: JudgedBatch): Promise<Map<number, Share>> {
    const shares = new Map<number, Share>();
    const shareOf = (partition: number) => {
      const share: Share = shares.get(partition) ?? { events: [], lines: new Map() };
      shares.set(partition, share);
      return share;
    };
    const addLine = ({ lines }: Share, line: string) => lines.set(line, (lines.get(line) ?? 0) + 1);
    const judged = await this.register(events);
    for (const { event, body, isAnother } of judged) {
      const share = shareOf(partitionOf(event.propertyId));
      if (isAnother) addLine(share, 'quarantined');
      else share.events.push({ event, body });
    }
    for (const { partition, reason } of refused) addLine(shareOf(partition), `rejected:${reason}`);
    return shares;
  }

  /** Whether each event's id is another body's already. */
  private async register(events: readonly AnalyticsEvent[]) {
    const judged = events.map((event) => ({ event, body: this.viewers.body(bodyText(event)), isAnother: false }));
    const byPartition = Map.groupBy(judged, ({ event }) => partitionOf(event.id));
    const pipeline = this.redis.pipeline();
    for (const [partition, some] of byPartition) {
      pipeline.registerIds(
        tagOf(partition),
        ...some.flatMap(({ event, body }) => {
          const id = integerOf(event.id);
          return [id, bucketOf(id), body];
        }),
      );
    }
    const answers = answersOf<number[]>(await pipeline.exec());
    for (const [i, some] of [...byPartition.values()].entries())
      for (const [j, one] of some.entries()) one.isAnother = answers[i]?.[j] === 1;
    return judged;
  }

  private async admitShares(batchId: string, shares: [number, Share][], month: string): Promise<string[][]> {
    const [year = 0, number = 0] = month.split('-').map(Number);
    const [first, last] = [Date.UTC(year, number - 1), Date.UTC(year, number) - 1];
    const batch = integerOf(batchId);
    const pipeline = this.redis.pipeline();
    for (const [partition, { events, lines }] of shares) {
      const head = [batch, bucketOf(batch), first, last, mostViewsAMinute, lines.size, ...[...lines].flat()];
      pipeline.admitEvents(tagOf(partition), ...head, ...events.flatMap((one) => this.argumentsOf(one, month)));
    }
    return answersOf<string[]>(await pipeline.exec());
  }

  private argumentsOf({ event, body }: Share['events'][number], month: string): (string | number)[] {
    const viewer = this.viewers.viewer(event.viewerId, month);
    const { letter } = typeLetters[event.type];
    const amount = amountOf(event);
    const { id, propertyId: p, at, data } = event;
    const kept: KeptEvent = { id, t: letter, p, v: viewer, at, n: amount, b: body, ...(data && { d: data }) };
    const { id: idNumber, view, viewer: viewerNumber } = numbersOf(kept);
    return [
      letter,
      p,
      idNumber,
      bucketOf(idNumber),
      view,
      bucketOf(view),
      viewerNumber,
      bucketOf(viewerNumber),
      viewer,
      amount,
      JSON.stringify(kept),
    ];
  }
}

/** What an event is known by again. */
export function numbersOf({ id, v, p }: Pick<KeptEvent, 'id' | 'v' | 'p'>) {
  return { id: integerOf(id), view: integerOf(`${v} ${p}`), viewer: integerOf(v) };
}

/** Which of the day's sets a number is in. */
export function bucketOf(number: string): string {
  return String(Math.abs(Number(number.slice(-7))) % bucketCount);
}

function counts(numbers: Record<string, string | undefined>): [Outcome, number][] {
  return Object.entries(numbers).flatMap(([outcome, count = '0']) =>
    count === '0' ? [] : [[outcome as Outcome, Number(count)]],
  );
}
