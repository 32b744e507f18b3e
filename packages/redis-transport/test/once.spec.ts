import { RedisOnce } from '@viewora/redis-transport/once';
import { startRedis, type TestRedis } from '@viewora/testkit/redis';
import { Redis } from 'ioredis';

let server: TestRedis;
let redis: Redis;
let once: RedisOnce;

beforeAll(async () => {
  server = await startRedis();
  redis = new Redis(server.url);
  once = new RedisOnce(redis, { prefix: 'shop' });
});
afterAll(async () => {
  redis.disconnect();
  await server.stop();
});

const increment = (counter: string, reply: number) => () => ({
  commands: [['INCR', counter] as const],
  replyText: JSON.stringify(reply),
});

it('a repeat has no second effect and gets the first reply', async () => {
  expect(await once.run('k1', 'same', increment('c1', 1))).toBe('1');
  expect(await once.run('k1', 'same', increment('c1', 2))).toBe('1');
  expect(await redis.get('c1')).toBe('1');
});

it('of many at the same time one takes effect, and all get its reply', async () => {
  const replies = await Promise.all(
    Array.from({ length: 20 }, (_, reply) => once.run('k2', 'same', increment('c2', reply))),
  );
  expect(new Set(replies).size).toBe(1);
  expect(await redis.get('c2')).toBe('1');
});

it('the same key with another input is refused', async () => {
  await once.run('k3', 'one input', increment('c3', 1));
  const repeat = once.run('k3', 'another input', increment('c3', 2));
  await expect(repeat).rejects.toMatchObject({ code: 'conflict', details: { status: 422 } });
});

it('what fails to be planned leaves the key free', async () => {
  const failing = once.run('k4', 'same', () => Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  expect(await once.run('k4', 'same', increment('c4', 1))).toBe('1');
});

it('a command that Redis refuses leaves the key free', async () => {
  const wrong = () => ({ commands: [['HGET', 'only-a-key'] as const], replyText: '1' });
  await expect(once.run('k5', 'same', wrong)).rejects.toThrow();
  expect(await once.run('k5', 'same', increment('c5', 1))).toBe('1');
});

it('the key is forgotten in time', async () => {
  await new RedisOnce(redis, { prefix: 'shop', rememberedMs: 60_000 }).run('k6', 'same', increment('c6', 1));
  const leftMs = await redis.pttl('shop:once:k6');
  expect(leftMs).toBeGreaterThan(0);
  expect(leftMs).toBeLessThanOrEqual(60_000);
});
