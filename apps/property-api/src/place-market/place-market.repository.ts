import { Injectable } from '@nestjs/common';
import type { PropertyType } from '@viewora/contracts/listing';
import { fewestForMedian, type Market, type MarketItem, mostMonths } from '@viewora/contracts/market';
import type { propertyApi } from '@viewora/contracts/property';
import type { ParsedInputOf } from '@viewora/contracts/service';
import { fold } from '@viewora/contracts/text';
import { DataSource } from 'typeorm';
import { Parameters } from '../search/sql.ts';
import { type MonthRow, type NowRow, nothingNow, toMedian, toMonth, toNow, toPrices } from './place-market.row.ts';

type PlaceRow = Pick<Market, 'key' | 'kind' | 'name' | 'label' | 'currency'>;

@Injectable()
export class PlaceMarketRepository {
  constructor(private readonly dataSource: DataSource) {}

  async find({ place, type }: ParsedInputOf<typeof propertyApi.market>): Promise<Market | null> {
    const [row]: (PlaceRow & { as_of: Date; kinds: NowRow[]; months: MonthRow[] })[] = await this.dataSource.query(
      `SELECT market.key, kind, name, label, currency, as_of,
         (SELECT coalesce(json_agg(now ORDER BY listings DESC, type), '[]') FROM place_market_now AS now WHERE key = market.key) AS kinds,
         (SELECT coalesce(json_agg(latest ORDER BY month), '[]') FROM (
           SELECT * FROM place_market_month WHERE key = market.key AND type = $2 ORDER BY month DESC LIMIT $3
         ) AS latest) AS months
       FROM place_market AS market, place_market_state WHERE market.key = $1`,
      [fold(place), type ?? 'all', mostMonths],
    );
    if (!row) return null;
    const { as_of: asOf, kinds, months, ...about } = row;
    return {
      ...about,
      asOf: asOf.toISOString(),
      fewestForMedian,
      now: toNow(kinds.find((kind) => kind.type === 'all') ?? nothingNow),
      byType: kinds.flatMap((kind) => (kind.type === 'all' ? [] : [{ type: kind.type, ...toNow(kind) }])),
      type: type ?? null,
      months: months.map(toMonth),
    };
  }

  async largest({ kind, limit }: { kind?: MarketItem['kind']; limit: number }): Promise<MarketItem[]> {
    const parameters = new Parameters();
    const ofKind = kind === undefined ? '' : `AND kind = ${parameters.add(kind, 'text')}`;
    const rows: { place: PlaceRow; now: NowRow & { type: PropertyType } }[] = await this.dataSource.query(
      `SELECT row_to_json(market) AS place, row_to_json(now) AS now
       FROM place_market_now AS now JOIN place_market AS market USING (key)
       WHERE now.type = 'all' AND now.listings > 0 ${ofKind}
       ORDER BY now.listings DESC, now.key LIMIT ${parameters.add(limit, 'int')}`,
      parameters.values,
    );
    return rows.map(({ place, now }) => ({
      ...place,
      listings: now.listings,
      ...toPrices(now),
      daysOnMarket: toMedian(now.days_on_market, now.aged),
    }));
  }
}
