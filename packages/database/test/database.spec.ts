import type { Actor } from '@viewora/contracts/call';
import { event, service } from '@viewora/contracts/service';
import type { Bus, OutgoingEvent } from '@viewora/service-kit/bus';
import { startPgBouncer } from '@viewora/testkit/pgbouncer';
import { startPostgres, type TestPostgres } from '@viewora/testkit/postgres';
import { until } from '@viewora/testkit/wait';
import { pino } from 'pino';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { databaseOptions, migrate } from '../src/data-source.ts';
import { runOnce } from '../src/idempotency.ts';
import { handleOnce } from '../src/inbox.ts';
import { Messaging1767225600000 } from '../src/messaging.migration.ts';
import { OldMessages } from '../src/old-messages.ts';
import { Outbox } from '../src/outbox.ts';

const shopApi = service('shop', {
  sold: event({ summary: 'Something was sold', payload: z.object({ item: z.string() }) }),
});

let postgres: TestPostgres;
let url: string;
let dataSource: DataSource;

beforeAll(async () => {
  postgres = await startPostgres();
  url = await postgres.createServiceDatabase('shop');
  await migrate({ url, migrations: [Messaging1767225600000] });
  dataSource = await new DataSource(databaseOptions({ url })).initialize();
  await dataSource.query('CREATE TABLE sale (item text)');
}, 60_000);

afterAll(async () => {
  await dataSource?.destroy();
  await postgres?.stop();
});

afterEach(() => dataSource.query('TRUNCATE sale, outbox, inbox_event, inbox_version, idempotency'));

/** The Bus, as far as the outbox uses it: keeps what is published, or fails on demand and counts how often. */
function fakeBus() {
  const published: OutgoingEvent[] = [];
  let failure: Error | null = null;
  let failures = 0;
  const publishAll = async (events: readonly OutgoingEvent[]) => {
    if (failure) {
      failures += 1;
      throw failure;
    }
    published.push(...events);
  };
  return {
    bus: { publishAll } as unknown as Bus,
    published,
    fail: (error: Error | null) => (failure = error),
    failures: () => failures,
  };
}

const sales = async () =>
  ((await dataSource.query('SELECT item FROM sale ORDER BY item')) as { item: string }[]).map(({ item }) => item);
const silent = pino({ level: 'silent' });

test('migrations run once, also when two start at the same time', async () => {
  const fresh = await postgres.createServiceDatabase('shop');
  const ran = await Promise.all([1, 2].map(() => migrate({ url: fresh, migrations: [Messaging1767225600000] })));
  expect(ran.flat()).toEqual(['Messaging1767225600000']);
});

describe('outbox', () => {
  test('an event leaves if and only if its change was committed', async () => {
    const { bus, published } = fakeBus();
    const outbox = new Outbox(dataSource, bus, silent);
    const sell = (item: string, fails: boolean) =>
      dataSource.transaction(async (manager) => {
        await manager.query('INSERT INTO sale VALUES ($1)', [item]);
        await outbox.add(manager, shopApi.sold, { item }, { aggregateId: item, version: 3 });
        if (fails) throw new Error('rolled back');
      });
    await sell('kept', false);
    await expect(sell('lost', true)).rejects.toThrow('rolled back');
    await outbox.drain();
    expect(published.map(({ payloadText, meta }) => [payloadText, meta?.aggregateId, meta?.version])).toEqual([
      ['{"item":"kept"}', 'kept', 3],
    ]);
    expect(await dataSource.query('SELECT * FROM outbox')).toEqual([]);
  });

  test('while events cannot be appended they wait, and leave in order under the same ids', async () => {
    const { bus, published, fail, failures } = fakeBus();
    const outbox = new Outbox(dataSource, bus, silent);
    for (const item of ['a', 'b', 'c'])
      await dataSource.transaction((manager) => outbox.add(manager, shopApi.sold, { item }));
    const ids: { id: string }[] = await dataSource.query('SELECT id FROM outbox ORDER BY seq');
    fail(new Error('Redis is away'));
    await expect(outbox.drain()).rejects.toThrow('Redis is away');
    outbox.onApplicationBootstrap();
    await until(() => failures() > 2, { what: 'the outbox to try again by itself' });
    fail(null);
    await until(() => published.length === 3, { what: 'the events to leave by themselves' });
    await outbox.onApplicationShutdown();
    expect(published.map(({ meta }) => meta?.id)).toEqual(ids.map(({ id }) => id));
  });

  test('replicas share the work: each row is appended by one', async () => {
    const { bus, published } = fakeBus();
    const replicas = [1, 2, 3].map(() => new Outbox(dataSource, bus, silent));
    await dataSource.transaction(async (manager) => {
      for (let i = 0; i < 500; i++) await replicas[0]?.add(manager, shopApi.sold, { item: String(i) });
    });
    await until(async () => {
      await Promise.all(replicas.map((replica) => replica.drain()));
      return published.length >= 500;
    });
    expect(new Set(published.map(({ meta }) => meta?.id)).size).toBe(500);
    expect(published).toHaveLength(500);
  });
});

