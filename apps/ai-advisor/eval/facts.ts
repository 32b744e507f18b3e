import type { PropertyType } from '@viewora/contracts/listing';
import { type FilterableListing, matches, type PropertyFilter } from '@viewora/contracts/property-filter';
import pg from 'pg';
import { type MarketFacts, marketSql, monthSql } from './market.facts.ts';

/** What the database says of a listing. */
export interface Fact extends FilterableListing {
  id: string;
  /** In whole units. */
  price: number;
  areaValue: number | null;
}

/** The facts that answers are held against, read past the services. */
export class Facts {
  private readonly pool: pg.Pool;
  private readonly listings = new Map<string, Fact>();
  /** Median prices per square metre, by place and type. */
  private readonly medianPerSqm = new Map<string, number>();

  private constructor(databaseUrl: string) {
    this.pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  }

  static async open(databaseUrl: string): Promise<Facts> {
    const facts = new Facts(databaseUrl);
    await facts.refresh();
    return facts;
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  async refresh(): Promise<void> {
    const { rows } = await this.pool.query<Fact & { lat: number | null; lon: number | null; listed: Date }>(
      `SELECT id, title, description, type, status, price_minor::float8 AS "priceMinor", price_minor::float8 / 100 AS price,
         currency, beds, baths, area_sqm AS "areaSqm", area_value AS "areaValue", year_built AS "yearBuilt", city, locality,
         postal_code AS "postalCode", lat, lon, listed_at AS listed
       FROM property.listing WHERE is_public`,
    );
    this.listings.clear();
    for (const { lat, lon, listed, ...row } of rows) {
      const location = lat === null || lon === null ? null : { lat, lon };
      this.listings.set(row.id, { ...row, location, listedAt: listed.toISOString() });
    }
    const medians = await this.pool.query<{ place: string; type: string; median: number }>(`
      SELECT place, type, percentile_cont(0.5) WITHIN GROUP (ORDER BY price_minor / area_sqm) / 100 AS median
      FROM property.listing, unnest(ARRAY[city, locality, postal_code]) AS place
      WHERE is_public AND area_sqm > 0 AND place IS NOT NULL GROUP BY place, type`);
    this.medianPerSqm.clear();
    for (const { place, type, median } of medians.rows) this.medianPerSqm.set(`${place} ${type}`, median);
  }

  /** By how many per cent it costs less per square metre than half of its type in that place; negative where it costs more. */
  percentUnder({ type, price, areaSqm }: Fact, place: string): number | null {
    const median = this.medianPerSqm.get(`${place} ${type}`);
    return median && areaSqm ? (1 - price / areaSqm / median) * 100 : null;
  }

  of(id: string): Fact | undefined {
    return this.listings.get(id);
  }

  /** Nobody looks at homes while the advisor is asked about them. */
  viewsOf(_id: string): number {
    return 0;
  }

  /** All listings that a filter describes. */
  matching(filter: PropertyFilter): Fact[] {
    return [...this.listings.values()].filter((fact) => matches(fact, filter));
  }

  /** How well each of the listings that a question is about answers it; 1 where they are all as good. */
  async grades(where: string, grade = '1'): Promise<Map<string, number>> {
    const { rows } = await this.pool.query<{ id: string; grade: number }>(
      `SELECT id, (${grade})::float8 AS grade FROM property.listing WHERE is_public AND (${where})`,
    );
    return new Map(rows.map(({ id, grade }) => [id, grade]));
  }

  /** Medians of those listings: of the price, and of the price per square metre. */
  async medians(where: string): Promise<{ price: number | null; perSqm: number | null; of: number }> {
    const middle = (of: string) => `percentile_cont(0.5) WITHIN GROUP (ORDER BY ${of})`;
    const { rows } = await this.pool.query(`SELECT ${middle('price_minor')} / 100 AS price,
      ${middle('price_minor / nullif(area_sqm, 0)')} / 100 AS "perSqm", count(*)::int AS of
      FROM property.listing WHERE is_public AND (${where})`);
    return rows[0];
  }

  /** Quartiles of what these ask, minor units; of what they ask by size for a home of `areaSqm`, where that is given. */
  async quartiles(ids: readonly string[], areaSqm: number | null): Promise<[number, number, number]> {
    const { rows } = await this.pool.query<{ quartiles: [number, number, number] }>(
      `SELECT percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (
         ORDER BY CASE WHEN $2::float8 IS NULL THEN price_minor ELSE price_minor / area_sqm * $2 END) AS quartiles
       FROM property.listing WHERE is_public AND id = ANY ($1::uuid[])`,
      [ids, areaSqm],
    );
    return rows[0]?.quartiles ?? [Number.NaN, Number.NaN, Number.NaN];
  }

  /** The market of a place by its folded name, of one type where that is given. */
  async market(key: string, type: PropertyType | undefined, currency: string): Promise<MarketFacts> {
    const { rows } = await this.pool.query<MarketFacts>(marketSql, [key, type ?? null, currency]);
    const [row] = rows;
    if (!row) throw new Error('an aggregate has a row');
    return row;
  }

  /** What was asked in the median by square metre for what came on the market there in a month, minor units. */
  async askedIn(month: string, key: string, type: PropertyType | undefined, currency: string): Promise<number | null> {
    const { rows } = await this.pool.query<{ median: number | null }>(monthSql, [key, type ?? null, currency, month]);
    return rows[0]?.median ?? null;
  }
}
