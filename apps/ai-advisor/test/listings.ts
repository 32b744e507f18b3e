import { analyticsApi } from '@viewora/contracts/analytics';
import { AppError } from '@viewora/contracts/errors';
import type { ListingDetail } from '@viewora/contracts/listing';
import { type CandidateSearch, propertyApi } from '@viewora/contracts/property';
import type { Popularity } from '@viewora/contracts/ranking';
import { type AnyOperation, type InputOf, type OutputOf } from '@viewora/contracts/service';
import { databaseOptions, migrate } from '@viewora/database/data-source';
import type { Bus } from '@viewora/service-kit/bus';
import { startPostgres } from '@viewora/testkit/postgres';
import { pino } from 'pino';
import { DataSource } from 'typeorm';
import { advisorDatabase } from '../src/database.ts';
import { EmbeddingRepository } from '../src/embedding/embedding.repository.ts';
import { EmbeddingService } from '../src/embedding/embedding.service.ts';
import type { EmbeddingSource } from '../src/embedding/embedding.source.ts';
import { SweepRepository } from '../src/embedding/sweep.repository.ts';
import { candidatesAmong } from './candidates.fake.ts';
import { listing } from './listing.factory.ts';

export const silent = pino({ level: 'silent' });

/** property-api and analytics-ingestor as this service sees them: published listings, and how often each was looked at. */
export class FakeListings {
  isAway = false;
  areViewsAway = false;
  readonly popularity = new Map<string, Popularity>();
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
    if (operation === propertyApi.candidates) {
      return candidatesAmong([...this.published.values()], input as CandidateSearch);
    }
    if (operation === analyticsApi.popularity) {
      if (this.areViewsAway) throw new AppError('unavailable', 'away');
      const { ids } = input as { ids: string[] };
      return { items: ids.flatMap((id) => this.popularity.get(id) ?? []), asOf: null };
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
