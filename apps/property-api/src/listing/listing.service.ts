import { Injectable } from '@nestjs/common';
import { AppError } from '@viewora/contracts/errors';
import type { ListingDetail, ListingItem } from '@viewora/contracts/listing';
import type { HistoryEntry, propertyApi, SimilarListing } from '@viewora/contracts/property';
import type { OutputOf, ParsedInputOf } from '@viewora/contracts/service';
import { ListingRepository } from './listing.repository.ts';
import { likeness } from './similarity.ts';
import { decodeTimeCursor, pageOf } from './time.cursor.ts';

const candidateCount = 200;
const similarCount = 8;
/** Tried in turn, so that a listing in the country has company too. */
const similarRadiiM = [5_000, 25_000, 100_000];

@Injectable()
export class ListingService {
  constructor(private readonly listings: ListingRepository) {}

  /** @throws AppError `not_found`, also for what is not public. */
  async get(id: string): Promise<ListingDetail> {
    return found(await this.listings.findPublic(id));
  }

  async history(id: string): Promise<{ items: HistoryEntry[] }> {
    return { items: found(await this.listings.findHistory(id)) };
  }

  /** In the order asked for; who asks for one twice gets it once. */
  async compare(ids: readonly string[]): Promise<{ items: ListingDetail[] }> {
    const found = new Map((await this.listings.findAllPublic(ids)).map((listing) => [listing.id, listing]));
    return { items: [...new Set(ids.map((id) => id.toLowerCase()))].flatMap((id) => found.get(id) ?? []) };
  }

  async detailsOf(ids: readonly string[]): Promise<{ items: ListingDetail[] }> {
    return { items: await this.listings.findAllPublic(ids) };
  }

  async versions({
    after,
    limit,
  }: ParsedInputOf<typeof propertyApi.listingVersions>): Promise<OutputOf<typeof propertyApi.listingVersions>> {
    const found = await this.listings.findVersions(after, limit);
    const items = found.slice(0, limit);
    return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  async factsOf(ids: readonly string[]): Promise<OutputOf<typeof propertyApi.listingOwners>> {
    return { items: await this.listings.findFacts(ids) };
  }

  /** Of whoever has none, an empty page: who there is, only accounts-api knows. */
  async listOf({
    id,
    limit,
    cursor,
  }: ParsedInputOf<typeof propertyApi.ownerListings>): Promise<OutputOf<typeof propertyApi.ownerListings>> {
    const after = decodeTimeCursor(cursor);
    const [found, total] = await Promise.all([
      this.listings.findPublicOf(id, limit, after),
      this.listings.countPublicOf(id),
    ]);
    return { ...pageOf<ListingItem>(found, limit), total };
  }

  /** The most alike first, each with its reasons. */
  async similar(id: string): Promise<{ items: SimilarListing[] }> {
    const listing = await this.get(id);
    for (const radiusM of similarRadiiM) {
      const candidates = await this.listings.findCandidates(listing, radiusM, candidateCount);
      if (candidates.length < similarCount && radiusM !== similarRadiiM.at(-1) && listing.location) continue;
      const ranked = candidates.map((candidate) => ({ candidate, ...likeness(listing, candidate) }));
      ranked.sort((a, b) => b.score - a.score || (a.candidate.id < b.candidate.id ? -1 : 1));
      return { items: ranked.slice(0, similarCount).map(({ candidate, reasons }) => ({ ...candidate, reasons })) };
    }
    return { items: [] };
  }
}

function found<T>(value: T | null): T {
  if (value === null) throw new AppError('not_found', 'There is no such listing');
  return value;
}
