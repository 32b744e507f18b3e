import { Injectable } from '@nestjs/common';
import type { LatLon } from '@viewora/contracts/geo';
import { fewestForMedian } from '@viewora/contracts/market';
import type { Total } from '@viewora/contracts/property';
import { DataSource } from 'typeorm';
import type { MarketShape } from '../market/market.shape.ts';
import { type FoundPage, SearchRepository } from './search.repository.ts';
import type { PageSearch, Reading } from './search.statement.ts';
import { anyWordQuery, distanceSql } from './sql.ts';

/** What a listing's place among others is made of, as the driver hands it over. */
export interface CandidateRow {
  id: string;
  listed_at: Date;
  matched: number[];
  distance_m: number | null;
  place: string | null;
  price_ratio: number | null;
}

/** Pages of a search as their ranking needs them. */
@Injectable()
export class CandidateRepository {
  constructor(private readonly dataSource: DataSource) {}

  find(
    search: PageSearch,
    words: readonly (readonly string[])[],
    market: MarketShape,
  ): Promise<FoundPage<CandidateRow>> {
    return this.pages(search, words).findPage(search, null, market);
  }

  /** How many match. */
  count(search: PageSearch, market: MarketShape): Promise<Total> {
    return this.pages(search, []).count(search, market);
  }

  private pages({ near }: PageSearch, words: readonly (readonly string[])[]): SearchRepository<CandidateRow> {
    return new SearchRepository<CandidateRow>(this.dataSource, readCandidates(words, near));
  }
}

function readCandidates(words: readonly (readonly string[])[], near: LatLon | undefined): Reading {
  return (parameters) => {
    const queries = parameters.add(words.map(anyWordQuery), 'tsquery[]');
    const distance = near ? `CASE WHEN lat IS NOT NULL THEN ${distanceSql(near, parameters)} END` : 'NULL';
    return {
      columns: `listing.id, listing.listed_at, ${distance} AS distance_m, market.name AS place,
        ARRAY(SELECT number::int - 1 FROM unnest(${queries}) WITH ORDINALITY AS word(query, number)
              WHERE listing.words @@ query) AS matched,
        listing.price_minor / nullif(listing.area_sqm, 0) / nullif(now.price_per_sqm_minor, 0) AS price_ratio`,
      // The planner would rather read the whole table than a thousand rows by their ids.
      from: `page CROSS JOIN LATERAL (SELECT * FROM listing WHERE id = page.id OFFSET 0) AS listing
        LEFT JOIN place_market AS market ON market.key = listing.place_keys[1] AND market.currency = listing.currency
        LEFT JOIN place_market_now AS now
          ON now.key = market.key AND now.type = listing.type::text AND now.measured >= ${fewestForMedian}`,
    };
  };
}
