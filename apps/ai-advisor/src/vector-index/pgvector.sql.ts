import { createHash } from 'node:crypto';

/** Vectors that can be compared with each other, and how long they are. */
export interface ModelVectors {
  model: string;
  dimensions: number;
}

/** Each model has an index of its own. */
export function indexNameOf(model: string): string {
  return `embedding_hnsw_${createHash('sha256').update(model).digest('hex').slice(0, 16)}`;
}

/** In these words in the index and in what uses it: a parameter would keep it from being used. Models are named by us. */
export function isOfModel(model: string): string {
  return `model = '${model.replaceAll("'", "''")}' AND content_hash IS NOT NULL`;
}

/** Half of a float's digits are enough to find them, take half the memory, and reach up to 4,000 dimensions. */
export function halvesOf(dimensions: number): string {
  return `vector::halfvec(${dimensions})`;
}

/** Has a row where the index of this name, `$1`, is there; one whose building broke off is of no use. */
export const validIndexSql = 'SELECT FROM pg_index WHERE indexrelid = to_regclass($1) AND indisvalid';
