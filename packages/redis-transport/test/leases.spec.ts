import { randomUUID } from 'node:crypto';
import { readDeadLetters, replayDeadLetters } from '@viewora/redis-transport/dead-letters';
import { RedisStreamsServer } from '@viewora/redis-transport/server';
import { startRedis, type TestRedis } from '@viewora/testkit/redis';
import { Lab, lab, type Replica, sending, until } from './lab.ts';

let server: TestRedis;
let bench: Lab;

beforeAll(async () => {
  server = await startRedis();
  bench = new Lab(server.url);
});
afterEach(() => bench.reset());
afterAll(async () => {
  bench.close();
  await server.stop();
});

describe('a replica that is killed', () => {
  it('under load loses no command and doubles no effect', async () => {
    const [first, second] = await bench.replicas(4, { leaseMs: 600 });
    const client = await bench.client();
    const count = 3_000;
    let next = 0;
    const call = async () => {
      while (next < count) {
        // The wait is after the effect: that is where a killed replica leaves an effect without its acknowledgement.
        await client.requestText(lab.effect, JSON.stringify({ n: next++, waitMs: 10 }), sending);
      }
    };
    const load = Promise.all(Array.from({ length: 128 }, call));
    await until(async () => (await bench.redis.hlen('effects')) > 500);
    await first?.kill();
    await until(async () => (await bench.redis.hlen('effects')) > 1_500);
    await second?.kill();
    await load;
    const effects = Object.values(await bench.redis.hgetall('effects'));
    expect(effects).toHaveLength(count);
    expect(effects.filter((times) => times !== '1')).toEqual([]);
    const executions = Object.values(await bench.redis.hgetall('executions'));
    expect(executions.filter((times) => times !== '1').length).toBeGreaterThan(0);
  });

  it('has its message taken over, with the same id and key', async () => {
    const replica = await bench.replica({ leaseMs: 300 });
    const client = await bench.client();
    await bench.redis.set('poisonous', '1');
    const call = client.requestText(lab.poison, '{"n":1}', sending);
    await replica.died();
    await bench.redis.del('poisonous');
    const successor = await bench.replica({ leaseMs: 300 });
    expect(JSON.parse(await call)).toEqual({ cured: true });
    expect((await successor.tally()).reclaimed).toBe(1);
  });
});

describe('a replica that is slow', () => {
  it('keeps its message for many leases', async () => {
    const leaseMs = 2_000;
    const replicas = await bench.replicas(2, { leaseMs });
    const client = await bench.client();
    const call = client.requestText(lab.mark, JSON.stringify({ n: 1, waitMs: leaseMs * 3 }), sending);
    expect(JSON.parse(await call)).toMatchObject({ n: 1 });
    expect(await bench.redis.hgetall('executions')).toEqual({ 1: '1' });
    const tallies = await Promise.all(replicas.map((replica) => replica.tally()));
    expect(tallies.map(({ reclaimed }) => reclaimed)).toEqual([0, 0]);
  });

  it('that was taken for dead does not take its message back', async () => {
    const frozen = await bench.replica({ leaseMs: 3_000, replicaId: 'frozen' });
    const client = await bench.client();
    const call = client.requestText(lab.mark, '{"n":1,"gate":"door"}', sending);
    await until(async () => (await bench.redis.hlen('executions')) === 1);
    frozen.freeze();
    const successor = await bench.replica({ leaseMs: 3_000, replicaId: 'successor' });
    await until(async () => (await bench.redis.hget('executions', '1')) === '2');
    frozen.thaw();
    await frozen.tally();
    await bench.redis.rpush('door', 'open', 'open');
    expect(JSON.parse(await call)).toEqual({ n: 1, replicaId: 'successor' });
    expect((await successor.tally()).handled).toBe(1);
  });
});

