import { startRedis, type TestRedis } from '@viewora/testkit/redis';
import { until } from '@viewora/testkit/wait';
import type { Redis } from 'ioredis';
import { openRedis } from '../src/redis.ts';

/** A Redis for the tests of a file, empty before each: what connects to it as one more replica would, and what cuts all of them off. */
export function useRedis() {
  let server: TestRedis;
  const connections: Redis[] = [];
  async function connect(): Promise<Redis> {
    const redis = openRedis(server.url);
    connections.push(redis);
    await until(() => redis.status === 'ready');
    return redis;
  }
  function disconnect(): void {
    for (const redis of connections.splice(0)) redis.disconnect();
  }
  beforeAll(async () => {
    server = await startRedis();
  });
  afterEach(async () => {
    await (await connect()).flushall();
    disconnect();
  });
  afterAll(() => server?.stop());
  return { connect, disconnect };
}
