import { Injectable } from '@nestjs/common';
import type { AnalyticsEvent, analyticsApi } from '@viewora/contracts/analytics';
import type { Call } from '@viewora/contracts/call';
import type { OutputOf, ParsedInputOf } from '@viewora/contracts/service';
import { z } from 'zod';
import { partitionOf } from '../partition.ts';
import { AdmissionRepository, type JudgedBatch } from './admission.repository.ts';
import { countOutcomes } from './event.metrics.ts';
import { readEvent, rejection } from './event.ts';
import { ListingClient } from './listing.client.ts';

@Injectable()
export class EventService {
  constructor(
    private readonly listings: ListingClient,
    private readonly admission: AdmissionRepository,
  ) {}

  /** Every event of the batch becomes one line of the ledger, however often the batch is delivered. */
  async receive(
    input: ParsedInputOf<typeof analyticsApi.events>,
    call: Call,
  ): Promise<OutputOf<typeof analyticsApi.events>> {
    countOutcomes(await this.admission.admit(await this.judge(input, call)));
    return { received: input.events.length };
  }

  private async judge({ events, isBot }: { events: unknown[]; isBot: boolean }, call: Call): Promise<JudgedBatch> {
    const read = events.map((value) => ({ value, event: readEvent(value) }));
    const actor = call.actor.kind === 'user' ? call.actor : null;
    // Nobody asks about the listings of a bot.
    const mayCount = !isBot && actor?.role !== 'admin';
    const ids = read.flatMap(({ event }) => (event && mayCount ? [event.propertyId] : []));
    const listings = await this.listings.find(ids);
    const judged: { events: AnalyticsEvent[]; refused: { partition: number; reason: string }[] } = {
      events: [],
      refused: [],
    };
    for (const { value, event } of read) {
      const listing = event ? listings.get(event.propertyId) : undefined;
      const reason = event ? rejection({ isBot, actor, ...(listing && { listing }) }) : 'malformed';
      if (reason === null && event) judged.events.push(event);
      else judged.refused.push({ partition: partitionOf(placeOf(value, call.id)), reason: String(reason) });
    }
    return { id: call.id, ...judged };
  }
}

const Placed = z.object({ propertyId: z.uuid() });

/** The listing that something claims to be about; the batch, where it names none. */
function placeOf(value: unknown, batchId: string): string {
  return Placed.safeParse(value).data?.propertyId.toLowerCase() ?? batchId;
}
