import { AppError } from '@viewora/contracts/errors';
import type { ListingDetail } from '@viewora/contracts/listing';
import { propertyApi } from '@viewora/contracts/property';
import { type AnyOperation, type InputOf, type OutputOf } from '@viewora/contracts/service';
import { databaseOptions, migrate } from '@viewora/database/data-source';
import type { Bus } from '@viewora/service-kit/bus';
import { startPostgres } from '@viewora/testkit/postgres';
import { pino } from 'pino';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { advisorDatabase } from '../src/database.ts';
import { EmbeddingRepository } from '../src/embedding/embedding.repository.ts';
import { EmbeddingService } from '../src/embedding/embedding.service.ts';
import type { EmbeddingSource } from '../src/embedding/embedding.source.ts';
import { SweepRepository } from '../src/embedding/sweep.repository.ts';

export const silent = pino({ level: 'silent' });

/** A published listing with a text of its own. */
export function listing(facts: Partial<ListingDetail> = {}): ListingDetail {
  const id = facts.id ?? uuidv7();
  return {
    id,
    title: `Listing ${id}`,
    description: '',
    type: 'house',
    status: 'published',
    priceMinor: 40_000_000,
    currency: 'USD',
    areaSqm: 150,
    areaValue: 150,
    areaUnit: 'sqm',
    beds: 3,
    baths: 2,
    city: 'Folsom',
    locality: null,
    postalCode: '95630',
    location: { lat: 38.67, lon: -121.15 },
    yearBuilt: 2001,
    listedAt: '2026-05-01T00:00:00.000Z',
    updatedAt: '2026-05-01T00:00:00.000Z',
    version: 1,
    priceChange: null,
    address: null,
    priceNegotiable: false,
    yearRenovated: null,
    ownershipCount: null,
    sellingReason: null,
    nearbyPlaces: [],
    parkingSpaces: null,
    furnishing: null,
    facing: null,
    media: [],
    ownerId: null,
    ...facts,
  };
}

/** property-api as this service sees it: its published listings, to be read by id and walked through by version. */
export class FakeListings {
  isAway = false;
  /** Done before an answer is given. */
  whileAsked: (() => Promise<unknown>) | undefined;
  private readonly published = new Map<string, ListingDetail>();

  /** Publishes it, or changes what it says. */
  put(facts: Partial<ListingDetail> = {}): ListingDetail {
    const old = facts.id === undefined ? undefined : this.published.get(facts.id);
    const changed = { ...(old ?? listing(facts)), ...facts, version: (old?.version ?? 0) + 1 };
    this.published.set(changed.id, changed);
    return changed;
  }

  takeOff(id: string): void {
    this.published.delete(id);
  }

  readonly bus = {
    request: async <T extends AnyOperation>(operation: T, input: InputOf<T>): Promise<OutputOf<T>> => {
      if (this.isAway) throw new AppError('unavailable', 'The service is not running', { retryAfterSeconds: 5 });
      const answer = this.answer(operation, operation.input.parse(input));
      await this.whileAsked?.();
      return operation.output.parse(answer) as OutputOf<T>;
    },
  } as Bus;

  private answer(operation: AnyOperation, input: unknown): unknown {
    if (operation === propertyApi.listingDetails) {
      const { ids } = input as { ids: string[] };
      return { items: ids.flatMap((id) => this.published.get(id) ?? []) };
    }
    if (operation !== propertyApi.listingVersions) throw new Error(`nobody answers ${operation.name}`);
    const { after = '', limit } = input as { after?: string; limit: number };
    const rest = [...this.published.values()].filter(({ id }) => id > after).sort((a, b) => (a.id < b.id ? -1 : 1));
    const items = rest.slice(0, limit).map(({ id, version }) => ({ id, version }));
    return { items, next: rest.length > limit ? (items.at(-1)?.id ?? null) : null };
  }
}

/** The service's own Postgres. */
export async function startDatabase() {
  const postgres = await startPostgres();
  const url = await postgres.createServiceDatabase('advisor');
  await migrate(advisorDatabase(url));
  const dataSource = await new DataSource(databaseOptions(advisorDatabase(url))).initialize();
  return {
    url,
    dataSource,
    async empty() {
      await dataSource.query('TRUNCATE embedding, embedding_wanted, embedding_sweep');
    },
    async stop() {
      await dataSource.destroy();
      await postgres.stop();
    },
  };
}

export function embeddingService(dataSource: DataSource, source: EmbeddingSource, listings: FakeListings) {
  const repositories = [new EmbeddingRepository(dataSource), new SweepRepository(dataSource)] as const;
  return new EmbeddingService(...repositories, source, listings.bus, silent);
}
