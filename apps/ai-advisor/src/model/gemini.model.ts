import {
  type GenerateContentRequest,
  type GenerationConfig,
  type GenerativeModel,
  GoogleGenerativeAI,
  GoogleGenerativeAIFetchError,
  HarmBlockThreshold,
  HarmCategory,
  TaskType,
} from '@google/generative-ai';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { GeminiEnv } from '../env.ts';
import { type Attempt, CallPolicy } from './call.policy.ts';
import { checkEnd, errorOfStatus, readReply, type Said } from './gemini.reply.ts';
import { geminiSchemaOf } from './gemini.schema.ts';
import {
  type CallOptions,
  type Embeddings,
  type Generated,
  type LanguageModel,
  LanguageModelError,
  type LanguageModelErrorCode,
  type Prompt,
  type Served,
  type StreamPart,
  type Structured,
  type Tool,
  type ToolCall,
} from './language-model.ts';
import { modelSeconds, modelTokens } from './model.metrics.ts';

/** The most that one request may hold. */
const embeddingBatchSize = 100;

const harms = [
  HarmCategory.HARM_CATEGORY_HARASSMENT,
  HarmCategory.HARM_CATEGORY_HATE_SPEECH,
  HarmCategory.HARM_CATEGORY_SEXUALLY_EXPLICIT,
  HarmCategory.HARM_CATEGORY_DANGEROUS_CONTENT,
];

/** Gemini; null where there is no key for it. */
export function openGemini(env: GeminiEnv, logger: Logger): LanguageModel | null {
  const { GOOGLE_API_KEY: key } = env;
  const model = key === undefined ? null : new GeminiModel(key, env, logger);
  logger.info({ model: model && env.GEMINI_MODEL }, model ? 'has a language model' : 'has no language model');
  return model;
}

/** The one place that knows `@google/generative-ai`: its key goes in a header, and none of its errors leaves this file. */
class GeminiModel implements LanguageModel {
  private readonly chat: GenerativeModel;
  private readonly chatCalls: CallPolicy;
  private readonly embedder: GenerativeModel;
  private readonly embedderCalls: CallPolicy;

  constructor(
    key: string,
    private readonly env: GeminiEnv,
    private readonly logger: Logger,
  ) {
    const gemini = new GoogleGenerativeAI(key);
    const options = { baseUrl: env.GEMINI_BASE_URL };
    const threshold = HarmBlockThreshold[env.GEMINI_SAFETY_THRESHOLD];
    const safetySettings = harms.map((category) => ({ category, threshold }));
    this.chat = gemini.getGenerativeModel({ model: env.GEMINI_MODEL, safetySettings }, options);
    this.chatCalls = new CallPolicy(env, logger.child({ model: env.GEMINI_MODEL }));
    this.embedder = gemini.getGenerativeModel({ model: env.GEMINI_EMBEDDING_MODEL }, options);
    this.embedderCalls = new CallPolicy(env, logger.child({ model: env.GEMINI_EMBEDDING_MODEL }));
  }

  generate<const T extends Tool>(
    prompt: Prompt,
    tools: readonly T[],
    options: CallOptions = {},
  ): Promise<Generated<T>> {
    const functionDeclarations = tools.map(({ name, description, parameters }) => ({
      name,
      description,
      parametersJsonSchema: geminiSchemaOf(parameters),
    }));
    const request = { ...this.requestOf(prompt), tools: [{ functionDeclarations }] };
    return this.observed('generate', options, async () => {
      const { text, calls, served } = await this.ask(request, options);
      return { text, toolCalls: calls.map((call) => toolCallOf(call, tools)), served };
    });
  }

  generateStructured<S extends z.ZodType>(
    prompt: Prompt,
    schema: S,
    options: CallOptions = {},
  ): Promise<Structured<S>> {
    const asJson = { responseMimeType: 'application/json', responseJsonSchema: geminiSchemaOf(schema) };
    const request = this.requestOf(prompt, asJson);
    return this.observed('generateStructured', options, async () => {
      const { text, served } = await this.ask(request, options);
      return { value: parse(schema, parseJson(text)), served };
    });
  }

