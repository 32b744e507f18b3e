import { Injectable } from '@nestjs/common';
import { type Place, propertyApi } from '@viewora/contracts/property';
import { fold } from '@viewora/contracts/text';
import { Bus } from '@viewora/service-kit/bus';
import { LRUCache } from 'lru-cache';
import type { Places } from '../understand/places.ts';

const timeoutMs = 3_000;
/** How long a new place may go unnoticed. */
const freshMs = 30_000;
const mostKept = 50_000;

/** The names of property-api's places, asked for all at once and kept for half a minute, unknown ones too. */
@Injectable()
export class GazetteerClient {
  private readonly known = new LRUCache<string, { place: Place | null }>({ max: mostKept, ttl: freshMs });

  constructor(private readonly bus: Bus) {}

  /** The largest place of each name that there is. @throws AppError `unavailable` */
  async find(names: readonly string[]): Promise<Places> {
    const found = new Map<string, Place>();
    const asked: string[] = [];
    for (const name of names) {
      const known = this.known.get(name);
      if (known === undefined) asked.push(name);
      else if (known.place) found.set(name, known.place);
    }
    if (asked.length === 0) return found;
    const { items } = await this.bus.request(propertyApi.placesNamed, { names: asked }, { timeoutMs });
    // The largest of a name comes first, and stays.
    for (const place of items) if (!found.has(fold(place.name))) found.set(fold(place.name), place);
    for (const name of asked) this.known.set(name, { place: found.get(name) ?? null });
    return found;
  }
}
