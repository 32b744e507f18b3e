import { startRedis, type TestRedis } from '@viewora/testkit/redis';
import { as, Lab, lab, sending, until } from './lab.ts';

let server: TestRedis;
let bench: Lab;

beforeAll(async () => {
  server = await startRedis();
  bench = new Lab(server.url);
});
afterAll(async () => {
  bench.close();
  await server.stop();
});

/** Redis's clock, ms. */
async function redisNowMs(): Promise<number> {
  const [seconds, micros] = await bench.redis.time();
  return Number(seconds) * 1_000 + Number(micros) / 1_000;
}

describe('one replica takes each request', () => {
  afterEach(() => bench.reset());

  it('handles each of 10,000 requests exactly once on three replicas that all take part', async () => {
    const replicas = await bench.replicas(3);
    const client = await bench.client();
    const count = 10_000;
    const takers = new Set<string>();
    let next = 0;
    const call = async () => {
      while (next < count) {
        const n = next++;
        const reply = JSON.parse(await client.requestText(lab.mark, JSON.stringify({ n }), sending));
        expect(reply.n).toBe(n);
        takers.add(reply.replicaId);
      }
    };
    await Promise.all(Array.from({ length: 200 }, call));
    const executions = Object.values(await bench.redis.hgetall('executions'));
    expect(executions).toHaveLength(count);
    expect(executions.every((times) => times === '1')).toBe(true);
    expect(takers.size).toBe(replicas.length);
  });
});

describe('a service that runs', () => {
  beforeAll(() => bench.replica());
  afterAll(() => bench.reset());

  it('leaves nothing in the stream once everything is answered', async () => {
    const client = await bench.client();
    await Promise.all(Array.from({ length: 100 }, (_, n) => client.requestText(lab.echo, `{"n":${n}}`, sending)));
    await until(async () => (await client.backlog('lab')).total === 0);
    expect(await client.backlog('lab')).toEqual({ total: 0, running: 0, waiting: 0, replicas: 1, deadLetters: 0 });
  });

  it('carries the actor, the request id and the idempotency key to the handler', async () => {
    const client = await bench.client();
    const actor = { kind: 'user', userId: '01920000-0000-7000-8000-000000000001', role: 'broker' } as const;
    const options = { actor, requestId: 'r-1', idempotencyKey: 'k-1' };
    const call = JSON.parse(await client.requestText(lab.call, '{}', options));
    expect(call).toEqual({ id: expect.any(String), actor, requestId: 'r-1', idempotencyKey: 'k-1', delivery: 1 });
  });

  it('passes text of any script through unchanged', async () => {
    const client = await bench.client();
    const body = { text: 'घर — 家 — 🏡 "quoted" \\ \n \u0000', n: 1 };
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => client.requestText(lab.echo, JSON.stringify(body), sending)),
    );
    for (const reply of replies) expect(JSON.parse(reply)).toMatchObject(body);
  });

  it('tells a query whose caller has gone to stop', async () => {
    const client = await bench.client();
    const controller = new AbortController();
    const call = client.requestText(lab.patient, '{"n":1}', { ...sending, signal: controller.signal });
    await bench.redis.blpop('started', 0);
    controller.abort();
    await expect(call).rejects.toMatchObject({ code: 'unavailable' });
    expect(await bench.redis.blpop('aborted', 10)).toEqual(['aborted', 'cancelled']);
  });

  it('tells a query whose deadline has passed to stop', async () => {
    const client = await bench.client();
    const call = client.requestText(lab.patient, '{"n":1}', { ...sending, timeoutMs: 2_000 });
    const [, aborted] = await Promise.allSettled([call, bench.redis.blpop('aborted', 10)]);
    expect(aborted).toEqual({ status: 'fulfilled', value: ['aborted', 'deadline passed'] });
  });
});

