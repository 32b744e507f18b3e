import type { Actor } from '@viewora/contracts/call';
import { runInCall } from '@viewora/service-kit/current-call';
import type { FakeGemini } from '@viewora/testkit/gemini';
import { until } from '@viewora/testkit/wait';
import { pino } from 'pino';
import { z } from 'zod';
import { Budget } from '../src/budget/budget.ts';
import { BudgetedModel } from '../src/budget/budgeted.model.ts';
import { type BudgetEnv, budgetEnv, type GeminiEnv, geminiEnv } from '../src/env.ts';
import { openGemini } from '../src/model/gemini.model.ts';
import type { LanguageModelError } from '../src/model/language-model.ts';
import { errorOf, prompt, read, start, stopAll } from './gemini.ts';
import { useRedis } from './redis.ts';

const { connect, disconnect } = useRedis();
let gemini: FakeGemini;
const logger = pino({ level: 'silent' });
const search = { name: 'search', description: 'Finds homes', parameters: z.object({ beds: z.number() }) };

beforeEach(async () => {
  gemini = await start();
});
afterEach(stopAll);

/** One replica's model. */
async function open(limits: Partial<Record<keyof BudgetEnv | keyof GeminiEnv, number>>) {
  const variables = { GEMINI_MAX_OUTPUT_TOKENS: 100, GEMINI_RETRIES: 0, GEMINI_CIRCUIT_FAILURES: 1_000, ...limits };
  const env = z.object({ ...geminiEnv, ...budgetEnv }).parse({ ...gemini.environment, ...variables });
  const inner = openGemini(env, logger);
  if (!inner) throw new Error('There is a key, and no model');
  return new BudgetedModel(inner, new Budget(await connect(), env), env, logger);
}

const user = (n: number): Actor => ({
  kind: 'user',
  userId: `01920000-0000-7000-8000-${String(n).padStart(12, '0')}`,
  role: 'buyer',
});
const visitor: Actor = { kind: 'anonymous', visitorId: crypto.randomUUID() };
const as = <T>(actor: Actor, work: () => T): T => runInCall({ actor, requestId: 'test' }, work);

/** What is written down of a day, of all or of one who asks. */
async function spent(payer = ''): Promise<Record<string, number>> {
  const redis = await connect();
  const day = `{advisor-budget}:${new Date().toISOString().slice(0, 10)}`;
  const written = await redis.hgetall(payer === '' ? day : `${day}:${payer}`);
  return Object.fromEntries(Object.entries(written).map(([name, value]) => [name, Number(value)]));
}

async function outcomes(calls: Promise<unknown>[]): Promise<{ answered: number; codes: Set<unknown> }> {
  const settled = await Promise.allSettled(calls);
  const refused = settled.filter((one) => one.status === 'rejected').map(({ reason }) => reason as LanguageModelError);
  return { answered: settled.length - refused.length, codes: new Set(refused.map(({ code }) => code)) };
}

/** Tokens of an answer to `prompt`, and the most that it could have: bytes, frames, and the longest answer. */
const answerTokens = async () => {
  const model = await open({});
  const { served } = await as(user(0), () => model.generate(prompt, [search]));
  return served.inputTokens + served.outputTokens;
};

test('a hundred questions at once, at three replicas, cost no more than the budget, and what they cost is known', async () => {
  const tokens = await answerTokens();
  await (await connect()).flushall();
  const limit = 2_000;
  const replicas: BudgetedModel[] = [];
  for (let n = 0; n < 3; n += 1) replicas.push(await open({ BUDGET_PAYER_TOKENS: limit }));
  const ask = (n: number) => as(user(1), () => replicas[n % 3]?.generate(prompt, [search]) ?? Promise.reject());
  const before = gemini.requests.length;
  const { answered, codes } = await outcomes(Array.from({ length: 100 }, (_, n) => ask(n)));
  expect(codes).toEqual(new Set(['exhausted']));
  expect(answered).toBeGreaterThan(0);
  expect(gemini.requests.length - before).toBe(answered);
  expect(await spent(`user:${(user(1) as { userId: string }).userId}`)).toEqual({
    tokens: answered * tokens,
    microUsd: expect.any(Number),
    heldTokens: 0,
    heldMicroUsd: 0,
  });
  expect(answered * tokens).toBeLessThanOrEqual(limit);
  // What was held and not used is there for the next.
  await as(user(1), () => replicas[0]?.generate(prompt, [search]));
});

