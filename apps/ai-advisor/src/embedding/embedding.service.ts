import { Inject, Injectable } from '@nestjs/common';
import { mostAmong } from '@viewora/contracts/candidate';
import type { ListingDetail } from '@viewora/contracts/listing';
import { propertyApi } from '@viewora/contracts/property';
import type { PayloadOf } from '@viewora/contracts/service';
import { Bus } from '@viewora/service-kit/bus';
import { LOGGER } from '@viewora/service-kit/logger';
import type { Logger } from 'pino';
import { LanguageModelError, type LanguageModelErrorCode } from '../model/language-model.ts';
import { embeddings, embeddingsWanted } from './embedding.metrics.ts';
import { EmbeddingRepository, type Findings, type Wanted } from './embedding.repository.ts';
import { EMBEDDING_SOURCE, type EmbeddingSource } from './embedding.source.ts';
import { embeddedBy, hashOf, textOf } from './listing.text.ts';
import { SweepRepository } from './sweep.repository.ts';

/** As many as Gemini takes in one request. */
const batchSize = 100;
/** Longer than any batch takes; a replica that dies with one leaves it to the others after that. */
const leaseMs = 120_000;
const timeoutMs = 5_000;
const firstPauseMs = 1_000;
const longestPauseMs = 600_000;

/** With these it is one of the texts; with others, another try at the same may succeed. */
const ofOneText = new Set<LanguageModelErrorCode>(['invalid_request', 'blocked', 'empty', 'malformed']);

/** Keeps a vector for each published listing, made anew only where what is compared has changed. */
@Injectable()
export class EmbeddingService {
  /** What vectors are kept under. */
  readonly model: string;
  readonly dimensions: number;

  constructor(
    private readonly repository: EmbeddingRepository,
    private readonly sweeps: SweepRepository,
    @Inject(EMBEDDING_SOURCE) private readonly source: EmbeddingSource,
    private readonly bus: Bus,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.model = embeddedBy(source);
    this.dimensions = source.dimensions;
  }

  async listingsChanged({ count, ids }: PayloadOf<typeof propertyApi.listingsChanged>): Promise<void> {
    if (ids.length > 0) await this.repository.want(this.model, ids);
    else if (count > 0) await this.sweeps.want(this.model);
  }

  /** Has all listings looked through: what was missed while nobody was there is found so. */
  wantSweep(): Promise<void> {
    return this.sweeps.want(this.model);
  }

  /** Compares what there is with all listings, where that is wanted and no other replica is at it. */
  async sweep(): Promise<void> {
    const wish = await this.sweeps.claim(this.model, leaseMs);
    if (wish === null) return;
    try {
      let after: string | undefined;
      do {
        const input = { limit: mostAmong, ...(after !== undefined && { after }) };
        const { items: listings, next } = await this.bus.request(propertyApi.listingVersions, input, { timeoutMs });
        await this.sweeps.compare(this.model, { after, upTo: next, listings }, leaseMs);
        after = next ?? undefined;
      } while (after !== undefined);
      await this.sweeps.finish(this.model, wish);
      await this.repository.forget(this.model);
    } catch (error) {
      await this.sweeps.giveUp(this.model);
      throw error;
    }
  }

  /** Looks at what is due until nothing is, or the signal is aborted. */
  async refresh(signal: AbortSignal): Promise<void> {
    try {
      while (!signal.aborted) {
        const wanted = await this.repository.claim(this.model, batchSize, leaseMs);
        if (wanted.length === 0) return;
        await this.lookAt(wanted, signal);
      }
    } finally {
      embeddingsWanted.set(await this.repository.countWanted(this.model));
    }
  }

  private async lookAt(wanted: readonly Wanted[], signal: AbortSignal): Promise<void> {
    const ids = wanted.map(({ id }) => id);
    try {
      const [{ items }, hashes] = await Promise.all([
        this.bus.request(propertyApi.listingDetails, { ids }, { timeoutMs }),
        this.repository.hashesOf(this.model, ids),
      ]);
      const { findings, failed } = await this.findingsOf(items, hashes, signal);
      const published = new Set(items.map(({ id }) => id));
      findings.gone = ids.filter((id) => !published.has(id));
      const done = wanted.filter(({ id }) => !failed.includes(id));
      await this.repository.store(this.model, findings, done);
      await this.postpone(wanted.filter(({ id }) => failed.includes(id)));
      for (const outcome of ['made', 'same', 'gone'] as const) embeddings.inc({ outcome }, findings[outcome].length);
    } catch (error) {
      if (signal.aborted) return this.repository.postpone(this.model, ids, 0);
      await this.postpone(wanted);
      throw error;
    }
  }

  private async findingsOf(
    listings: readonly ListingDetail[],
    hashes: ReadonlyMap<string, string>,
    signal: AbortSignal,
  ): Promise<{ findings: Findings; failed: string[] }> {
    const findings: Findings = { made: [], same: [], gone: [] };
    const changed = listings.flatMap((listing) => {
      const text = textOf(listing);
      const hash = hashOf(text);
      const { id, version } = listing;
      if (hashes.get(id) !== hash) return { id, version, hash, text };
      findings.same.push({ id, version });
      return [];
    });
    const texts = new Map(changed.map(({ hash, text }) => [hash, text]));
    const vectors = await this.vectorsOf([...texts], signal);
    const failed: string[] = [];
    for (const { id, version, hash } of changed) {
      const vector = vectors.get(hash);
      if (vector) findings.made.push({ id, version, hash, vector });
      else failed.push(id);
    }
    return { findings, failed };
  }

  /** The same text is asked for once. Where a text cannot have a vector, it alone has none. */
  private async vectorsOf(
    texts: readonly (readonly [hash: string, text: string])[],
    signal: AbortSignal,
  ): Promise<Map<string, Float32Array>> {
    if (texts.length === 0) return new Map();
    try {
      const vectors = await this.source.embed(
        texts.map(([, text]) => text),
        'document',
        signal,
      );
      return new Map(texts.flatMap(([hash], i) => (vectors[i] ? [[hash, vectors[i]] as const] : [])));
    } catch (error) {
      if (!(error instanceof LanguageModelError && ofOneText.has(error.code))) throw error;
      if (texts.length === 1) return new Map();
      const middle = Math.ceil(texts.length / 2);
      const halves = [
        await this.vectorsOf(texts.slice(0, middle), signal),
        await this.vectorsOf(texts.slice(middle), signal),
      ];
      return new Map(halves.flatMap((half) => [...half]));
    }
  }

  /** Twice as long each time. */
  private async postpone(wanted: readonly Wanted[]): Promise<void> {
    if (wanted.length === 0) return;
    embeddings.inc({ outcome: 'failed' }, wanted.length);
    const tries = Math.max(...wanted.map((each) => each.tries));
    const afterMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (tries - 1));
    const ids = wanted.map(({ id }) => id);
    this.logger.warn({ listings: ids.length, afterMs }, 'vectors could not be made, and are tried again');
    await this.repository.postpone(this.model, ids, afterMs);
  }
}
