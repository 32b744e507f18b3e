import { Injectable } from '@nestjs/common';
import { propertyApi } from '@viewora/contracts/property';
import type { OutputOf } from '@viewora/contracts/service';
import { Bus } from '@viewora/service-kit/bus';
import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';
import type { ListingFacts } from './event.ts';

const timeoutMs = 3_000;
/** A listing of whose change nobody told counts as before for so long. */
const freshMs = 60_000;
/** One that is not known may have been made a moment ago. */
const unknownFreshMs = 2_000;
const mostAtOnce = 500;
const mostRequests = 4;

/** What property-api knows of listings, kept for a minute; while it is away, what was known stands. */
@Injectable()
export class ListingClient {
  private readonly known = new LRUCache<string, { facts: ListingFacts | null; until: number }>({ max: 250_000 });
  private readonly limit = pLimit(mostRequests);
  private changes = 0;

  constructor(private readonly bus: Bus) {}

  /** @throws AppError `unavailable` where property-api is away and has never been asked about one of them */
  async find(ids: readonly string[]): Promise<Map<string, ListingFacts>> {
    const now = Date.now();
    const asked = [...new Set(ids)].filter((id) => (this.known.get(id)?.until ?? 0) < now);
    const parts = Array.from({ length: Math.ceil(asked.length / mostAtOnce) }, (_, i) =>
      asked.slice(i * mostAtOnce, (i + 1) * mostAtOnce),
    );
    await Promise.all(parts.map((part) => this.limit(() => this.ask(part, now))));
    return new Map(
      ids.flatMap((id) => {
        const facts = this.known.get(id)?.facts;
        return facts ? [[id, facts] as const] : [];
      }),
    );
  }

  /** These have changed: the next to need them asks again. Without a list, all of them may have. */
  forget(ids: readonly string[]): void {
    this.changes += 1;
    for (const id of ids.length > 0 ? ids : this.known.keys()) {
      const known = this.known.peek(id);
      if (known) known.until = 0;
    }
  }

  private async ask(ids: string[], now: number): Promise<void> {
    const { changes } = this;
    try {
      const { items } = await this.bus.request(propertyApi.listingOwners, { ids }, { timeoutMs });
      const found = new Map(items.map((item) => [item.id, factsOf(item)]));
      for (const id of ids) {
        const facts = found.get(id) ?? null;
        // What has changed while it was asked for may be the answer or not.
        const ms = changes !== this.changes ? 0 : facts ? freshMs : unknownFreshMs;
        this.known.set(id, { facts, until: now + ms });
      }
    } catch (error) {
      if (ids.some((id) => !this.known.has(id))) throw error;
    }
  }
}

function factsOf(item: OutputOf<typeof propertyApi.listingOwners>['items'][number]): ListingFacts {
  const { ownerId, isPublished = false, type, city = null, listedAt } = item;
  return {
    ownerId,
    isPublished,
    type: type ?? null,
    city,
    listedAt: listedAt === undefined ? 0 : Date.parse(listedAt),
  };
}
