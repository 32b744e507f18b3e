/** Injects the {@link VectorIndex}. */
export const VECTOR_INDEX = Symbol('vectorIndex');

export interface Hit {
  id: string;
  /** The cosine of the angle between the two, 1 for the same direction. */
  similarity: number;
}

/** Finds the listings whose vectors are nearest to one. What was taken off the market is in no answer a few seconds later. */
export interface VectorIndex {
  /** The nearest of all from `from` on, in about their order: choose from more than are needed, by `rank`. */
  nearest(vector: Float32Array, window: { from: number; count: number }): Promise<Hit[]>;

  /** Those of `ids` that have a vector, the nearest first; of equals, the lower id. The first hundred are in exact order. */
  rank(vector: Float32Array, ids: readonly string[]): Promise<Hit[]>;
}