describe('a poison message', () => {
  it('lands in the dead-letter stream with its reason, blocks nobody, and can be replayed', async () => {
    const options = { leaseMs: 400, maxDeliveries: 3 };
    const client = await bench.client();
    await bench.redis.set('poisonous', '1');
    let isOver = false;
    const supervise = async () => {
      let replica: Replica | undefined;
      while (!isOver) {
        if (!replica?.isAlive) replica = await bench.replica(options);
        await Promise.race([replica.died(), until(() => isOver)]);
      }
    };
    const supervised = [supervise(), supervise()];
    try {
      const patience = { ...sending, timeoutMs: 50_000 };
      const poisoned = client.requestText(lab.poison, '{"n":1}', patience);
      const innocent = Array.from({ length: 50 }, (_, n) => client.requestText(lab.mark, `{"n":${n}}`, patience));
      await expect(poisoned).rejects.toMatchObject({ code: 'internal' });
      await Promise.all(innocent);
      const [letter, ...others] = await readDeadLetters(bench.redis, 'lab');
      expect(others).toEqual([]);
      expect(letter).toMatchObject({ reason: 'delivered 3 times without an acknowledgement', bodyText: '{"n":1}' });
      expect(await bench.redis.hget('executions', 'poison:1')).toBe('3');

      await bench.redis.del('poisonous');
      expect(await replayDeadLetters(bench.redis, 'lab')).toBe(1);
      await until(async () => (await bench.redis.hget('executions', 'poison:1')) === '4');
      await until(async () => (await client.backlog('lab')).total === 0);
      expect((await client.backlog('lab')).deadLetters).toBe(0);
    } finally {
      isOver = true;
      await Promise.all(supervised);
    }
  }, 60_000);

  it('that holds a secret leaves its body behind, and cannot be replayed', async () => {
    const envelope = (ttlMs: number) =>
      JSON.stringify({
        id: randomUUID(),
        pattern: 'lab.mark',
        kind: 'command',
        actor: { kind: 'anonymous' },
        requestId: 'r',
        ttlMs,
      });
    await bench.redis.xgroup('CREATE', '{lab}:requests', 'replicas', '0', 'MKSTREAM');
    for (const ttlMs of [60_000, 86_400_000])
      await bench.redis.xadd('{lab}:requests', '*', 'envelope', envelope(ttlMs), 'body', '{"password":"secret"}');
    const entries = await bench.redis.xreadgroup(
      'GROUP',
      'replicas',
      'dead',
      'COUNT',
      2,
      'STREAMS',
      '{lab}:requests',
      '>',
    );
    for (const [id] of (entries as [string, [string][]][])[0]?.[1] ?? [])
      await bench.redis.xclaim('{lab}:requests', 'replicas', 'dead', 0, id, 'RETRYCOUNT', 3);

    await bench.replica({ leaseMs: 200, maxDeliveries: 3 });
    await until(async () => (await bench.redis.xlen('{lab}:dead-letters')) === 2);
    const letters = await readDeadLetters(bench.redis, 'lab');
    expect(letters.map(({ bodyText }) => bodyText).sort()).toEqual(['', '{"password":"secret"}']);
    expect(await replayDeadLetters(bench.redis, 'lab')).toBe(1);
    expect(await readDeadLetters(bench.redis, 'lab')).toMatchObject([{ bodyText: '' }]);
  });

  it('that cannot even be read goes there at once', async () => {
    await bench.replica();
    await bench.redis.xadd('{lab}:requests', '*', 'envelope', '{"kind":"guess"}', 'body', '{}');
    await until(async () => (await bench.redis.xlen('{lab}:dead-letters')) === 1);
    expect(await readDeadLetters(bench.redis, 'lab')).toMatchObject([{ reason: 'unreadable envelope', deliveries: 1 }]);
    await until(async () => (await bench.redis.xlen('{lab}:requests')) === 0);
  });
});

describe('a graceful stop', () => {
  it('under load fails no call, and leaves neither messages nor a consumer behind', async () => {
    // With leases this long, whatever a stopping replica dropped would run into its caller's timeout.
    const options = { leaseMs: 60_000 };
    const [staying, ...leavers] = await bench.replicas(4, options);
    const client = await bench.client();
    let succeeded = 0;
    let isOver = false;
    const call = async () => {
      while (!isOver) {
        await client.requestText(lab.mark, JSON.stringify({ n: succeeded, waitMs: 5 }), {
          ...sending,
          timeoutMs: 5_000,
        });
        succeeded += 1;
      }
    };
    const load = Promise.all(Array.from({ length: 64 }, call));
    for (const leaver of leavers) {
      const goal = succeeded + 300;
      await until(() => succeeded > goal);
      expect(await leaver.stop()).toBe(0);
    }
    isOver = true;
    await load;
    const consumers = (await bench.redis.xinfo('CONSUMERS', '{lab}:requests', 'replicas')) as unknown[];
    expect(consumers).toHaveLength(1);
    expect(await client.backlog('lab')).toMatchObject({ total: 0, replicas: 1 });
    expect(await staying?.stop()).toBe(0);
  });

  it('drops nothing that Redis was just handing out, however often it happens', async () => {
    const start = async () => {
      const replica = new RedisStreamsServer({ redisUrl: server.url, service: 'brief', leaseMs: 60_000, slots: 32 });
      replica.addHandler('brief.echo', async (body: unknown) => body);
      await new Promise<void>((resolve, reject) => replica.listen((error) => (error ? reject(error) : resolve())));
      return replica;
    };
    const staying = await start();
    const client = await bench.client();
    const echo = { ...lab.echo, name: 'brief.echo', service: 'brief' };
    let isOver = false;
    const call = async () => {
      while (!isOver) await client.requestText(echo, '{}', { ...sending, timeoutMs: 8_000 });
    };
    const load = Promise.all(Array.from({ length: 64 }, call));
    for (let round = 1; round <= 40; round += 1) {
      const leaver = await start();
      await until(() => leaver.runningCount > 0);
      await leaver.close();
    }
    isOver = true;
    await load;
    await staying.close();
    expect((await client.backlog('brief')).total).toBe(0);
  });

  it('waits for what runs', async () => {
    const replica = await bench.replica();
    const client = await bench.client();
    const call = client.requestText(lab.mark, '{"n":1,"gate":"door"}', sending);
    await until(async () => (await bench.redis.hlen('executions')) === 1);
    const stopped = replica.stop();
    await until(async () => (await client.backlog('lab')).replicas === 0);
    await bench.redis.rpush('door', 'open');
    expect(JSON.parse(await call)).toMatchObject({ n: 1 });
    expect(await stopped).toBe(0);
  });
});
