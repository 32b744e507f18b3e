// Answers as visitors get them, from the whole platform with its demo market: how soon the first results are there against the plain
// search for the same homes (the peer), how many answers rules give a second, and what is added to a model's own time, which the
// same requests sent straight to it take (the peer). It asserts nothing.
import { apiBase, createHttpClient } from '@viewora/contracts/http-client';
import { propertyApi } from '@viewora/contracts/property';
import type { AdvisedFilter } from '@viewora/contracts/understanding';
import { median, showSpread, spreadOf, timed } from '@viewora/testkit/figures';
import { startFakeGemini } from '@viewora/testkit/gemini';
import { startPlatform } from '@viewora/testkit/platform';
import { Visitors } from '../eval/visitors.ts';

const rounds = 60;
const warmUp = 5;
const throughputMs = 10_000;
/** Everything is asked from one address. */
const unlimited = { RATE_LIMIT_QUESTION: '1000000', RATE_LIMIT_WRITE: '1000000', RATE_LIMIT_READ: '1000000' };

/** Each with a price of its own, so that nothing is answered from a cache. */
const questions: { name: string; text: (price: number) => string; filter: AdvisedFilter }[] = [
  { name: 'a city', text: (price) => `homes in Sacramento under $${price}`, filter: { place: 'Sacramento' } },
  {
    name: 'a city and bedrooms, the cheapest',
    text: (price) => `cheapest 3 bedroom houses in Elk Grove under $${price}`,
    filter: { place: 'Elk Grove', minBeds: 3, type: ['house'], sort: 'price_asc' },
  },
  { name: 'a wish', text: (price) => `a quiet house with a big garden under $${price}`, filter: { type: ['house'] } },
];

async function firstResults(webUrl: string): Promise<void> {
  const visitors = new Visitors(webUrl);
  const call = createHttpClient({ origin: webUrl });
  console.log('the first results against the plain search, p50/p95/p99 in ms');
  for (const { name, text, filter } of questions) {
    const [shown, searched]: [number[], number[]] = [[], []];
    for (let i = -warmUp; i < rounds; i++) {
      const price = 400_000 + i;
      const conversation = await visitors.begin();
      const begunAt = performance.now();
      let tookMs = Number.NaN;
      await visitors.askIn(conversation, text(price), (event) => {
        if (event === 'results') tookMs = performance.now() - begunAt;
      });
      const plain = { ...filter, currency: 'USD', maxPriceMinor: price * 100 + 1, limit: 8 };
      const peerMs = await timed(() => call(propertyApi.searchArea, plain));
      if (i < 0) continue;
      shown.push(tookMs);
      searched.push(peerMs);
    }
    const more = median(shown) - 1.5 * median(searched);
    console.log(
      `  ${name}: ${showSpread(spreadOf(shown))}, search ${showSpread(spreadOf(searched))}; ${more.toFixed(0)} ms above 1.5 times (goal: 60)`,
    );
  }
}

async function answersPerSecond(webUrl: string): Promise<void> {
  const visitors = new Visitors(webUrl);
  console.log('whole answers of rules a second, conversation included');
  for (const { name, text } of questions) {
    for (const atOnce of [1, 16]) {
      let answered = 0;
      const begunAt = performance.now();
      const visit = async () => {
        while (performance.now() - begunAt < throughputMs) {
          await visitors.ask(text(500_000 + answered + atOnce * 1_000));
          answered += 1;
        }
      };
      await Promise.all(Array.from({ length: atOnce }, visit));
      console.log(
        `  ${name}, ${atOnce} at once: ${((answered * 1_000) / (performance.now() - begunAt)).toFixed(1)} a second`,
      );
    }
  }
}

/** From the question to `done`, and what the model was asked for it. */
async function overhead(): Promise<void> {
  const gemini = await startFakeGemini();
  gemini.alwaysAnswer({ texts: ['{{L1}} asks {{L1.price}}. ', '{{L2}} asks {{L2.price}}.'] });
  const { webUrl, stop } = await startPlatform({ ...unlimited, ...gemini.environment });
  const visitors = new Visitors(webUrl);
  const [whole, models, more]: number[][] = [[], [], []];
  const served = new Map<string, number>();
  for (let i = -warmUp; i < rounds * 3; i++) {
    const question = questions[Math.abs(i) % questions.length];
    if (!question) continue;
    const conversation = await visitors.begin();
    const before = gemini.requests.length;
    const begunAt = performance.now();
    const { done } = await visitors.askIn(conversation, question.text(600_000 + i));
    const tookMs = performance.now() - begunAt;
    const asked = gemini.requests.slice(before);
    let modelMs = 0;
    for (const { url, headers, body } of asked) {
      const again = { 'x-goog-api-key': String(headers['x-goog-api-key']), 'content-type': 'application/json' };
      modelMs += await timed(async () =>
        (await fetch(gemini.url + url, { method: 'POST', headers: again, body: JSON.stringify(body) })).arrayBuffer(),
      );
    }
    if (i < 0) continue;
    whole?.push(tookMs);
    models?.push(modelMs);
    more?.push(tookMs - modelMs);
    const by = `${done.model}${done.degraded ? ', degraded' : ''}, ${asked.length} requests`;
    served.set(by, (served.get(by) ?? 0) + 1);
  }
  const said = [whole, models, more].map((all) => showSpread(spreadOf(all ?? [])));
  console.log('an answer by a model, from the question to its end, p50/p95/p99 in ms');
  console.log(`  ${said[0]}, the model’s own ${said[1]}, what is added ${said[2]} (goal: p95 at most 80)`);
  console.log(`  ${[...served].map(([by, count]) => `${count} by ${by}`).join('; ')}`);
  await stop();
  await gemini.stop();
}

const platform = await startPlatform(unlimited);
console.log(`asked at ${apiBase} of one replica each`);
await firstResults(platform.webUrl);
await answersPerSecond(platform.webUrl);
await platform.stop();
await overhead();
