import { Injectable } from '@nestjs/common';
import type { AdvisedListing } from '@viewora/contracts/answer';
import type { Candidate } from '@viewora/contracts/candidate';
import { type ListingDetail, ListingItem } from '@viewora/contracts/listing';
import type { Total } from '@viewora/contracts/property';
import { matches } from '@viewora/contracts/property-filter';
import type { Understanding } from '@viewora/contracts/understanding';
import { type Popular, ViewsClient } from '../facts/views.client.ts';
import { factWishOf } from '../rank/fact.wishes.ts';
import { rank } from '../rank/rank.ts';
import { reasonsFor } from '../rank/reasons.ts';
import { positive, wordsOf } from '../rank/wish.words.ts';
import { CandidateClient } from './candidate.client.ts';
import { MeaningService } from './meaning.service.ts';

type Wanted = Pick<Understanding, 'filter' | 'wishes'>;

export interface RetrieveOptions {
  limit: number;
  /** These alone, in this order, whatever the filter says: they were pointed at. At most 2,000. */
  among?: readonly string[];
  /** None of these. */
  without?: readonly string[];
  signal?: AbortSignal;
}

export interface Retrieved {
  items: AdvisedListing[];
  total: Total;
  /** The same listings whole. */
  details: ListingDetail[];
}

/** Read beyond the limit, since a listing may change between being found and being read. */
const spare = 4;

/**
 * The listings for a question, the best first, each with its reasons. What must be, the filter says; wishes order: by words, by
 * meaning. An order that is asked for is kept.
 */
@Injectable()
export class RetrieveService {
  constructor(
    private readonly candidates: CandidateClient,
    private readonly meaning: MeaningService,
    private readonly views: ViewsClient,
  ) {}

  /** @throws AppError `unavailable` where the listings cannot be asked for; or the signal's reason once it is aborted */
  async find(wanted: Wanted, { limit, among, without = [], signal }: RetrieveOptions): Promise<Retrieved> {
    const { ordered, total, popular } = among
      ? await this.pointedAt(wanted, among, signal)
      : await this.found(wanted, signal);
    const unwanted = new Set(without);
    const first = ordered.filter(({ id }) => !unwanted.has(id)).slice(0, limit + spare);
    const ids = first.map(({ id }) => id);
    const [details, known] = await Promise.all([
      this.candidates.details(ids, signal),
      popular ?? this.views.popularity(ids, signal),
    ]);
    const now = new Date();
    // Who points at listings asks nothing of them.
    const filter = among ? {} : wanted.filter;
    const fitting = first.flatMap((candidate) => {
      const listing = details.get(candidate.id);
      return listing && matches(listing, filter) ? [{ listing, candidate }] : [];
    });
    const items = fitting.slice(0, limit).map(({ listing, candidate }) => {
      const rank = known.get(candidate.id)?.rank ?? null;
      return advised(listing, candidate, { filter, wishes: wanted.wishes, rank, now });
    });
    return {
      items,
      total: among ? { value: fitting.length, relation: 'exact' } : total,
      details: fitting.slice(0, limit).map(({ listing }) => listing),
    };
  }

  private async pointedAt({ wishes }: Wanted, ids: readonly string[], signal: AbortSignal | undefined) {
    const { items, total } = await this.candidates.find({}, wordsOfAll(wishes), { ids, signal });
    const places = new Map(ids.map((id, i) => [id, i]));
    const placeOf = ({ id }: Candidate) => places.get(id) ?? 0;
    return { ordered: items.sort((a, b) => placeOf(a) - placeOf(b)), total, popular: null };
  }

  private async found({ filter, wishes }: Wanted, signal: AbortSignal | undefined) {
    const facts = new Set(positive(wishes).flatMap((wish) => factWishOf(wish) ?? []));
    // What facts tell is not looked for in texts: there everything is a bargain.
    const written = wishes.filter((wish) => factWishOf(wish) === null);
    const words = wordsOfAll(written);
    const isByPrice = facts.has('luxury') && filter.sort === undefined;
    const found = this.candidates.find({ ...filter, ...(isByPrice && { sort: 'price_desc' }) }, words, { signal });
    if (filter.sort !== undefined && filter.sort !== 'relevance') {
      const { items, total } = await found;
      return { ordered: items, total, popular: null };
    }
    const [{ items, total }, meant] = await Promise.all([
      found,
      // Without wishes there is nothing to compare texts with, and nobody waits for it.
      words.length > 0 ? this.meaning.find({ filter, wishes: positive(written), words }, found, signal) : null,
    ]);
    const all = [...new Map([...items, ...(meant?.items ?? [])].map((item) => [item.id, item])).values()];
    const popular = await this.views.popularity(
      all.map(({ id }) => id),
      signal,
    );
    const views = new Map([...popular].map(([id, { views }]) => [id, views]));
    const dearness = new Map(isByPrice ? items.map(({ id }, i) => [id, items.length - i]) : []);
    const evidence = { meaning: meant?.similarities ?? new Map(), views, facts, dearness };
    return { ordered: rank(all, evidence), total, popular };
  }
}

function wordsOfAll(wishes: readonly string[]) {
  return positive(wishes).flatMap(wordsOf);
}

function advised(
  listing: ListingDetail,
  candidate: Candidate,
  told: Wanted & Pick<Popular, 'rank'> & { now: Date },
): AdvisedListing {
  return { ...ListingItem.parse(listing), reasons: reasonsFor({ listing, candidate, ...told }) };
}
