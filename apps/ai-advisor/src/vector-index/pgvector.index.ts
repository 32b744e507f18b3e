import type { OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import { halvesOf, indexNameOf, isOfModel, type ModelVectors, validIndexSql } from './pgvector.sql.ts';
import type { Hit, VectorIndex } from './vector.index.ts';

/** As pgvector has it: of those looked at, more are nearer the truth. */
const searchedAtLeast = 200;
const searchedAtMost = 1_000;

/**
 * The nearest by pgvector's HNSW index, an approximation, for markets that are too large for every replica's memory. The index is on
 * the table of vectors itself, one for each model, so there is nothing to follow; the migration builds it.
 */
export class PgvectorIndex implements VectorIndex, OnApplicationBootstrap {
  private readonly isOfModel: string;
  private readonly halves: string;

  constructor(
    private readonly dataSource: DataSource,
    private readonly vectors: ModelVectors,
    private readonly logger: Logger,
  ) {
    this.isOfModel = isOfModel(vectors.model);
    this.halves = halvesOf(vectors.dimensions);
  }

  /** Without the index the nearest are found by looking at all, and nobody would know why that is slow. */
  async onApplicationBootstrap(): Promise<void> {
    const index = indexNameOf(this.vectors.model);
    try {
      const valid: unknown[] = await this.dataSource.query(validIndexSql, [index]);
      if (valid.length === 0) this.logger.error({ index }, 'there is no index of vectors; the migration builds it');
    } catch (error) {
      this.logger.warn({ err: error }, 'whether there is an index of vectors is not known');
    }
  }

  nearest(vector: Float32Array, { from, count }: { from: number; count: number }): Promise<Hit[]> {
    const searched = Math.min(searchedAtMost, Math.max(searchedAtLeast, from + count));
    const distance = `${this.halves} <#> $1::halfvec(${this.vectors.dimensions})`;
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
}

function textOf(vector: Float32Array): string {
  return `[${vector.join(',')}]`;
}
