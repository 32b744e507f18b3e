import { Injectable } from '@nestjs/common';
import { propertyApi } from '@viewora/contracts/property';
import { Bus } from '@viewora/service-kit/bus';
import { LRUCache } from 'lru-cache';
import type { ListingFacts } from './event.ts';

const timeoutMs = 3_000;
/** A listing that is deleted, or changes hands, counts as before for so long. */
const freshMs = 60_000;
/** One that is not known may have been made a moment ago. */
const unknownFreshMs = 2_000;

/** What property-api knows of listings, kept for a minute; while it is away, what was known stands. */
@Injectable()
export class ListingClient {
  private readonly known = new LRUCache<string, { facts: ListingFacts | null; until: number }>({ max: 100_000 });

  constructor(private readonly bus: Bus) {}

  /** @throws AppError `unavailable` where property-api is away and has never been asked about one of them */
  async find(ids: readonly string[]): Promise<Map<string, ListingFacts>> {
    const now = Date.now();
    const asked = [...new Set(ids)].filter((id) => (this.known.get(id)?.until ?? 0) < now);
    if (asked.length > 0) await this.ask(asked, now);
    return new Map(
      ids.flatMap((id) => {
        const facts = this.known.get(id)?.facts;
        return facts ? [[id, facts] as const] : [];
      }),
    );
  }

  private async ask(ids: string[], now: number): Promise<void> {
    try {
      const { items } = await this.bus.request(propertyApi.listingOwners, { ids }, { timeoutMs });
      const found = new Map(items.map(({ id, ownerId }) => [id, { ownerId }]));
      for (const id of ids) {
        const facts = found.get(id) ?? null;
        this.known.set(id, { facts, until: now + (facts ? freshMs : unknownFreshMs) });
      }
    } catch (error) {
      if (ids.some((id) => !this.known.has(id))) throw error;
    }
  }
}
