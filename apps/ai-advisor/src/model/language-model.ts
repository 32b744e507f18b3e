import type { z } from 'zod';

/** Injects the {@link LanguageModel}, or null where no key is set: then the advisor answers by rules alone. */
export const LANGUAGE_MODEL = Symbol('languageModel');

/**
 * What the advisor asks of a language model, in no vendor's terms. Every method rejects with a {@link LanguageModelError},
 * or with the signal's own reason once that is aborted, which also ends the request upstream. A request that may be
 * repeated has been, within its deadline: who gets an error goes on without the model.
 */
export interface LanguageModel {
  /** An answer in words, in calls of the tools, or both; arguments fit the tool's schema. */
  generate<const T extends Tool>(prompt: Prompt, tools: readonly T[], options?: CallOptions): Promise<Generated<T>>;

  /** An answer that fits the schema. There are no tools here: Gemini refuses a call that has both. */
  generateStructured<S extends z.ZodType>(prompt: Prompt, schema: S, options?: CallOptions): Promise<Structured<S>>;

  /**
   * An answer as it is written. It is whole if and only if `end` has come, which is last; what else ends it is an error,
   * `incomplete` where it broke off. To stop reading ends the request upstream.
   */
  stream(prompt: Prompt, options?: CallOptions): AsyncIterable<StreamPart>;

  /** One vector of length 1 for each text, in order; a question finds documents by the dot product. Texts must not be empty. */
  embed(texts: readonly string[], as: 'document' | 'query', options?: CallOptions): Promise<Embeddings>;

  /** Whether it would be asked just now: it is not left alone, and the budget has something left. What is asked may still fail. */
  isReady(): Promise<boolean>;

  /** How many tokens the prompt is. */
  count(prompt: Prompt, options?: CallOptions): Promise<number>;
  /** Where answers are kept to be given again: that to the stream of this prompt was of no use. */
  forget?(prompt: Prompt): Promise<void>;
}

export interface Prompt {
  /** What the model is to do, in our words; nothing of a visitor's or a listing's. */
  instructions: string;
  /** What it is to do it with, oldest first, a user's last. None is empty. */
  turns: readonly Turn[];
}

export interface Turn {
  from: 'user' | 'model';
  text: string;
}

export interface CallOptions {
  signal?: AbortSignal | undefined;
  /** Asked before each request upstream, of which a call may make several; where it rejects, there is none, and the call rejects so. */
  admit?: Admit | undefined;
}

/** Lets a request begin; what it gives is told why there is no answer to it, where there is none. */
export type Admit = () => Promise<(reason: unknown) => Promise<void>>;

export interface Tool<Name extends string = string, S extends z.ZodType = z.ZodType> {
  /** Letters, digits and underscores, at most 64. */
  name: Name;
  description: string;
  /** An object. */
  parameters: S;
}

/** A call of any of the tools, told apart by its name. */
export type ToolCall<T extends Tool> =
  T extends Tool<infer Name, infer S> ? { name: Name; arguments: z.output<S> } : never;

export interface Generated<T extends Tool> {
  /** Empty where there are only calls. */
  text: string;
  toolCalls: ToolCall<T>[];
  served: Served;
}

export interface Structured<S extends z.ZodType> {
  value: z.output<S>;
  served: Served;
}

export type StreamPart = { kind: 'text'; text: string } | { kind: 'end'; served: Served };

/** Who answered, and what for. */
export interface Served {
  /** The version behind the configured name. */
  model: string;
  inputTokens: number;
  /** Of the answer, and of what was thought on the way. */
  outputTokens: number;
}

export interface Embeddings {
  /** The configured name; vectors of different ones have nothing to do with each other. */
  model: string;
  vectors: Float32Array[];
}

export type LanguageModelErrorCode =
  /** The prompt or the answer was held back: safety, recitation, a forbidden word. */
  | 'blocked'
  /** There was nothing in the answer. */
  | 'empty'
  /** The answer broke off: the connection did, or the model ran out of tokens. */
  | 'incomplete'
  /** The answer is not what was asked for: no JSON, not by the schema, a tool that there is not. */
  | 'malformed'
  /** Too much was asked for lately. */
  | 'rate_limited'
  /** It could not be reached, or said that it cannot answer now; also while the circuit is open. */
  | 'unavailable'
  /** It was silent for too long, or the call took too long altogether. */
  | 'timed_out'
  /** The request is wrong, and would be wrong again. */
  | 'invalid_request'
  /** There is no model of the configured name, or not for this: no request to it is right. */
  | 'unknown_model'
  /** The key is wrong, or may not do this. */
  | 'unauthorized'
  /** It was not asked: what it may cost today is used up. Rules answer then. */
  | 'exhausted';

/** Why there is no answer. The message is ours: nothing of the prompt, of the answer or of the key is in it, nor a cause. */
export class LanguageModelError extends Error {
  override readonly name = 'LanguageModelError';

  constructor(
    readonly code: LanguageModelErrorCode,
    message: string,
    /** For `rate_limited` and `unavailable`, where it is known: milliseconds until another request is worth it. */
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }
}