  async *stream(prompt: Prompt, options: CallOptions = {}): AsyncGenerator<StreamPart> {
    const startedMs = performance.now();
    // Unless it says otherwise below, whoever reads has stopped.
    let outcome = 'aborted';
    let attempt: Attempt | undefined;
    try {
      const opened = await this.chatCalls.run((each) => this.openStream(this.requestOf(prompt), each), options);
      attempt = opened.attempt;
      let hasText = false;
      let finishReason: string | undefined;
      let served: Partial<Served> = {};
      for (let { said } = opened; said !== undefined; said = await attempt.wait(nextOf(opened.events, 'incomplete'))) {
        finishReason = said.finishReason ?? finishReason;
        served = { ...served, ...said.served };
        // What comes with a refusal is what was refused.
        if (finishReason !== undefined && finishReason !== 'STOP') break;
        hasText ||= said.text !== '';
        if (said.text !== '') yield { kind: 'text', text: said.text };
      }
      const end = this.account(served);
      checkEnd(finishReason, hasText);
      outcome = 'ok';
      yield { kind: 'end', served: end };
    } catch (error) {
      outcome = this.failed('stream', error, options);
      throw error;
    } finally {
      attempt?.end();
      modelSeconds.observe({ operation: 'stream', outcome }, secondsSince(startedMs));
    }
  }

  async embed(texts: readonly string[], as: 'document' | 'query', options: CallOptions = {}): Promise<Embeddings> {
    const vectors: Float32Array[] = [];
    for (let at = 0; at < texts.length; at += embeddingBatchSize) {
      const batch = texts.slice(at, at + embeddingBatchSize);
      vectors.push(...(await this.observed('embed', options, () => this.embedBatch(batch, as, options))));
    }
    return { model: this.env.GEMINI_EMBEDDING_MODEL, vectors };
  }

  isReady(): Promise<boolean> {
    return Promise.resolve(!this.chatCalls.isRefusing);
  }

  count(prompt: Prompt, options: CallOptions = {}): Promise<number> {
    const request = { generateContentRequest: this.requestOf(prompt) };
    return this.observed('count', options, async () => {
      const counted = await this.chatCalls.run(
        (attempt) => typed(this.chat.countTokens(request, { signal: attempt.signal })),
        options,
      );
      return parse(Counted, counted).totalTokens;
    });
  }

  private requestOf({ instructions, turns }: Prompt, form: GenerationConfig = {}): GenerateContentRequest {
    return {
      systemInstruction: { role: 'system', parts: [{ text: instructions }] },
      contents: turns.map(({ from, text }) => ({ role: from, parts: [{ text }] })),
      generationConfig: { maxOutputTokens: this.env.GEMINI_MAX_OUTPUT_TOKENS, ...form },
    };
  }

  /** A whole answer. */
  private async ask(request: GenerateContentRequest, options: CallOptions): Promise<Said & { served: Served }> {
    const said = await this.chatCalls.run(async (attempt) => {
      const { response } = await typed(this.chat.generateContent(request, { signal: attempt.signal }));
      return readReply(response);
    }, options);
    const served = this.account(said.served);
    checkEnd(said.finishReason, said.text !== '' || said.calls.length > 0);
    return { ...said, served };
  }

  /** A stream that has begun: until then another try costs nobody anything. */
  private async openStream(request: GenerateContentRequest, attempt: Attempt) {
    const { stream, response } = await typed(this.chat.generateContentStream(request, { signal: attempt.signal }));
    // The library reads the answer a second time; nobody would hear of what goes wrong there.
    response.catch(() => undefined);
    const events = stream[Symbol.asyncIterator]();
    return { attempt, events, said: await nextOf(events, 'unavailable') };
  }

