import type { LanguageModel, Prompt, Served } from '../model/language-model.ts';
import { isNoAnswer } from '../model/no-answer.ts';
import { Sentences } from './sentences.ts';
import type { Flaw, Verifier } from './verify.rule.ts';

/** Longer than any of this prose is worth; what comes after is not read. */
const longestProse = 6_000;
const timeoutMs = 20_000;

/** What became of a model's prose. */
export interface Written {
  /** Who wrote it; null where it is not whole. */
  served: Served | null;
  said: number;
  flaws: Flaw[];
}

/** Whether what is left of it is the model's answer still. */
export function isWorthIt(written: Written): written is Written & { served: Served } {
  return written.served !== null && written.said > 0 && written.said >= written.flaws.length;
}

/** A model's prose, sentence by sentence as it comes, without those that do not hold. @throws the signal's reason once it is aborted */
export async function* verifiedProse(
  model: LanguageModel,
  prompt: Prompt,
  verifier: Verifier,
  signal: AbortSignal,
): AsyncGenerator<string, Written> {
  const written: Written = { served: null, said: 0, flaws: [] };
  try {
    for await (const sentence of sentencesOf(model, prompt, signal, written)) {
      const flaw = verifier.flawOf(sentence);
      if (flaw) written.flaws.push(flaw);
      else {
        written.said++;
        yield sentence;
      }
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!isNoAnswer(error)) throw error;
  }
  if (!isWorthIt(written)) await model.forget?.(prompt);
  return written;
}

async function* sentencesOf(
  model: LanguageModel,
  prompt: Prompt,
  signal: AbortSignal,
  written: Written,
): AsyncGenerator<string> {
  const sentences = new Sentences();
  let left = longestProse;
  const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  for await (const part of model.stream(prompt, { signal: within })) {
    if (part.kind === 'end') {
      written.served = part.served;
      yield* sentences.end();
      return;
    }
    yield* sentences.push(part.text.slice(0, left));
    left -= part.text.length;
    if (left <= 0) return;
  }
}