test('who has used up theirs keeps nobody else from asking, until what all may use is used up', async () => {
  const model = await open({ BUDGET_PAYER_TOKENS: 500, BUDGET_TOKENS: 900 });
  const ask = (actor: Actor) => as(actor, () => model.generate(prompt, [search]));
  const many = async (actor: Actor) => {
    for (let n = 0; n < 20; n += 1) await ask(actor);
  };
  expect((await errorOf(many(user(1)))).code).toBe('exhausted');
  await ask(visitor);
  expect((await errorOf(many(visitor))).code).toBe('exhausted');
  expect((await errorOf(many(user(2)))).code).toBe('exhausted');
  const { tokens } = await spent();
  expect(tokens).toBeLessThanOrEqual(900);
  expect(tokens).toBeGreaterThan(500);
});

test('money is counted as tokens are, by what in and out cost', async () => {
  const prices = { PRICE_INPUT_USD_PER_MILLION: 2, PRICE_OUTPUT_USD_PER_MILLION: 10 };
  const model = await open({ ...prices, BUDGET_PAYER_MICRO_USD: 3_000 });
  const { served } = await as(user(1), () => model.generate(prompt, [search]));
  const cost = served.inputTokens * 2 + served.outputTokens * 10;
  expect(await spent()).toMatchObject({ microUsd: cost, tokens: served.inputTokens + served.outputTokens });
  const many = Array.from({ length: 50 }, () => as(user(1), () => model.generate(prompt, [search])));
  expect((await outcomes(many)).codes).toEqual(new Set(['exhausted']));
  expect((await spent()).microUsd).toBeLessThanOrEqual(3_000);
});

test('that little is left is told of whoever asks before they are refused, and holds nothing; without Redis it is not known', async () => {
  const model = await open({ BUDGET_PAYER_TOKENS: 8_500 });
  const isReady = (who: Actor) => as(who, () => model.isReady());
  expect([await isReady(user(1)), await spent()]).toEqual([true, {}]);
  for (let n = 0; n < 20 && (await isReady(user(1))); n += 1) await as(user(1), () => model.generate(prompt, [search]));
  expect([await isReady(user(1)), await isReady(user(2))]).toEqual([false, true]);
  const away = await connect();
  away.disconnect();
  const env = z.object({ ...geminiEnv, ...budgetEnv }).parse(gemini.environment);
  const inner = openGemini(env, logger);
  expect(inner && (await new BudgetedModel(inner, new Budget(away, env), env, logger).isReady())).toBe(false);
});

test('what is not made costs nothing; what broke off, was held back or left alone costs all that was held', async () => {
  const model = await open({});
  const call = () => as(user(1), () => model.generate(prompt, [search]));
  gemini.script({ status: 503 }, { status: 429 }, { status: 400 });
  for (const code of ['unavailable', 'rate_limited', 'invalid_request'])
    expect((await errorOf(call())).code).toBe(code);
  expect(await spent()).toMatchObject({ tokens: 0, heldTokens: 0 });
  gemini.script({ blockReason: 'SAFETY' }, { texts: ['It is '], fault: 'cut' });
  const costs = async (work: () => Promise<unknown>) => {
    const { tokens: before = 0 } = await spent();
    await work();
    const { tokens = 0, heldTokens } = await spent();
    expect(heldTokens).toBe(0);
    return tokens - before;
  };
  // The longest answer that there can be, and more for the question than it has tokens.
  const most = 100 + Buffer.byteLength(prompt.instructions);
  expect(await costs(async () => expect((await errorOf(call())).code).toBe('blocked'))).toBeGreaterThan(most);
  const stream = () => as(user(1), () => model.stream(prompt));
  expect(await costs(async () => expect((await read(stream())).error).not.toBeNull())).toBeGreaterThan(most);
  const leave = async () => {
    for await (const _ of stream()) break;
  };
  expect(await costs(leave)).toBeGreaterThan(most);
});

