import type { GeminiEnv } from '../env.ts';
import { masked } from '../guard/privacy.rule.ts';
import type { LanguageModel } from '../model/language-model.ts';
import type { EmbeddingSource } from './embedding.source.ts';

/** Gemini's vectors, a hundred a request; what tells who somebody is does not leave for it. */
export class GeminiEmbedding implements EmbeddingSource {
  readonly name: string;
  readonly dimensions: number;

  constructor(
    private readonly model: LanguageModel,
    { GEMINI_EMBEDDING_MODEL, GEMINI_EMBEDDING_DIMENSIONS }: GeminiEnv,
  ) {
    this.dimensions = GEMINI_EMBEDDING_DIMENSIONS;
    this.name = GEMINI_EMBEDDING_MODEL;
  }

  async embed(texts: readonly string[], as: 'document' | 'query', signal?: AbortSignal): Promise<Float32Array[]> {
    const { vectors } = await this.model.embed(texts.map(masked), as, { signal });
    return vectors;
  }
}
