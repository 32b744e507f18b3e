import pg from 'pg';

/** What the database says of a listing. */
export interface Fact {
  id: string;
  title: string;
  type: string;
  price: number;
  beds: number | null;
  baths: number | null;
  areaSqm: number | null;
  areaValue: number | null;
  yearBuilt: number | null;
  city: string | null;
  postalCode: string | null;
  lat: number | null;
  lon: number | null;
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
    const { rows } =
      await this.pool.query<Fact>(`SELECT id, title, type, price_minor::float8 / 100 AS price, beds, baths,
      area_sqm AS "areaSqm", area_value AS "areaValue", year_built AS "yearBuilt", city, postal_code AS "postalCode", lat, lon
      FROM property.listing WHERE is_public`);
    this.listings.clear();
    for (const row of rows) this.listings.set(row.id, row);
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
}
