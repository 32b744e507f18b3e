import { createHash } from 'node:crypto';
import type { OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import type { Hit, VectorIndex } from './vector.index.ts';

/** As pgvector has it: of those looked at, more are nearer the truth. */
const searchedAtLeast = 200;
const searchedAtMost = 1_000;

/**
 * The nearest by pgvector's HNSW index, an approximation, for markets that are too large for every replica's memory. The index is on
 * the table of vectors itself, one for each model, so there is nothing to follow. Needs the extension, 0.8 or later.
 */
export class PgvectorIndex implements VectorIndex, OnApplicationBootstrap {
  private readonly name: string;
  private readonly model: string;
  private readonly dimensions: number;

  constructor(
    private readonly dataSource: DataSource,
    { model, dimensions }: { model: string; dimensions: number },
    private readonly logger: Logger,
  ) {
    this.model = model;
    this.dimensions = dimensions;
    this.name = `embedding_hnsw_${createHash('sha256').update(model).digest('hex').slice(0, 16)}`;
  }

  /** Until the index is there, the nearest are found by looking at all. */
  onApplicationBootstrap(): void {
    this.ensureIndex().catch((error: unknown) => this.logger.error({ err: error }, 'there is no index of vectors'));
  }

  /** Half of a float's digits are enough to find them, take half the memory, and reach up to 4,000 dimensions. */
  async ensureIndex(): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.query(`SELECT pg_advisory_xact_lock(hashtext('${this.name}'))`);
      await manager.query(
        `CREATE INDEX IF NOT EXISTS ${this.name} ON embedding USING hnsw ((vector::halfvec(${this.dimensions})) halfvec_ip_ops)
         WHERE ${this.isOfModel}`,
      );
    });
  }

  nearest(vector: Float32Array, { from, count }: { from: number; count: number }): Promise<Hit[]> {
    const searched = Math.min(searchedAtMost, Math.max(searchedAtLeast, from + count));
    const distance = `vector::halfvec(${this.dimensions}) <#> $1::halfvec(${this.dimensions})`;
    return this.dataSource.transaction(async (manager) => {
      // Else no more would be found than are searched at once.
      await manager.query(`SET LOCAL hnsw.iterative_scan = strict_order; SET LOCAL hnsw.ef_search = ${searched}`);
      return manager.query(
        `SELECT listing_id AS id, -(${distance}) AS similarity FROM embedding WHERE ${this.isOfModel}
         ORDER BY ${distance} LIMIT $2 OFFSET $3`,
        [textOf(vector), count, from],
      );
    });
  }

  rank(vector: Float32Array, ids: readonly string[]): Promise<Hit[]> {
    return this.dataSource.query(
      `SELECT listing_id AS id, -(vector::vector <#> $1::vector) AS similarity FROM embedding
       WHERE ${this.isOfModel} AND listing_id = ANY ($2::uuid[]) ORDER BY 2 DESC, 1`,
      [textOf(vector), ids],
    );
  }

  /** In these words in the index, too: a parameter would keep it from being used. Models are named by us. */
  private get isOfModel(): string {
    return `model = '${this.model.replaceAll("'", "''")}' AND content_hash IS NOT NULL`;
  }
}

function textOf(vector: Float32Array): string {
  return `[${vector.join(',')}]`;
}
