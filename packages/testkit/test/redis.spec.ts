import { Redis } from 'ioredis';
import { startRedis } from '../src/redis.ts';

test('with appendOnly, what was written before a SIGKILL is there after the next start', async () => {
  const server = await startRedis({ appendOnly: true });
  const client = new Redis(server.url, { lazyConnect: true });
  client.on('error', () => {});
  await client.set('kept', 'yes');
  await server.kill();
  await server.start();
  expect(await client.get('kept')).toBe('yes');
  client.disconnect();
  await server.stop();
});

test('two servers do not share keys', async () => {
  const [one, other] = await Promise.all([startRedis(), startRedis()]);
  const clients = [new Redis(one.url), new Redis(other.url)] as const;
  await clients[0].set('key', '1');
  expect(await clients[1].get('key')).toBeNull();
  for (const client of clients) client.disconnect();
  await Promise.all([one.stop(), other.stop()]);
});