describe('inbox', () => {
  const take = (eventId: string, version?: number) =>
    dataSource.transaction((manager) =>
      handleOnce(
        manager,
        { subscriber: 'mail', eventId, ...(version !== undefined && { aggregateId: 'home', version }) },
        async () => {
          await manager.query('INSERT INTO sale VALUES ($1)', [eventId]);
        },
      ),
    );

  test('an event delivered many times at once has one effect', async () => {
    const results = await Promise.all(Array.from({ length: 8 }, () => take('e1')));
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await sales()).toEqual(['e1']);
  });

  test('a version older than one seen is skipped', async () => {
    expect([await take('v2', 2), await take('v1', 1), await take('v3', 3)]).toEqual([true, false, true]);
    expect(await sales()).toEqual(['v2', 'v3']);
  });

  test('an effect that fails leaves the event for the next delivery', async () => {
    const failing = dataSource.transaction((manager) =>
      handleOnce(manager, { subscriber: 'mail', eventId: 'e2' }, () => Promise.reject(new Error('no'))),
    );
    await expect(failing).rejects.toThrow('no');
    expect(await take('e2')).toBe(true);
  });
});

describe('idempotent commands', () => {
  const actor: Actor = { kind: 'user', userId: crypto.randomUUID(), role: 'seller' };
  const sell = (key: string, item: string, by: Actor = actor) =>
    runOnce(
      dataSource,
      'shop.sell',
      { item },
      { id: crypto.randomUUID(), actor: by, idempotencyKey: key },
      async (manager) => {
        await manager.query('INSERT INTO sale VALUES ($1)', [item]);
        return { receipt: `${item}-${Math.random()}` };
      },
    );

  test('a command sent many times at once has one effect and one reply', async () => {
    const replies = await Promise.all(Array.from({ length: 6 }, () => sell('k1', 'lamp')));
    expect(new Set(replies.map(({ receipt }) => receipt)).size).toBe(1);
    expect(await sales()).toEqual(['lamp']);
  });

  test('without a key a redelivery is recognised by the message’s id', async () => {
    const id = crypto.randomUUID();
    const deliver = () =>
      runOnce(dataSource, 'shop.sell', {}, { id, actor }, (manager) =>
        manager.query(`INSERT INTO sale VALUES ('chair')`).then(() => ({})),
      );
    await deliver();
    await deliver();
    expect(await sales()).toEqual(['chair']);
  });

  test('the same key with another request is refused, of another person it is another key', async () => {
    await sell('k2', 'table');
    await expect(sell('k2', 'bed')).rejects.toMatchObject({ code: 'conflict', details: { status: 422 } });
    await sell('k2', 'bed', { kind: 'user', userId: crypto.randomUUID(), role: 'seller' });
    expect(await sales()).toEqual(['bed', 'table']);
  });

  test('a command that failed may be sent again', async () => {
    const call = { id: crypto.randomUUID(), actor, idempotencyKey: 'k3' };
    await expect(runOnce(dataSource, 'shop.sell', {}, call, () => Promise.reject(new Error('no')))).rejects.toThrow(
      'no',
    );
    expect(await runOnce(dataSource, 'shop.sell', {}, call, async () => 'done')).toBe('done');
  });

  test('while the first still runs, a repeat is told so', async () => {
    const call = { id: crypto.randomUUID(), actor, idempotencyKey: 'k4' };
    const { promise: running, resolve: started } = Promise.withResolvers<void>();
    const { promise: work, resolve: finish } = Promise.withResolvers<string>();
    const first = runOnce(dataSource, 'shop.sell', {}, call, () => {
      started();
      return work;
    });
    await running;
    await expect(runOnce(dataSource, 'shop.sell', {}, call, async () => 'second')).rejects.toMatchObject({
      code: 'conflict',
    });
    finish('first');
    expect(await first).toBe('first');
  });
});

