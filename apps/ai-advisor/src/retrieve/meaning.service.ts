import { Inject, Injectable } from '@nestjs/common';
import type { Candidate } from '@viewora/contracts/candidate';
import { mostAmong } from '@viewora/contracts/candidate';
import type { AdvisedFilter } from '@viewora/contracts/understanding';
import { LOGGER } from '@viewora/service-kit/logger';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { EMBEDDING_SOURCE, type EmbeddingSource } from '../embedding/embedding.source.ts';
import type { WishWord } from '../rank/wish.words.ts';
import { type Hit, VECTOR_INDEX, type VectorIndex } from '../vector-index/vector.index.ts';
import { CandidateClient, type Found } from './candidate.client.ts';

/** An answer does not wait longer for what wishes mean. The local model takes a third of it to be there after a pause. */
const patienceMs = 1_000;
const keptVectors = 1_000;
/** How many are looked at first, where more match than can be compared one by one. */
const firstWindow = 200;
/** So many by their meaning are enough to choose from. */
const enough = 50;

export interface Meant {
  /** Candidates that were found by what they mean alone. */
  items: Candidate[];
  similarities: Map<string, number>;
}

const nothing: Meant = { items: [], similarities: new Map() };

/** How near listings' texts are to what somebody wishes for, whatever words either uses. */
@Injectable()
export class MeaningService {
  private readonly known = new LRUCache<string, Float32Array>({ max: keptVectors });

  constructor(
    @Inject(EMBEDDING_SOURCE) private readonly source: EmbeddingSource,
    @Inject(VECTOR_INDEX) private readonly index: VectorIndex,
    private readonly candidates: CandidateClient,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Nothing, soon, where it cannot be told: words then stand alone. */
  async find(
    { filter, wishes, words }: { filter: AdvisedFilter; wishes: readonly string[]; words: readonly WishWord[] },
    found: Promise<Found>,
    asked?: AbortSignal,
  ): Promise<Meant> {
    const patience = AbortSignal.timeout(patienceMs);
    const signal = asked ? AbortSignal.any([asked, patience]) : patience;
    const needed = new AbortController();
    const text = wishes.join(', ');
    try {
      const isRemembered = this.known.has(text);
      const vector = await this.vectorOf(text, signal);
      const among = () =>
        this.findAmongAll(vector, { filter, words, signal: AbortSignal.any([signal, needed.signal]) });
      // What takes longer to be found than a vector to be made is much: then the nearest of all are needed.
      const isMuch = !isRemembered && (await Promise.race([found, null])) === null;
      const begun = isMuch ? among() : null;
      // Where it turns out not to be needed, nobody waits for it.
      begun?.catch(() => undefined);
      const { items, total } = await found;
      if (total.relation !== 'exact') return await (begun ?? among());
      const ids = items.map(({ id }) => id);
      return { items: [], similarities: similaritiesOf(await this.index.rank(vector, ids)) };
    } catch (error) {
      asked?.throwIfAborted();
      this.logger.warn({ reason: error instanceof Error ? error.message : 'unknown' }, 'what wishes mean was left out');
      return nothing;
    } finally {
      needed.abort();
    }
  }

  /** The nearest of all that match, further and further away until there are enough. It is exact, as far as it comes in time. */
  private async findAmongAll(
    vector: Float32Array,
    { filter, words, signal }: { filter: AdvisedFilter; words: readonly WishWord[]; signal: AbortSignal },
  ): Promise<Meant> {
    const items: Candidate[] = [];
    for (let from = 0, count = firstWindow; items.length < enough && !signal.aborted; ) {
      const hits = await this.index.nearest(vector, { from, count });
      const ids = hits.map(({ id }) => id);
      if (ids.length === 0) break;
      try {
        items.push(...(await this.candidates.find(filter, words, { ids, signal })).items);
      } catch (error) {
        if (items.length === 0) throw error;
        break;
      }
      if (hits.length < count) break;
      from += count;
      count = mostAmong;
    }
    // Far from the nearest of all, an index knows their order less well.
    const ids = items.map(({ id }) => id);
    return { items, similarities: similaritiesOf(await this.index.rank(vector, ids)) };
  }

  private async vectorOf(text: string, signal: AbortSignal): Promise<Float32Array> {
    const known = this.known.get(text);
    if (known) return known;
    signal.throwIfAborted();
    const [vector] = await untilAborted(this.source.embed([text], 'query', signal), signal);
    if (!vector) throw new Error('there is no vector');
    this.known.set(text, vector);
    return vector;
  }
}

function similaritiesOf(hits: readonly Hit[]): Map<string, number> {
  return new Map(hits.map(({ id, similarity }) => [id, similarity]));
}

/** Not every source can be stopped once it computes. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}
