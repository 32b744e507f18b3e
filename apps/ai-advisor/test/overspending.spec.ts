import { advisorApi } from '@viewora/contracts/advisor';
import type { AnswerPart } from '@viewora/contracts/answer';
import type { Actor } from '@viewora/contracts/call';
import { until } from '@viewora/testkit/wait';
import { Redis } from 'ioredis';
import { type ConversationLab, collect, openConversationLab } from './conversation.lab.ts';
import { start, stopAll } from './gemini.ts';
import { listing } from './listing.factory.ts';

let lab: ConversationLab;

beforeAll(async () => {
  lab = await openConversationLab();
  lab.market.listings = [1, 2, 3].map((n) => listing({ beds: n + 1, price: n * 100_000 }));
}, 90_000);

afterAll(async () => {
  await lab?.close();
  await stopAll();
});

test('an answer that is stopped, or whose conversation is deleted, ends its request of the model', async () => {
  const gemini = await start();
  const replica = await lab.startReplica(gemini.environment);
  const me: Actor = { kind: 'anonymous', visitorId: crypto.randomUUID() };
  for (const end of ['stop', 'delete'] as const) {
    gemini.script({ texts: ['{{L1}} ', 'has '], fault: 'stall' });
    const { id } = await lab.call(me, advisorApi.createConversation, {});
    const run = lab.ask(me, id, 'house in Folsom');
    const reading = collect(run);
    const request = await until(() =>
      gemini.requests.find(({ method, isCancelled }) => method === 'streamGenerateContent' && !isCancelled),
    );
    if (end === 'stop') await lab.client.cancel(advisorApi.ask, run.runId, me);
    else await lab.call(me, advisorApi.deleteConversation, { id });
    await expect(reading).rejects.toMatchObject({ code: 'conflict' });
    await until(() => request.isCancelled, { what: 'the request to be ended' });
  }
  await replica.stop();
}, 60_000);

test('a hundred questions of one person at once, at three replicas, overspend by none, and each has an answer', async () => {
  const gemini = await start();
  const limit = 50_000;
  const budget = { BUDGET_PAYER_TOKENS: String(limit), GEMINI_MAX_OUTPUT_TOKENS: '500' };
  for (let n = 0; n < 3; n += 1) await lab.startReplica({ ...gemini.environment, ...budget });
  const visitorId = crypto.randomUUID();
  const me: Actor = { kind: 'anonymous', visitorId };
  const ask = async (n: number): Promise<AnswerPart[]> => {
    const { id } = await lab.call(me, advisorApi.createConversation, {});
    return collect(lab.ask(me, id, `house in Folsom under ${400 + n}k`));
  };
  const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => ask(n)));
  for (const parts of answers) {
    expect(parts.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['status', 'filter', 'results', 'delta', 'done']),
    );
  }
  const asked = gemini.requests.filter(({ method }) => method !== 'batchEmbedContents').length;
  expect(asked).toBeGreaterThan(0);
  expect(asked).toBeLessThan(100);
  const redis = new Redis(lab.redisUrl);
  const [key = ''] = await redis.keys(`*:visitor:${visitorId}`);
  const spent = await redis.hgetall(key);
  redis.disconnect();
  expect(Number(spent.tokens)).toBeGreaterThan(0);
  expect(Number(spent.tokens)).toBeLessThanOrEqual(limit);
  expect(spent.heldTokens).toBe('0');
}, 120_000);