  private async embedBatch(
    texts: readonly string[],
    as: 'document' | 'query',
    options: CallOptions,
  ): Promise<Float32Array[]> {
    const requests = texts.map((text) => ({
      content: { role: 'user', parts: [{ text }] },
      taskType: as === 'query' ? TaskType.RETRIEVAL_QUERY : TaskType.RETRIEVAL_DOCUMENT,
      outputDimensionality: this.env.GEMINI_EMBEDDING_DIMENSIONS,
    }));
    const reply = await this.embedderCalls.run(
      (attempt) => typed(this.embedder.batchEmbedContents({ requests }, { signal: attempt.signal })),
      options,
    );
    const vector = z.array(z.number()).length(this.env.GEMINI_EMBEDDING_DIMENSIONS);
    const { embeddings } = parse(
      z.object({ embeddings: z.array(z.object({ values: vector })).length(texts.length) }),
      reply,
    );
    return embeddings.map(({ values }) => unitVectorOf(values));
  }

  private async observed<T>(operation: string, options: CallOptions, work: () => Promise<T>): Promise<T> {
    const startedMs = performance.now();
    let outcome = 'ok';
    try {
      return await work();
    } catch (error) {
      outcome = this.failed(operation, error, options);
      throw error;
    } finally {
      modelSeconds.observe({ operation, outcome }, secondsSince(startedMs));
    }
  }

  /** Logs why there is no answer, unless nobody wants one any more; gives the outcome for the metrics. */
  private failed(operation: string, error: unknown, { signal }: CallOptions): string {
    if (!(error instanceof LanguageModelError)) return signal?.aborted ? 'aborted' : 'internal';
    this.logger.warn({ operation, code: error.code, reason: error.message }, 'model gave no answer');
    return error.code;
  }

  /** Tells what an answer cost, whatever it is worth, and which version gave it. */
  private account(said: Partial<Served>): Served {
    const served = { model: this.env.GEMINI_MODEL, inputTokens: 0, outputTokens: 0, ...said };
    modelTokens.inc({ kind: 'input' }, served.inputTokens);
    modelTokens.inc({ kind: 'output' }, served.outputTokens);
    this.logger.info({ served }, 'model answered');
    return served;
  }
}

const Counted = z.object({ totalTokens: z.number() });

async function nextOf(events: AsyncIterator<unknown>, broken: 'unavailable' | 'incomplete'): Promise<Said | undefined> {
  const { value, done } = await typed(events.next(), broken);
  return done ? undefined : readReply(value);
}

/** The library's errors quote addresses, prompts and answers: nothing is taken over but the status. */
async function typed<T>(request: Promise<T>, otherwise: LanguageModelErrorCode = 'unavailable'): Promise<T> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof GoogleGenerativeAIFetchError && error.status !== undefined) {
      throw errorOfStatus(error.status, error.errorDetails);
    }
    throw new LanguageModelError(otherwise, 'the connection to Gemini failed or broke off');
  }
}

function toolCallOf<T extends Tool>({ name, args = {} }: Said['calls'][number], tools: readonly T[]): ToolCall<T> {
  const tool = tools.find((each) => each.name === name);
  if (!tool) throw new LanguageModelError('malformed', 'the model called a tool that there is not');
  return { name, arguments: parse(tool.parameters, args) } as ToolCall<T>;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new LanguageModelError('malformed', 'the answer is not JSON');
  }
}

function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new LanguageModelError('malformed', 'the answer does not fit its schema');
}

/** Gemini shortens its vectors without stretching them again. */
function unitVectorOf(values: readonly number[]): Float32Array {
  const length = Math.hypot(...values);
  if (!(length > 0)) throw new LanguageModelError('malformed', 'the vector has no direction');
  return Float32Array.from(values, (value) => value / length);
}

function secondsSince(startedMs: number): number {
  return (performance.now() - startedMs) / 1_000;
}
