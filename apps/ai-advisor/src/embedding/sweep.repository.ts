import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** A part of all listings: those after one id and up to another. */
export interface SweepPart {
  after: string | undefined;
  /** Null where it goes on to the end. */
  upTo: string | null;
  listings: { id: string; version: number }[];
}

/** Whose turn it is to compare the vectors there are with all listings, and what comes of it. */
@Injectable()
export class SweepRepository {
  constructor(private readonly dataSource: DataSource) {}

  async want(model: string): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO embedding_sweep AS sweep (model) VALUES ($1)
       ON CONFLICT (model) DO UPDATE SET wanted = sweep.wanted + 1`,
      [model],
    );
  }

  /** The wish that a sweep begun now fulfils; null where there is none, or another replica is at it. */
  async claim(model: string, leaseMs: number): Promise<string | null> {
    const [rows]: [{ wanted: string }[], number] = await this.dataSource.query(
      `UPDATE embedding_sweep SET leased_until = now() + make_interval(secs => $2 / 1000.0)
       WHERE model = $1 AND wanted > done AND leased_until < now() RETURNING wanted`,
      [model, leaseMs],
    );
    return rows[0]?.wanted ?? null;
  }

  /** Wants those of a part whose version is another than that of their vector, and those that have one and are not there. */
  async compare(model: string, { after, upTo, listings }: SweepPart, leaseMs: number): Promise<void> {
    await this.dataSource.query(
      `WITH known AS (
         SELECT listing_id AS id, version FROM embedding WHERE model = $1 AND content_hash IS NOT NULL
           AND ($2::uuid IS NULL OR listing_id > $2) AND ($3::uuid IS NULL OR listing_id <= $3)
       ), lease AS (
         UPDATE embedding_sweep SET leased_until = now() + make_interval(secs => $6 / 1000.0) WHERE model = $1
       )
       INSERT INTO embedding_wanted (model, listing_id)
       SELECT $1, id FROM unnest($4::uuid[], $5::int[]) AS live(id, version) FULL JOIN known USING (id)
       WHERE live.version IS DISTINCT FROM known.version
       ON CONFLICT (model, listing_id) DO UPDATE SET asked_at = excluded.asked_at`,
      [model, after ?? null, upTo, listings.map(({ id }) => id), listings.map(({ version }) => version), leaseMs],
    );
  }

  async finish(model: string, wish: string): Promise<void> {
    await this.dataSource.query(
      `UPDATE embedding_sweep SET done = greatest(done, $2), leased_until = '-infinity' WHERE model = $1`,
      [model, wish],
    );
  }

  /** Lets another replica begin at once. */
  async giveUp(model: string): Promise<void> {
    await this.dataSource.query(`UPDATE embedding_sweep SET leased_until = '-infinity' WHERE model = $1`, [model]);
  }
}
