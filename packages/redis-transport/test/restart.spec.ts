import { AppError } from '@viewora/contracts/errors';
import type { RedisStreamsClient } from '@viewora/redis-transport/client';
import { startRedis, type TestRedis } from '@viewora/testkit/redis';
import { Lab, lab, sending, until } from './lab.ts';

interface Load {
  /** Numbers whose command was answered. */
  succeeded: Set<number>;
  errors: unknown[];
  slowestMs: number;
  stop(): Promise<void>;
}

const timeoutMs = 2_000;

/** Callers that send command after command, each again with its own key until it is answered. */
function startLoad(client: RedisStreamsClient): Load {
  let next = 0;
  let isOver = false;
  const load: Load = { succeeded: new Set(), errors: [], slowestMs: 0, stop };
  const attempt = async (n: number) => {
    const startedAt = performance.now();
    try {
      const options = { ...sending, timeoutMs, idempotencyKey: `key-${n}` };
      await client.requestText(lab.effect, JSON.stringify({ n }), options);
      load.succeeded.add(n);
    } catch (error) {
      load.errors.push(error);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    load.slowestMs = Math.max(load.slowestMs, performance.now() - startedAt);
  };
  const callers = Array.from({ length: 32 }, async () => {
    while (!isOver) {
      const n = next++;
      while (!load.succeeded.has(n)) await attempt(n);
    }
  });
  async function stop() {
    isOver = true;
    await Promise.all(callers);
  }
  return load;
}

describe.each([
  { title: 'keeps its data', appendOnly: true },
  { title: 'loses its data', appendOnly: false },
])('a Redis that is killed under load and $title', ({ appendOnly }) => {
  let server: TestRedis;
  let bench: Lab;

  beforeAll(async () => {
    server = await startRedis({ appendOnly });
    bench = new Lab(server.url);
  });
  afterAll(async () => {
    await bench.reset();
    bench.close();
    await server.stop();
  });

  it('costs callers typed errors in bounded time, then everything recovers by itself', async () => {
    const replicas = await bench.replicas(2, { leaseMs: 500 });
    const client = await bench.client();
    const load = startLoad(client);
    await until(() => load.succeeded.size > 500);
    await server.kill();
    await until(() => load.errors.length > 100);
    await server.start();
    const before = load.succeeded.size;
    await until(() => load.succeeded.size > before + 1_000);
    await load.stop();

    const untyped = load.errors.filter((error) => !(error instanceof AppError && error.code === 'unavailable'));
    expect(untyped).toEqual([]);
    // Generous: what matters is that no call waits for ever, and the machine may be slow.
    expect(load.slowestMs).toBeLessThan(timeoutMs + 10_000);
    const effects = await bench.redis.hgetall('effects');
    expect(Object.values(effects).filter((times) => times !== '1')).toEqual([]);
    if (appendOnly) expect(Object.keys(effects)).toHaveLength(load.succeeded.size);
    await until(async () => (await client.backlog('lab')).total === 0);
    expect(await client.backlog('lab')).toMatchObject({ replicas: 2, deadLetters: 0 });
    for (const replica of replicas) expect(await replica.stop()).toBe(0);
  });
});
