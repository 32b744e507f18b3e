import { Injectable } from '@nestjs/common';
import type { propertyApi } from '@viewora/contracts/property';
import type { OutputOf } from '@viewora/contracts/service';
import { DataSource } from 'typeorm';

type Statistics = OutputOf<typeof propertyApi.marketStatistics>;

const mostListed = 10;
/** Sellers have a sale or two; so many leave no broker out who has more. */
const mostOwners = 1_000;

/** Figures of the market for administrators. Each is one statement over an index alone, or over what is counted already. */
@Injectable()
export class StatisticsRepository {
  constructor(private readonly dataSource: DataSource) {}

  countByType(): Promise<Statistics['listingsByType']> {
    return this.dataSource.query(
      'SELECT type, status, count(*)::int AS count FROM listing GROUP BY type, status ORDER BY type, status',
    );
  }

  /** From the gazetteer, which follows the listings within seconds: published ones, names of one spelling taken together. */
  async countByCity(): Promise<Pick<Statistics, 'listingsByCity' | 'otherCities'>> {
    const cities: { city: string; count: number; all: number }[] = await this.dataSource.query(
      `SELECT name AS city, listings AS count, (sum(listings) OVER ())::int AS all FROM place WHERE kind = 'city'
       ORDER BY listings DESC, key LIMIT $1`,
      [mostListed],
    );
    const listed = cities.reduce((sum, { count }) => sum + count, 0);
    return {
      listingsByCity: cities.map(({ city, count }) => ({ city, count })),
      otherCities: (cities[0]?.all ?? 0) - listed,
    };
  }

  mostSaved(): Promise<Statistics['mostSaved']> {
    return this.dataSource.query(
      `SELECT listing.id, listing.title, listing.city, saved.count FROM (
         SELECT listing_id, count(*)::int AS count FROM favourite GROUP BY listing_id ORDER BY count DESC, listing_id LIMIT $1
       ) AS saved JOIN listing ON listing.id = saved.listing_id ORDER BY saved.count DESC, listing.id`,
      [mostListed],
    );
  }

  salesByOwner(): Promise<Statistics['salesByOwner']> {
    return this.dataSource.query(
      `SELECT owner_id AS "ownerId", count(*)::int AS count FROM listing WHERE status = 'sold' AND owner_id IS NOT NULL
       GROUP BY owner_id ORDER BY count DESC, owner_id LIMIT $1`,
      [mostOwners],
    );
  }
}
