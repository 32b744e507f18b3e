import { propertyApi } from '@viewora/contracts/property';
import type { Bus } from '@viewora/service-kit/bus';
import type { GatewayEnv } from '../env.ts';
import { ReplyCache } from './reply-cache.ts';

/** The Bus, as far as the cache uses it: counts what is asked and answers each time anew. */
function cacheOver(answer: (asked: number) => Promise<string>) {
  let asked = 0;
  const bus = { requestText: () => answer(++asked) } as unknown as Bus;
  const cache = new ReplyCache(bus, { CACHE_MEGABYTES: 1 } as GatewayEnv);
  const ask = async () => (await cache.reply({ operation: propertyApi.search, input: { limit: 1 } })).text;
  return { cache, ask, asked: () => asked };
}

test('who asks the same within its second gets the same answer, asked once', async () => {
  const { ask, asked } = cacheOver(async (n) => `answer ${n}`);
  expect(await Promise.all([ask(), ask(), ask()])).toEqual(['answer 1', 'answer 1', 'answer 1']);
  expect(await ask()).toBe('answer 1');
  expect(asked()).toBe(1);
});

test('when listings change the next question is asked anew, long before the second is over', async () => {
  const { cache, ask } = cacheOver(async (n) => `answer ${n}`);
  expect(await ask()).toBe('answer 1');
  cache.forget();
  expect(await ask()).toBe('answer 2');
});

test('an answer that was under way when listings changed is not kept', async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const { cache, ask } = cacheOver((n) => (n === 1 ? promise : Promise.resolve('new')));
  const early = ask();
  cache.forget();
  resolve('old');
  expect(await early).toBe('old');
  expect(await ask()).toBe('new');
});

test('a failure is told to all who wait, and not kept', async () => {
  const { ask } = cacheOver(async (n) => (n === 1 ? Promise.reject(new Error('down')) : 'up'));
  const [first, second] = await Promise.allSettled([ask(), ask()]);
  expect([first.status, second.status]).toEqual(['rejected', 'rejected']);
  expect(await ask()).toBe('up');
});
