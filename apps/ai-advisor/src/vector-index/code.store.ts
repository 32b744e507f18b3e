import { type Quantised, quantiseFinely } from './quantise.ts';
import type { Hit } from './vector.index.ts';

/** Vectors scored before others get a turn: some five milliseconds. */
const chunkSize = 8_192;
const firstCapacity = 1_024;

/** What is known of a listing's vector; without codes, that it is gone. */
export interface Coded {
  id: string;
  scale: number;
  codes: Int8Array | null;
}

/** Quantised vectors side by side in memory, a byte for each component, to be compared from the first to the last. */
export class CodeStore {
  private readonly places = new Map<string, number>();
  private readonly ids: string[] = [];
  private dimensions = 0;
  private codes = new Int8Array(0);
  private scales = new Float32Array(0);

  get size(): number {
    return this.ids.length;
  }

  put({ id, scale, codes }: Coded): void {
    const known = this.places.get(id);
    if (!codes) {
      if (known !== undefined) this.remove(id, known);
      return;
    }
    this.dimensions ||= codes.length;
    const place = known ?? this.ids.push(id) - 1;
    this.places.set(id, place);
    if (place === this.scales.length) this.grow();
    this.codes.set(codes, place * this.dimensions);
    this.scales[place] = scale;
  }

  /**
   * The nearest `count`, the nearest first. The event loop is free in between: a listing that is moved then, because another was
   * taken out, may be missed once.
   */
  async nearest(vector: Float32Array, count: number): Promise<Hit[]> {
    const found: Hit[] = [];
    const query = quantiseFinely(vector);
    for (let from = 0; from < this.size; from += chunkSize) {
      found.push(...this.nearestIn(query, count, from, Math.min(from + chunkSize, this.size)));
      if (from + chunkSize < this.size) await new Promise((resolve) => setImmediate(resolve));
    }
    return found.sort(byNearness).slice(0, count);
  }

  /** Those of `ids` that are here, the nearest first. */
  rank(vector: Float32Array, ids: readonly string[]): Hit[] {
    const query = quantiseFinely(vector);
    const places = ids.flatMap((id) => this.places.get(id) ?? []);
    return places.map((place) => this.hit(place, this.score(query, place))).sort(byNearness);
  }

  /** In no order. Sorting bare numbers is several times faster than sorting hits. */
  private nearestIn(query: Quantised<Int32Array>, count: number, from: number, to: number): Hit[] {
    const scores = new Float64Array(to - from);
    for (let place = from; place < to; place++) scores[place - from] = this.score(query, place);
    const least = scores.length > count ? (scores.toSorted()[scores.length - count] ?? 0) : Number.NEGATIVE_INFINITY;
    const hits: Hit[] = [];
    for (const [i, score] of scores.entries()) if (score >= least) hits.push(this.hit(from + i, score));
    return hits;
  }

  /** Two sums at once keep the processor busier than one. */
  private score(query: Quantised<Int32Array>, place: number): number {
    const { codes, dimensions } = this;
    const asked = query.codes;
    const start = place * dimensions;
    let [even, odd] = [0, 0];
    for (let i = 0; i < dimensions; i += 2) {
      even = (even + Math.imul(asked[i] as number, codes[start + i] as number)) | 0;
      odd = (odd + Math.imul(asked[i + 1] as number, codes[start + i + 1] as number)) | 0;
    }
    return (even + odd) * query.scale * (this.scales[place] as number);
  }

  private hit(place: number, similarity: number): Hit {
    return { id: this.ids[place] as string, similarity };
  }

  /** The last takes its place. */
  private remove(id: string, place: number): void {
    const last = this.ids.pop() as string;
    this.places.delete(id);
    if (last === id) return;
    const from = this.ids.length * this.dimensions;
    this.codes.copyWithin(place * this.dimensions, from, from + this.dimensions);
    this.scales[place] = this.scales[this.ids.length] as number;
    this.ids[place] = last;
    this.places.set(last, place);
  }

  private grow(): void {
    const { codes, scales } = this;
    const capacity = Math.max(firstCapacity, scales.length * 2);
    this.codes = new Int8Array(capacity * this.dimensions);
    this.codes.set(codes);
    this.scales = new Float32Array(capacity);
    this.scales.set(scales);
  }
}

export function byNearness(a: Hit, b: Hit): number {
  return b.similarity - a.similarity || (a.id < b.id ? -1 : 1);
}
