import { Injectable } from '@nestjs/common';
import { type Candidate, mostAmong, mostCandidates } from '@viewora/contracts/candidate';
import type { CandidateSearch, propertyApi } from '@viewora/contracts/property';
import type { OutputOf } from '@viewora/contracts/service';
import { MarketService } from '../market/market.service.ts';
import { CandidateRepository, type CandidateRow } from './candidate.repository.ts';
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
    const { rows, total } = await this.candidates.find(search, words, market);
    if (rows.length <= limit || words.length === 0) return { items: rows.slice(0, limit).map(toCandidate), total };
    const anyWord = anyWordQuery(words.flat());
    const having = await this.candidates.find({ ...search, anyWord }, words, market);
    const items = having.rows.length > 0 ? having.rows : rows;
    return { items: items.slice(0, limit).map(toCandidate), total };
  }
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