describe('old messages', () => {
  /** Records of this many commands and events, of two kinds of age. */
  async function remember(count: number, kind: string, hours: number): Promise<void> {
    const age = `now() - make_interval(hours => ${hours})`;
    await dataSource.query(`INSERT INTO idempotency (scope, key, request_hash, done_at)
      SELECT 'shop.sell', '${kind}' || i, '', ${age} FROM generate_series(1, ${count}) AS i`);
    await dataSource.query(`INSERT INTO inbox_event (subscriber, event_id, seen_at)
      SELECT 'mail', '${kind}' || i, ${age} FROM generate_series(1, ${count}) AS i`);
  }
  const remembered = async () => ({
    keys: (await dataSource.query('SELECT key FROM idempotency ORDER BY key')).map(({ key }: { key: string }) => key),
    events: (await dataSource.query('SELECT event_id AS id FROM inbox_event ORDER BY id')).map(
      ({ id }: { id: string }) => id,
    ),
  });

  test('keys are forgotten after a day and seen events after two weeks, however many; younger ones are kept', async () => {
    await remember(2_500, 'ancient-', 24 * 14 + 1);
    await remember(1, 'of-yesterday-', 25);
    await remember(1, 'fresh-', 23);
    await new OldMessages(dataSource, silent).forget();
    expect(await remembered()).toEqual({ keys: ['fresh-1'], events: ['fresh-1', 'of-yesterday-1'] });
  });

  test('a service forgets by itself, again and again, until it stops', async () => {
    const replicas = [1, 2].map(() => new OldMessages(dataSource, silent, 10));
    for (const replica of replicas) replica.onApplicationBootstrap();
    for (const round of ['first-', 'second-']) {
      await remember(5, round, 400);
      await until(async () => (await remembered()).events.length === 0, { what: 'the old to be forgotten' });
    }
    await Promise.all(replicas.map((replica) => replica.onApplicationShutdown()));
  });

  test('what another replica is deleting is left to it, and nobody waits', async () => {
    await remember(3, 'old-', 400);
    const other = dataSource.createQueryRunner();
    await other.startTransaction();
    await other.query(`SELECT 1 FROM idempotency WHERE key = 'old-1' FOR UPDATE`);
    await new OldMessages(dataSource, silent).forget();
    await other.rollbackTransaction();
    await other.release();
    expect(await remembered()).toEqual({ keys: ['old-1'], events: [] });
  });

  test('while the database is away it waits for the next time', async () => {
    await remember(1, 'old-', 400);
    let isAway = true;
    const query: DataSource['query'] = (...rest) =>
      isAway ? Promise.reject(new Error('away')) : dataSource.query(...rest);
    const messages = new OldMessages({ query } as DataSource, silent, 10);
    messages.onApplicationBootstrap();
    isAway = false;
    await until(async () => (await remembered()).keys.length === 0, { what: 'the old to be forgotten' });
    await messages.onApplicationShutdown();
  });
});

test('everything holds behind a pooler in transaction mode', async () => {
  const bouncer = await startPgBouncer(url);
  if (!bouncer) return console.warn('PgBouncer is not installed: the pooler is not tested');
  const pooled = await new DataSource(databaseOptions({ url: bouncer.url, poolSize: 20 })).initialize();
  try {
    const { bus, published } = fakeBus();
    const outbox = new Outbox(pooled, bus, silent);
    await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        runOnce(
          pooled,
          'shop.sell',
          { i },
          { id: crypto.randomUUID(), actor: { kind: 'anonymous' } },
          async (manager) => {
            await manager.query('INSERT INTO sale VALUES ($1)', [String(i)]);
            await outbox.add(manager, shopApi.sold, { item: String(i) });
          },
        ),
      ),
    );
    await outbox.drain();
    expect(published).toHaveLength(40);
    expect(await sales()).toHaveLength(40);
    await dataSource.query(`UPDATE idempotency SET done_at = now() - interval '2 days'`);
    await new OldMessages(pooled, silent).forget();
    expect(await dataSource.query('SELECT key FROM idempotency')).toEqual([]);
  } finally {
    await pooled.destroy();
    await bouncer.stop();
  }
});
