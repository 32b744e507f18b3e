import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { InBackground } from '@viewora/service-kit/in-background';
import { registry } from '@viewora/service-kit/metrics';
import type { Logger } from 'pino';
import { Gauge } from 'prom-client';
import { byNearness, CodeStore } from './code.store.ts';
import { dot } from './quantise.ts';
import type { Hit, VectorIndex } from './vector.index.ts';
import { beginning, type VectorRepository, type Watermark } from './vector.repository.ts';

const pauseMs = 500;
/** Rows of what is gone are kept for a day; whoever has not read for so long begins anew. */
const longestGapMs = 12 * 3_600_000;
/** The first so many by their codes are put in order by the vectors themselves. */
const refinedHits = 100;

const indexedVectors = new Gauge({
  name: 'viewora_index_vectors',
  help: 'Vectors this replica has in memory',
  registers: [registry],
});

/**
 * All vectors compared with the one asked for, one after the other: exact but for the rounding of codes, which reading the first few
 * vectors themselves makes good. Every replica follows the table by itself, so that all give the same within a second.
 */
export class ScanIndex implements VectorIndex, OnApplicationBootstrap, OnApplicationShutdown {
  private store = new CodeStore();
  private watermark: Watermark = beginning;
  private readAt = performance.now();
  private readonly following: InBackground;

  constructor(
    private readonly vectors: VectorRepository,
    private readonly model: string,
    logger: Logger,
  ) {
    this.following = new InBackground(
      () => this.follow(),
      pauseMs,
      (error) => logger.warn({ err: error }, 'the index of vectors could not be followed'),
      1,
    );
  }

  onApplicationBootstrap(): void {
    this.following.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.following.stop();
  }

  async nearest(vector: Float32Array, { from, count }: { from: number; count: number }): Promise<Hit[]> {
    return (await this.store.nearest(vector, from + count)).slice(from);
  }

  /** The first in the order of their vectors. One that is gone by now stays where it is: who asks looks anyway. */
  async rank(vector: Float32Array, ids: readonly string[]): Promise<Hit[]> {
    const hits = this.store.rank(vector, ids);
    const first = hits.slice(0, refinedHits);
    const exact = await this.vectors.vectorsOf(
      this.model,
      first.map(({ id }) => id),
    );
    const refined = first.map(({ id, similarity }) => {
      const own = exact.get(id);
      return { id, similarity: own ? dot(vector, own) : similarity };
    });
    return [...refined.sort(byNearness), ...hits.slice(refinedHits)];
  }

  /** Reads what was written since. */
  async follow(): Promise<void> {
    if (performance.now() - this.readAt > longestGapMs) {
      this.store = new CodeStore();
      this.watermark = beginning;
    }
    for (let isLast = false; !isLast; ) {
      const part = await this.vectors.readAfter(this.model, this.watermark);
      for (const row of part.rows) this.store.put(row);
      this.watermark = part.next;
      isLast = part.isLast;
    }
    this.readAt = performance.now();
    indexedVectors.set(this.store.size);
  }
}
