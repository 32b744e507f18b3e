import { type FakeGemini, startFakeGemini } from '@viewora/testkit/gemini';
import { pino } from 'pino';
import { z } from 'zod';
import { geminiEnv } from '../src/env.ts';
import { openGemini } from '../src/model/gemini.model.ts';
import { LanguageModelError, type Prompt, type StreamPart } from '../src/model/language-model.ts';

export const prompt: Prompt = {
  instructions: 'You help people to find homes.',
  turns: [{ from: 'user', text: 'Which of them has a garden?' }],
};

/** Waits that a test can wait for. */
const quick = { GEMINI_STALL_TIMEOUT_MS: '10000', GEMINI_DEADLINE_MS: '30000', GEMINI_RETRY_MS: '10' };

/** The adapter on its way to a Gemini; null without a key. What it logs is kept. */
export function open(gemini: FakeGemini | null, variables: Record<string, string> = {}) {
  const logged: string[] = [];
  const logger = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  const env = z.object(geminiEnv).parse({ ...quick, ...gemini?.environment, ...variables });
  return { model: openGemini(env, logger), logged };
}

let running: FakeGemini[] = [];

/** For one test; {@link stopAll} ends it. */
export async function start(): Promise<FakeGemini> {
  const gemini = await startFakeGemini();
  running.push(gemini);
  return gemini;
}

export async function stopAll(): Promise<void> {
  await Promise.all(running.map((gemini) => gemini.stop()));
  running = [];
}

export async function startModel(variables: Record<string, string> = {}) {
  const gemini = await start();
  const { model, logged } = open(gemini, variables);
  if (!model) throw new Error('There is a key, and no model');
  return { gemini, model, logged };
}

/** Why a call had no answer. */
export async function errorOf(call: Promise<unknown>): Promise<LanguageModelError> {
  const error = await call.then(
    (answer) => answer,
    (reason: unknown) => reason,
  );
  if (error instanceof LanguageModelError) return error;
  throw new Error('This is not an error of the port', { cause: error });
}

/** A stream read to its end: its parts, and what went wrong after them. */
export async function read(stream: AsyncIterable<StreamPart>): Promise<{ parts: StreamPart[]; error: unknown }> {
  const parts: StreamPart[] = [];
  try {
    for await (const part of stream) parts.push(part);
    return { parts, error: null };
  } catch (error) {
    return { parts, error };
  }
}
