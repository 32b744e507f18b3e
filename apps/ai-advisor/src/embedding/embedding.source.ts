/** Injects the {@link EmbeddingSource}. */
export const EMBEDDING_SOURCE = Symbol('embeddingSource');

/** What turns texts into vectors. */
export interface EmbeddingSource {
  /** Vectors under one name can be compared with each other, and with no others. */
  readonly name: string;
  /** How long its vectors are. */
  readonly dimensions: number;

  /**
   * One vector of length 1 for each text, in order. Texts must not be empty.
   * @throws LanguageModelError, or the signal's own reason
   */
  embed(texts: readonly string[], as: 'document' | 'query', signal?: AbortSignal): Promise<Float32Array[]>;
}
