import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { quantise } from '../vector-index/quantise.ts';

/** A listing to look at. `askedAt` tells whether it was asked for again meanwhile. */
export interface Wanted {
  id: string;
  askedAt: string;
  tries: number;
}

/** What has become of listings that were looked at. */
export interface Findings {
  made: { id: string; version: number; hash: string; vector: Float32Array }[];
  /** Changed, but not in what is compared. */
  same: { id: string; version: number }[];
  /** Off the market, or no more. */
  gone: string[];
}

/** A row that says that a listing is gone is kept so long, for whoever follows the table. */
const goneKeptHours = 24;
/** Vectors of a model that nothing was written for so long are of one that nobody uses any more. */
const unusedDays = 7;
const batchSize = 1_000;

/** Vectors of listings, and those that are still to be made; by model, since vectors of two have nothing to do with each other. */
@Injectable()
export class EmbeddingRepository {
  constructor(private readonly dataSource: DataSource) {}

  async want(model: string, ids: readonly string[]): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO embedding_wanted (model, listing_id) SELECT $1, unnest($2::uuid[])
       ON CONFLICT (model, listing_id) DO UPDATE SET asked_at = excluded.asked_at`,
      [model, ids],
    );
  }

  /** Takes what is due away from the other replicas, for as long as the lease. */
  async claim(model: string, limit: number, leaseMs: number): Promise<Wanted[]> {
    const [rows]: [Wanted[], number] = await this.dataSource.query(
      `UPDATE embedding_wanted SET due_at = now() + make_interval(secs => $3 / 1000.0), tries = tries + 1
       WHERE model = $1 AND listing_id = ANY (ARRAY(
         SELECT listing_id FROM embedding_wanted WHERE model = $1 AND due_at <= now()
         ORDER BY due_at, listing_id LIMIT $2 FOR UPDATE SKIP LOCKED))
       RETURNING listing_id AS id, asked_at::text AS "askedAt", tries`,
      [model, limit, leaseMs],
    );
    return rows;
  }

  async hashesOf(model: string, ids: readonly string[]): Promise<Map<string, string>> {
    const rows: { id: string; hash: string }[] = await this.dataSource.query(
      `SELECT listing_id AS id, content_hash AS hash FROM embedding
       WHERE model = $1 AND listing_id = ANY ($2::uuid[]) AND content_hash IS NOT NULL`,
      [model, ids],
    );
    return new Map(rows.map(({ id, hash }) => [id, hash]));
  }

  /** All at once; what was asked for again meanwhile is due at once. An older version never takes the place of a newer one. */
  async store(model: string, { made, same, gone }: Findings, wanted: readonly Wanted[]): Promise<void> {
    const coded = made.map((each) => ({ ...each, ...quantise(each.vector) }));
    await this.dataSource.transaction(async (manager) => {
      await manager.query(
        `INSERT INTO embedding AS old (model, listing_id, version, content_hash, scale, codes, vector)
         SELECT $1, id, version, hash, scale, codes, vector::real[] FROM unnest(
           $2::uuid[], $3::int[], $4::text[], $5::real[], $6::bytea[], $7::text[]
         ) AS made(id, version, hash, scale, codes, vector)
         ON CONFLICT (model, listing_id) DO UPDATE SET version = excluded.version, content_hash = excluded.content_hash,
           scale = excluded.scale, codes = excluded.codes, vector = excluded.vector,
           written = excluded.written, written_at = excluded.written_at
         WHERE old.version <= excluded.version`,
        [
          model,
          coded.map(({ id }) => id),
          coded.map(({ version }) => version),
          coded.map(({ hash }) => hash),
          coded.map(({ scale }) => scale),
          coded.map(({ codes }) => Buffer.from(codes.buffer)),
          coded.map(({ vector }) => `{${vector.join(',')}}`),
        ],
      );
      await manager.query(
        `UPDATE embedding SET version = same.version FROM unnest($2::uuid[], $3::int[]) AS same(id, version)
         WHERE model = $1 AND listing_id = same.id AND embedding.version < same.version`,
        [model, same.map(({ id }) => id), same.map(({ version }) => version)],
      );
      await manager.query(
        `UPDATE embedding SET content_hash = NULL, scale = NULL, codes = NULL, vector = NULL,
           written = pg_current_xact_id(), written_at = now()
         WHERE model = $1 AND listing_id = ANY ($2::uuid[]) AND content_hash IS NOT NULL`,
        [model, gone],
      );
      const ids = wanted.map(({ id }) => id);
      await manager.query(
        `DELETE FROM embedding_wanted USING unnest($2::uuid[], $3::timestamptz[]) AS seen(id, asked_at)
         WHERE model = $1 AND listing_id = seen.id AND embedding_wanted.asked_at = seen.asked_at`,
        [model, ids, wanted.map(({ askedAt }) => askedAt)],
      );
      await manager.query(
        'UPDATE embedding_wanted SET due_at = now(), tries = 0 WHERE model = $1 AND listing_id = ANY ($2::uuid[])',
        [model, ids],
      );
    });
  }

  async postpone(model: string, ids: readonly string[], afterMs: number): Promise<void> {
    await this.dataSource.query(
      `UPDATE embedding_wanted SET due_at = now() + make_interval(secs => $3 / 1000.0)
       WHERE model = $1 AND listing_id = ANY ($2::uuid[])`,
      [model, ids, afterMs],
    );
  }

  async countWanted(model: string): Promise<number> {
    const [row]: { count: number }[] = await this.dataSource.query(
      'SELECT count(*)::int AS count FROM embedding_wanted WHERE model = $1',
      [model],
    );
    return row?.count ?? 0;
  }

  /** Deletes what nobody needs: rows of listings long gone, and what belongs to a model that is not used any more. */
  async forget(model: string): Promise<void> {
    const old = `written_at < now() - make_interval(hours => CASE WHEN model = $1 THEN ${goneKeptHours} ELSE ${unusedDays * 24} END)`;
    const unused = `model <> $1 AND NOT EXISTS (
      SELECT FROM embedding AS recent WHERE recent.model = embedding.model AND recent.written_at > now() - interval '${unusedDays} days')`;
    for (let deleted = batchSize; deleted === batchSize; ) {
      [, deleted] = (await this.dataSource.query(
        `DELETE FROM embedding WHERE ctid = ANY (ARRAY(
           SELECT ctid FROM embedding WHERE ${old} AND (content_hash IS NULL OR (${unused})) LIMIT $2))`,
        [model, batchSize],
      )) as [unknown, number];
    }
  }
}
