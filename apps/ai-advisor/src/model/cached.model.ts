import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { Flight, type Work } from './flight.ts';
import { geminiSchemaOf } from './gemini.schema.ts';
import {
  type CallOptions,
  type Embeddings,
  type Generated,
  type LanguageModel,
  LanguageModelError,
  type Prompt,
  type Served,
  type StreamPart,
  type Structured,
  type Tool,
} from './language-model.ts';
import { modelCache } from './model.metrics.ts';

export interface ModelCacheOptions {
  /** The configured name. */
  model: string;
  /** How long an answer may be given again; 0 for never. */
  seconds: number;
}

/** What comes of a call: its text goes ahead where it is streamed. */
interface Outcome {
  value: unknown;
  served: Served;
}

type Text = Extract<StreamPart, { kind: 'text' }>;

/** An answer as it is kept. */
const Kept = z.object({ texts: z.array(z.string()), value: z.unknown(), model: z.string() });

/**
 * A language model that is asked the same only once in a while. The same is: the same model, the same instructions to the letter,
 * and the same turns, in which the filter and the listings are as they are now; so one that has changed is another question.
 * Who asks the same at the same time, at this replica, waits for the same answer. What is given again has used no tokens.
 * While Redis is away nothing is kept.
 */
export class CachedModel implements LanguageModel {
  private readonly flights = new Map<string, Flight<Text, Outcome>>();

  constructor(
    private readonly model: LanguageModel,
    private readonly redis: Redis,
    private readonly options: ModelCacheOptions,
  ) {}

  generate<const T extends Tool>(
    prompt: Prompt,
    tools: readonly T[],
    { signal }: CallOptions = {},
  ): Promise<Generated<T>> {
    const described = tools.map(({ name, description, parameters }) => [name, description, geminiSchemaOf(parameters)]);
    return this.once(['generate', prompt, described], signal, (signal) =>
      this.model.generate(prompt, tools, { signal }),
    );
  }

  generateStructured<S extends z.ZodType>(
    prompt: Prompt,
    schema: S,
    { signal }: CallOptions = {},
  ): Promise<Structured<S>> {
    const question = ['generateStructured', prompt, geminiSchemaOf(schema)];
    return this.once(question, signal, (signal) => this.model.generateStructured(prompt, schema, { signal }));
  }

  /** What is kept is given in any case. */
  isReady(): Promise<boolean> {
    return this.model.isReady();
  }

  async *stream(prompt: Prompt, { signal }: CallOptions = {}): AsyncGenerator<StreamPart> {
    const { served } = yield* this.follow(['stream', prompt], signal, async (say, signal) => {
      for await (const part of this.model.stream(prompt, { signal })) {
        if (part.kind === 'end') return { value: null, served: part.served };
        say(part);
      }
      throw new LanguageModelError('incomplete', 'the answer has no end');
    });
    yield { kind: 'end', served };
  }

  /** Vectors of listings are kept in the database, and questions are hardly ever the same. */
  embed(texts: readonly string[], as: 'document' | 'query', options?: CallOptions): Promise<Embeddings> {
    return this.model.embed(texts, as, options);
  }

  count(prompt: Prompt, options?: CallOptions): Promise<number> {
    return this.model.count(prompt, options);
  }

  async forget(prompt: Prompt): Promise<void> {
    await this.redis.del(this.keyOf(['stream', prompt])).catch(() => undefined);
  }

  private async once<T extends { served: Served }>(
    question: unknown,
    signal: AbortSignal | undefined,
    call: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const whole = this.follow(question, signal, async (_say, signal) => {
      const { served, ...value } = await call(signal);
      return { value, served };
    });
    const { value, served } = (await whole.next()).value as Outcome;
    return { ...(value as T), served };
  }

  /** An answer that is kept, or under way, or else the one that `work` gives. */
  private async *follow(
    question: unknown,
    signal: AbortSignal | undefined,
    work: Work<Text, Outcome>,
  ): AsyncGenerator<Text, Outcome> {
    signal?.throwIfAborted();
    const key = this.keyOf(question);
    const kept = await this.find(key);
    if (kept) {
      modelCache.inc({ outcome: 'kept' });
      for (const text of kept.texts) yield { kind: 'text', text };
      return { value: kept.value, served: unused(kept.model) };
    }
    const running = this.flights.get(key);
    if (running) {
      modelCache.inc({ outcome: 'joined' });
      try {
        const { value, served } = yield* running.follow(signal);
        return { value, served: unused(served.model) };
      } catch (error) {
        // Somebody else's budget is used up, not ours.
        if (!(error instanceof LanguageModelError && error.code === 'exhausted')) throw error;
      }
    }
    modelCache.inc({ outcome: 'asked' });
    return yield* this.begin(key, work).follow(signal);
  }

  private begin(key: string, work: Work<Text, Outcome>): Flight<Text, Outcome> {
    const forget = () => {
      if (this.flights.get(key) === flight) this.flights.delete(key);
    };
    const flight = new Flight<Text, Outcome>(async (say, signal) => {
      const texts: string[] = [];
      const outcome = await work((part) => {
        texts.push(part.text);
        say(part);
      }, signal);
      // Before it is forgotten here, so that in between nobody asks again.
      await this.keep(key, { texts, value: outcome.value, model: outcome.served.model });
      return outcome;
    }, forget);
    this.flights.set(key, flight);
    return flight;
  }

  private async find(key: string): Promise<z.infer<typeof Kept> | null> {
    if (this.options.seconds === 0) return null;
    const text = await this.redis.get(key).catch(() => null);
    return text === null ? null : (Kept.safeParse(JSON.parse(text)).data ?? null);
  }

  private async keep(key: string, kept: z.infer<typeof Kept>): Promise<void> {
    if (this.options.seconds === 0) return;
    await this.redis.set(key, JSON.stringify(kept), 'EX', this.options.seconds).catch(() => undefined);
  }

  private keyOf(question: unknown): string {
    const asked = JSON.stringify([this.options.model, question]);
    return `advisor:answer:${createHash('sha256').update(asked).digest('base64url')}`;
  }
}

function unused(model: string): Served {
  return { model, inputTokens: 0, outputTokens: 0 };
}
