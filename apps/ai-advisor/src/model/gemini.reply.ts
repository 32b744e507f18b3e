import { z } from 'zod';
import { LanguageModelError, type LanguageModelErrorCode, type Served } from './language-model.ts';

const ErrorDetail = z.object({ reason: z.string().optional(), retryDelay: z.string().optional() });
const Details = z.array(ErrorDetail).catch([]);

const Part = z.object({
  text: z.string().optional(),
  functionCall: z.object({ name: z.string(), args: z.unknown().optional() }).optional(),
});

/** As much of `GenerateContentResponse` as is read, be it a whole answer or an event of a stream. */
const Reply = z.object({
  candidates: z
    .array(
      z.object({
        content: z.object({ parts: z.array(Part).optional() }).optional(),
        finishReason: z.string().optional(),
      }),
    )
    .optional(),
  promptFeedback: z.object({ blockReason: z.string().optional() }).optional(),
  usageMetadata: z
    .object({
      promptTokenCount: z.number().default(0),
      candidatesTokenCount: z.number().default(0),
      thoughtsTokenCount: z.number().default(0),
    })
    .optional(),
  modelVersion: z.string().optional(),
  error: z.object({ code: z.number(), details: Details.optional() }).optional(),
});

/** What is missing in an event may be in a later one. */
export interface Said {
  text: string;
  calls: { name: string; args?: unknown }[];
  finishReason: string | undefined;
  served: Partial<Served>;
}

/** What a reply says. @throws LanguageModelError `blocked`, `malformed`, or what an error in it stands for */
export function readReply(reply: unknown): Said {
  const parsed = Reply.safeParse(reply);
  if (!parsed.success) throw new LanguageModelError('malformed', 'Gemini replied in another form than it has');
  const { candidates: [candidate] = [], promptFeedback, usageMetadata, modelVersion, error } = parsed.data;
  if (error) throw errorOfStatus(error.code, error.details);
  if (promptFeedback?.blockReason) throw endError('blocked', 'the prompt', promptFeedback.blockReason);
  const parts = candidate?.content?.parts ?? [];
  return {
    text: parts.map(({ text }) => text ?? '').join(''),
    calls: parts.flatMap(({ functionCall }) => functionCall ?? []),
    finishReason: candidate?.finishReason,
    served: {
      ...(modelVersion !== undefined && { model: modelVersion }),
      ...(usageMetadata && {
        inputTokens: usageMetadata.promptTokenCount,
        outputTokens: usageMetadata.candidatesTokenCount + usageMetadata.thoughtsTokenCount,
      }),
    },
  };
}

/** Reasons to end other than `STOP`. */
const finishCodes: Record<string, LanguageModelErrorCode> = {
  SAFETY: 'blocked',
  RECITATION: 'blocked',
  LANGUAGE: 'blocked',
  BLOCKLIST: 'blocked',
  PROHIBITED_CONTENT: 'blocked',
  SPII: 'blocked',
  MALFORMED_FUNCTION_CALL: 'malformed',
  UNEXPECTED_TOOL_CALL: 'malformed',
};

/** Whether what was said is a whole answer. @throws LanguageModelError `blocked`, `malformed`, `incomplete`, `empty` */
export function checkEnd(finishReason: string | undefined, hasSaidSomething: boolean): void {
  if (finishReason === undefined && hasSaidSomething) {
    throw new LanguageModelError('incomplete', 'the answer broke off without a reason');
  }
  if (finishReason !== undefined && finishReason !== 'STOP') {
    throw endError(finishCodes[finishReason] ?? 'incomplete', 'the answer', finishReason);
  }
  if (!hasSaidSomething) throw new LanguageModelError('empty', 'there was nothing in the answer');
}

function endError(code: LanguageModelErrorCode, what: string, reason: string): LanguageModelError {
  return new LanguageModelError(code, `Gemini ended ${what}: ${reason}`);
}

/**
 * What a status stands for. Gemini says in `google.rpc.RetryInfo` when to come back, and calls a wrong key an invalid
 * argument (https://ai.google.dev/gemini-api/docs/troubleshooting).
 */
export function errorOfStatus(status: number, details: unknown): LanguageModelError {
  const known = Details.parse(details ?? []);
  const isKeyWrong = known.some(({ reason }) => reason === 'API_KEY_INVALID');
  const retryAfterMs = known.map(({ retryDelay }) => millisecondsOf(retryDelay)).find((ms) => ms !== undefined);
  return new LanguageModelError(codeOf(status, isKeyWrong), `Gemini answered with status ${status}`, retryAfterMs);
}

function codeOf(status: number, isKeyWrong: boolean): LanguageModelErrorCode {
  if (isKeyWrong || status === 401 || status === 403) return 'unauthorized';
  if (status === 404) return 'unknown_model';
  if (status === 429) return 'rate_limited';
  return status === 408 || status >= 500 ? 'unavailable' : 'invalid_request';
}

/** Of a duration as protobuf writes it, "1.5s". */
function millisecondsOf(duration: string | undefined): number | undefined {
  const [, seconds] = /^(\d+(?:\.\d+)?)s$/.exec(duration ?? '') ?? [];
  return seconds === undefined ? undefined : Math.ceil(Number(seconds) * 1_000);
}