describe('with further tries', () => {
  const tries = { GEMINI_RETRIES: 2, GEMINI_RETRY_MS: 1, GEMINI_STALL_TIMEOUT_MS: 200 };

  /** What a try is held for. */
  async function heldByOne(): Promise<number> {
    const model = await open(tries);
    gemini.script({ blockReason: 'SAFETY' });
    await errorOf(as(user(9), () => model.generate(prompt, [search])));
    return (await spent(`user:${(user(9) as { userId: string }).userId}`)).tokens ?? 0;
  }

  test('each that was silent costs all that was held for it, one that was turned away nothing, whatever the last one has', async () => {
    const most = await heldByOne();
    const model = await open(tries);
    for (const ask of [
      async () => (await model.generate(prompt, [search])).served,
      async () => {
        const end = (await read(model.stream(prompt))).parts.at(-1);
        return end?.kind === 'end' ? end.served : Promise.reject(new Error('It has no end'));
      },
    ]) {
      await (await connect()).flushall();
      gemini.script({ fault: 'stall' }, { status: 503 });
      const { inputTokens, outputTokens } = await as(user(1), ask);
      const { tokens = 0, heldTokens } = await spent();
      // A stream has no tools, and less is held for it.
      expect(tokens - inputTokens - outputTokens).toBeGreaterThan(100);
      expect(tokens - inputTokens - outputTokens).toBeLessThanOrEqual(most);
      expect(heldTokens).toBe(0);
    }
    const texts = ['x'.repeat(400)];
    await (await connect()).flushall();
    gemini.script({ fault: 'stall' }, { fault: 'stall' });
    await model.embed(texts, 'document');
    expect(await spent()).toMatchObject({ tokens: 400 + 400 + 100, heldTokens: 0 });
  });

  test('none is made for which too little is left, and a hundred questions at once go no further than the budget', async () => {
    const most = await heldByOne();
    await (await connect()).flushall();
    const limit = 10 * most + 1;
    const model = await open({ ...tries, BUDGET_PAYER_TOKENS: limit });
    gemini.alwaysAnswer({ fault: 'stall' });
    const before = gemini.requests.length;
    const asked = Array.from({ length: 100 }, () => as(user(1), () => model.generate(prompt, [search])));
    const { answered, codes } = await outcomes(asked);
    expect([answered, codes]).toEqual([0, new Set(['exhausted'])]);
    expect(gemini.requests.length - before).toBe(10);
    expect(await spent()).toMatchObject({ tokens: 10 * most, heldTokens: 0 });
  });

  test('a call that makes none, since nobody waits for it any more or Gemini is left alone, costs nothing', async () => {
    const model = await open({ ...tries, GEMINI_CIRCUIT_FAILURES: 1 });
    const gone = AbortSignal.abort(new Error('gone'));
    await expect(as(user(1), () => model.generate(prompt, [search], { signal: gone }))).rejects.toThrow('gone');
    gemini.script({ status: 503 });
    for (const _ of [1, 2]) {
      expect((await errorOf(as(user(1), () => model.generate(prompt, [search])))).code).toBe('unavailable');
    }
    expect(gemini.requests).toHaveLength(1);
    expect(await spent()).toMatchObject({ tokens: 0, heldTokens: 0 });
  });
});

test('streams, structured answers and vectors are paid for, too', async () => {
  const model = await open({ BUDGET_PAYER_TOKENS: 5_000 });
  const { parts } = await as(user(1), () => read(model.stream(prompt)));
  const end = parts.at(-1);
  if (end?.kind !== 'end') throw new Error('It has no end');
  const structured = await as(user(1), () => model.generateStructured(prompt, z.object({})));
  const used = [end.served, structured.served].map(({ inputTokens, outputTokens }) => inputTokens + outputTokens);
  expect((await spent()).tokens).toBe((used[0] ?? 0) + (used[1] ?? 0));
  const text = 'x'.repeat(400);
  await model.embed([text], 'document');
  expect((await spent()).tokens).toBe((used[0] ?? 0) + (used[1] ?? 0) + 100);
  const question = as(user(1), () => model.embed(['x'.repeat(6_000)], 'query'));
  expect((await errorOf(question)).code).toBe('exhausted');
});

test('what a replica held that died is given back after a while, and counts if it comes back after all', async () => {
  const env = z.object({ ...geminiEnv, ...budgetEnv }).parse({ BUDGET_PAYER_TOKENS: 100 });
  const budget = new Budget(await connect(), env, 200);
  const most = { tokens: 100, microUsd: 1 };
  const lost = await budget.reserve('user:one', most);
  expect(lost).not.toBeNull();
  expect(await budget.reserve('user:one', most)).toBeNull();
  const next = await until(() => budget.reserve('user:one', most), { what: 'the reservation to lapse' });
  await next.settle({ tokens: 30, microUsd: 1 });
  await lost?.settle({ tokens: 20, microUsd: 1 });
  expect(await spent('user:one')).toEqual({ tokens: 50, microUsd: 2, heldTokens: 0, heldMicroUsd: 0 });
});

test('without Redis nothing is asked, since nobody knows what is left', async () => {
  const model = await open({});
  disconnect();
  expect((await errorOf(model.generate(prompt, [search]))).code).toBe('unavailable');
  expect(gemini.requests).toEqual([]);
});
