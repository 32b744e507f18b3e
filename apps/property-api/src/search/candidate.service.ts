import { Injectable } from '@nestjs/common';
import { type Candidate, mostAmong, mostCandidates } from '@viewora/contracts/candidate';
import type { CandidateSearch, propertyApi } from '@viewora/contracts/property';
import type { OutputOf } from '@viewora/contracts/service';
import { MarketService } from '../market/market.service.ts';
import type { MarketShape } from '../market/market.shape.ts';
import { CandidateRepository, type CandidateRow } from './candidate.repository.ts';
import { scopeOf } from './scope.ts';
import type { PageSearch } from './search.statement.ts';
import { anyWordQuery } from './sql.ts';

/** Finds what others rank. */
@Injectable()
export class CandidateService {
  constructor(
    private readonly candidates: CandidateRepository,
    private readonly market: MarketService,
  ) {}

  /**
   * All that match; of more than can be given the first in the order asked for, and rather of those that have any of the words,
   * where there are such.
   */
  async find({ words, ...asked }: CandidateSearch): Promise<OutputOf<typeof propertyApi.candidates>> {
    const limit = asked.ids ? mostAmong : mostCandidates;
    const search = { ...this.market.withCurrency(asked), limit };
    const market = await this.market.shape();
    if (words.length > 0 && matchesMany(search, market)) {
      // Those without any of the words would be read in vain.
      const [total, having] = await Promise.all([
        this.candidates.count(search, market),
        this.candidates.find(withAnyOf(words, search), words, market),
      ]);
      if (total.relation === 'at_least' && having.rows.length > 0) return { items: toItems(having.rows, limit), total };
    }
    const { rows, total } = await this.candidates.find(search, words, market);
    if (rows.length <= limit || words.length === 0) return { items: toItems(rows, limit), total };
    const having = await this.candidates.find(withAnyOf(words, search), words, market);
    return { items: toItems(having.rows.length > 0 ? having.rows : rows, limit), total };
  }
}

function withAnyOf(words: CandidateSearch['words'], search: PageSearch): PageSearch {
  return { ...search, anyWord: anyWordQuery(words.flat()) };
}

function toItems(rows: readonly CandidateRow[], limit: number): Candidate[] {
  return rows.slice(0, limit).map(toCandidate);
}

/** As far as the market's shape tells, which knows nothing of words and names. */
function matchesMany({ q, place, ids, ...filter }: PageSearch, market: MarketShape): boolean {
  if (q !== undefined || place !== undefined || ids) return false;
  const boxes = scopeOf(filter);
  const inReach = boxes ? market.listingsIn(boxes) : market.total;
  return inReach * market.selectivity(filter) > 2 * filter.limit;
}

function toCandidate({ id, listed_at, matched, distance_m, place, price_ratio }: CandidateRow): Candidate {
  return {
    id,
    listedAt: listed_at.toISOString(),
    matched,
    distanceM: distance_m,
    market: place !== null && price_ratio !== null ? { place, priceRatio: price_ratio } : null,
  };
}