describe('a service that is down', () => {
  afterEach(() => bench.reset());

  it('costs the caller of a query no wait', async () => {
    const client = await bench.client();
    const startedAt = performance.now();
    const call = client.requestText(lab.echo, '{}', { ...sending, timeoutMs: 20_000 });
    await expect(call).rejects.toMatchObject({ code: 'unavailable', details: { retryAfterSeconds: 5 } });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  it('costs the caller of a command its own timeout, and the command runs when the service is back', async () => {
    const client = await bench.client();
    const calls = [1, 2, 3].map((n) => client.requestText(lab.mark, `{"n":${n}}`, { ...sending, timeoutMs: 200 }));
    for (const call of await Promise.allSettled(calls)) {
      expect(call).toMatchObject({ status: 'rejected', reason: { code: 'unavailable' } });
    }
    expect(await client.backlog('lab')).toMatchObject({ total: 3, replicas: 0 });
    await bench.replica();
    await until(async () => (await client.backlog('lab')).total === 0);
    expect(await bench.redis.hgetall('executions')).toEqual({ 1: '1', 2: '1', 3: '1' });
  });

  it('is found out within a lease when its last replica was killed', async () => {
    const replica = await bench.replica({ leaseMs: 300 });
    const client = await bench.client();
    await client.requestText(lab.echo, '{}', sending);
    await replica.kill();
    await until(async () => (await client.backlog('lab')).replicas === 0);
    const startedAt = performance.now();
    const call = client.requestText(lab.echo, '{}', { ...sending, timeoutMs: 20_000 });
    await expect(call).rejects.toMatchObject({ code: 'unavailable' });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});

describe('time limits', () => {
  afterEach(() => bench.reset());

  it('never executes an expired request, while a command waits out its own expiry', async () => {
    const replica = await bench.replica({ slots: 1 });
    const client = await bench.client();
    const busy = client.requestText(lab.mark, '{"n":"busy","gate":"door"}', sending);
    await until(async () => (await bench.redis.hexists('executions', 'busy')) === 1);
    const patience = { ...sending, timeoutMs: 200 };
    const calls = await Promise.allSettled([
      client.requestText(as('query', lab.mark), '{"n":"query"}', patience),
      client.requestText(lab.mark, '{"n":"command"}', patience),
      client.requestText(lab.mark, '{"n":"short-lived command"}', { ...patience, expiresInMs: 200 }),
    ]);
    expect(calls.map((call) => call.status === 'rejected' && call.reason.code)).toEqual(Array(3).fill('unavailable'));
    const deadlineMs = (await redisNowMs()) + 250;
    await until(async () => (await redisNowMs()) > deadlineMs);
    await bench.redis.rpush('door', 'open');
    await busy;
    await until(async () => (await client.backlog('lab')).total === 0);
    expect(await bench.redis.hgetall('executions')).toEqual({ busy: '1', command: '1' });
    expect((await replica.tally()).expired).toBe(2);
  });
});

describe('pressure', () => {
  afterEach(() => bench.reset());

  it('turns callers away at once when the backlog is at its limit', async () => {
    const client = await bench.client({ backlogLimit: 5 });
    const patience = { ...sending, timeoutMs: 100 };
    await Promise.allSettled(Array.from({ length: 5 }, (_, n) => client.requestText(lab.mark, `{"n":${n}}`, patience)));
    const startedAt = performance.now();
    const call = client.requestText(lab.mark, '{"n":6}', { ...sending, timeoutMs: 20_000 });
    await expect(call).rejects.toMatchObject({ code: 'unavailable', details: { retryAfterSeconds: 2 } });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect((await client.backlog('lab')).total).toBe(5);
  });

  it('lets a replica hold no more than its slots, and the rest wait', async () => {
    const replica = await bench.replica({ slots: 4 });
    const client = await bench.client();
    const calls = Array.from({ length: 20 }, (_, n) =>
      client.requestText(lab.mark, JSON.stringify({ n, gate: 'door' }), sending),
    );
    await until(async () => (await bench.redis.hlen('executions')) >= 4);
    expect(await client.backlog('lab')).toMatchObject({ total: 20, running: 4, waiting: 16 });
    await bench.redis.rpush('door', ...calls.map(String));
    await Promise.all(calls);
    expect((await replica.tally()).mostRunning).toBe(4);
  });
});
