import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DeleteTableCommand, DynamoDBClient, paginateScan, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import {
  type AnalyticsEvent,
  analyticsApi,
  type EventType,
  type Insights,
  type Ledger,
} from '@viewora/contracts/analytics';
import type { AnalyticsCheck } from '@viewora/contracts/analytics-check';
import type { Actor } from '@viewora/contracts/call';
import { AppError } from '@viewora/contracts/errors';
import { propertyApi } from '@viewora/contracts/property';
import type { InputOf, OutputOf, Query } from '@viewora/contracts/service';
import type { RunningProcess } from '@viewora/devstack/processes';
import { RedisStreamsClient } from '@viewora/redis-transport/client';
import type { RedisStreamsContext } from '@viewora/redis-transport/context';
import { RedisStreamsServer } from '@viewora/redis-transport/server';
import { startTestDynamoDb, type TestDynamoDb } from '@viewora/testkit/dynamodb';
import { onFreePort } from '@viewora/testkit/ports';
import { startScript } from '@viewora/testkit/processes';
import { startRedis, type TestRedis } from '@viewora/testkit/redis';
import { startStorage, type TestStorage } from '@viewora/testkit/storage';
import { until } from '@viewora/testkit/wait';
import { Redis } from 'ioredis';

const dist = join(import.meta.dirname, '../dist');
const partitions = Array.from({ length: 8 }, (_, number) => `{a:0${number}}`);
const minuteMs = 60_000;
const halfHourMs = 30 * minuteMs;

type ListingFacts = OutputOf<typeof propertyApi.listingOwners>['items'][number];
export type SomeFacts = Partial<Pick<ListingFacts, 'isPublished' | 'type' | 'city' | 'listedAt'>>;
export type SomeEvent = Partial<Omit<AnalyticsEvent, 'type' | 'data'>> & { type?: EventType; data?: object };

/** Figures by listing and minute, `H#` items alone. */
export type Minutes = Record<string, Record<string, number>>;

/** The ingestor as it runs in production, with servers of its own; property-api and the gateway are this process. */
export class Lab {
  readonly replicas: RunningProcess[] = [];
  /** Whose each listing is; nobody's is null. */
  readonly owners = new Map<string, string | null>();
  /** What else property-api says of some. */
  readonly facts = new Map<string, SomeFacts>();
  isPropertyApiAway = false;
  private readonly client: RedisStreamsClient;
  private readonly property: RedisStreamsServer;
  readonly dynamoDbClient: DynamoDBClient;
  readonly redisServer: TestRedis;
  readonly dynamoDb: TestDynamoDb;
  readonly storage: TestStorage;
  readonly redis: Redis;

  private constructor(redisServer: TestRedis, dynamoDb: TestDynamoDb, storage: TestStorage) {
    this.redisServer = redisServer;
    this.dynamoDb = dynamoDb;
    this.storage = storage;
    this.redis = new Redis(redisServer.url);
    this.client = new RedisStreamsClient({ redisUrl: redisServer.url, name: 'api-gateway' });
    this.property = new RedisStreamsServer({ redisUrl: redisServer.url, service: propertyApi.serviceName });
    this.property.addHandler(propertyApi.listingOwners.name, async ({ ids }: { ids: string[] }) => {
      if (this.isPropertyApiAway) throw new AppError('unavailable', 'away');
      const usual = { isPublished: true, type: 'house', city: 'Folsom', listedAt: '2020-01-01T00:00:00.000Z' };
      const known = ids.filter((id) => this.owners.has(id));
      return {
        items: known.map((id) => {
          return { id, ownerId: this.owners.get(id), title: `Home ${id}`, ...usual, ...this.facts.get(id) };
        }),
      };
    });
    this.property.addHandler(
      propertyApi.myListing.name,
      async ({ id }: { id: string }, context: RedisStreamsContext) => {
        const { actor } = context.getCall();
        if (actor.kind === 'user' && this.owners.get(id) === actor.userId) return {};
        throw new AppError('not_found', 'You have no such listing');
      },
    );
    this.dynamoDbClient = new DynamoDBClient({
      endpoint: dynamoDb.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'viewora', secretAccessKey: 'viewora' },
    });
  }

  /** Time stands still, at the beginning of the next half-hour, until it is moved; or it passes as everywhere. */
  static async open({ replicas = 1, timePasses = false } = {}): Promise<Lab> {
    const [redisServer, dynamoDb, storage] = await Promise.all([
      startRedis({ appendOnly: true }),
      startTestDynamoDb(),
      startStorage(),
    ]);
    const lab = new Lab(redisServer, dynamoDb, storage);
    try {
      await lab.begin(replicas, timePasses);
      return lab;
    } catch (error) {
      await lab.close();
      throw error;
    }
  }

  private async begin(replicas: number, timePasses: boolean): Promise<void> {
    await this.client.connect();
    await new Promise<void>((resolve) => this.property.listen(() => resolve()));
    if (!timePasses) await this.setClock(Math.ceil((Date.now() + 5 * minuteMs) / halfHourMs) * halfHourMs);
    await Promise.all(Array.from({ length: replicas }, () => this.startReplica()));
  }

  get environment(): Record<string, string> {
    return {
      ...this.storage.environment,
      ...this.dynamoDb.environment,
      REDIS_URL: this.redisServer.url,
      ANALYTICS_SECRET: 'a secret of the tests, of thirty-two characters',
    };
  }

  async startReplica(own: Record<string, string> = {}): Promise<RunningProcess> {
    const replica = await onFreePort((port) =>
      startScript(join(dist, 'main.js'), {
        env: { ...this.environment, PORT: String(port), ...own },
        waitFor: /"msg":"ready"/,
        timeoutMs: 60_000,
      }),
    );
    this.replicas.push(replica);
    return replica;
  }

  /** New listings; whose, where somebody's, and what they are. */
  listings(count: number, ownerId: string | null = null, facts: SomeFacts = {}): string[] {
    const ids = Array.from({ length: count }, () => crypto.randomUUID());
    for (const id of ids) {
      this.owners.set(id, ownerId);
      this.facts.set(id, facts);
    }
    return ids;
  }

  /** A listing becomes another, and everybody is told. */
  async changeListing(id: string, facts: SomeFacts): Promise<void> {
    this.facts.set(id, { ...this.facts.get(id), ...facts });
    await this.client.publishEvent(propertyApi.listingsChanged, JSON.stringify({ count: 1, ids: [id] }));
  }

  /** As the gateway does it: resolved means that the batch is on the stream. */
  async send(
    events: readonly unknown[],
    { isBot = false, actor = { kind: 'anonymous' } }: { isBot?: boolean; actor?: Actor } = {},
  ): Promise<void> {
    const input = JSON.stringify({ events, isBot });
    await this.client.queue(analyticsApi.events, input, { actor, requestId: crypto.randomUUID() });
  }

  /** Until every batch has been handled. */
  async drained(timeoutMs = 60_000): Promise<void> {
    const isEmpty = async () => (await this.redis.xlen('{analytics}:requests')) === 0;
    await until(isEmpty, { what: 'all batches to be handled', timeoutMs });
  }

  async ask<T extends Query>(operation: T, input: object, actor: Actor = { kind: 'anonymous' }): Promise<OutputOf<T>> {
    const requestId = crypto.randomUUID();
    return JSON.parse(await this.client.requestText(operation, JSON.stringify(input), { actor, requestId }));
  }

  /** As the timetable sends it. */
  async check(at: string): Promise<AnalyticsCheck[]> {
    const actor: Actor = { kind: 'service', name: 'scheduler' };
    await this.client.requestText(analyticsApi.check, JSON.stringify({ at }), {
      actor,
      requestId: crypto.randomUUID(),
    });
    const { items } = await this.ask(analyticsApi.analyticsChecks, {});
    return items;
  }

  ledger(): Promise<Ledger> {
    return this.ask(analyticsApi.ledger, {});
  }

  insights(id: string): Promise<Insights> {
    return this.ask(analyticsApi.insights, { id });
  }

  /** Until listings are ranked by everything that is over; every replica ranks for itself, and any of them may answer. */
  async ranked(): Promise<void> {
    let inARow = 0;
    const isRanked = async () => {
      const { asOf } = await this.ask(analyticsApi.popular, {});
      inARow = Date.parse(asOf ?? '') >= Math.floor((await this.clock()) / minuteMs) * minuteMs ? inARow + 1 : 0;
      return inARow > 8 * (this.replicas.length - 1);
    };
    await until(isRanked, { what: 'listings to be ranked' });
  }

  trending(query: InputOf<typeof analyticsApi.trending> = {}) {
    return this.ask(analyticsApi.trending, query);
  }

  popular(query: InputOf<typeof analyticsApi.popular> = {}) {
    return this.ask(analyticsApi.popular, query);
  }

  /** All that listings are ranked by, as Redis has it. */
  async rankingState(): Promise<Record<string, unknown>> {
    const state: Record<string, unknown> = {};
    for (const key of (await this.redis.keys('{a:*}:f:*')).sort()) {
      const isSet = (await this.redis.type(key)) === 'zset';
      const value = isSet ? await this.redis.zrange(key, 0, -1, 'WITHSCORES') : await this.redis.getBuffer(key);
      state[key] = Array.isArray(value) ? value : value?.toString('latin1');
    }
    return state;
  }

  /** Redis's time as the partitions have it. */
  async clock(): Promise<number> {
    return Math.max(...(await this.redis.mget(partitions.map((tag) => `${tag}:clock`))).map(Number));
  }

  async setClock(ms: number): Promise<void> {
    for (const tag of partitions) await this.redis.set(`${tag}:clock`, ms);
  }

  /** The running minute ends. */
  async passMinutes(count = 1): Promise<void> {
    const now = await this.clock();
    await this.setClock((Math.floor(now / minuteMs) + count) * minuteMs);
  }

  /** Until everything that is over is out of Redis. */
  async settled(timeoutMs = 60_000): Promise<void> {
    const isSettled = async () => {
      const minute = Math.floor((await this.clock()) / minuteMs);
      for (const tag of partitions) {
        if ((await this.redis.zcount(`${tag}:open`, '-inf', minute - 1)) > 0) return false;
        if ((await this.redis.zcount(`${tag}:hours`, '-inf', Math.floor(minute / 60) - 1)) > 0) return false;
        if ((await this.redis.zcount(`${tag}:days`, '-inf', Math.floor(minute / 1_440) - 1)) > 0) return false;
      }
      return true;
    };
    await until(isSettled, { what: 'closed windows to be settled', timeoutMs });
  }

  /** All items of a table, by key. */
  async items(table: 'PropertyViewEvents' | 'PropertyInterestEvents'): Promise<Record<string, Record<string, string>>> {
    const items: Record<string, Record<string, string>> = {};
    for await (const { Items = [] } of paginateScan({ client: this.dynamoDbClient }, { TableName: table })) {
      for (const { property_id, timestamp, ...rest } of Items) {
        const attributes = Object.entries(rest).map(([name, value]) => [name, String(value.N ?? value.S)]);
        items[`${property_id?.S} ${timestamp?.S}`] = Object.fromEntries(attributes.sort());
      }
    }
    return Object.fromEntries(Object.entries(items).sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Views by listing and minute, as `2026-11-22T23:42`. */
  async viewsByMinute(): Promise<Minutes> {
    const minutes: Minutes = {};
    for (const [key, attributes] of Object.entries(await this.items('PropertyViewEvents'))) {
      const [listing = '', item = ''] = key.split(' ');
      if (!item.startsWith('H#')) continue;
      for (const [name, value] of Object.entries(attributes))
        if (/^m\d\d$/.test(name))
          minutes[listing] = { ...minutes[listing], [`${item.slice(2)}:${name.slice(1)}`]: Number(value) };
    }
    return minutes;
  }

  /** Says of a minute that it had so many views, whatever it had. */
  async setViews(listing: string, minute: string, views: number): Promise<void> {
    await this.dynamoDbClient.send(
      new UpdateItemCommand({
        TableName: 'PropertyViewEvents',
        Key: { property_id: { S: listing }, timestamp: { S: `H#${minute.slice(0, 13)}` } },
        UpdateExpression: `SET m${minute.slice(14)} = :views`,
        ExpressionAttributeValues: { ':views': { N: String(views) } },
      }),
    );
  }

  async loseEverything(): Promise<void> {
    await this.redis.flushall();
    for (const TableName of ['PropertyViewEvents', 'PropertyInterestEvents'])
      await this.dynamoDbClient.send(new DeleteTableCommand({ TableName }));
  }

  /** `npm run analytics:rebuild`. */
  async rebuild(): Promise<string> {
    const env = { ...process.env, NODE_OPTIONS: '', ...this.environment };
    const { stdout } = await promisify(execFile)(process.execPath, [join(dist, 'rebuild.cli.js')], { env });
    return stdout;
  }

  async killReplicas(): Promise<void> {
    await Promise.all(this.replicas.splice(0).map((replica) => replica.kill()));
  }

  async close(): Promise<void> {
    await this.killReplicas();
    await Promise.all([this.client.close(), this.property.close()]);
    this.dynamoDbClient.destroy();
    this.redis.disconnect();
    await Promise.all([this.redisServer.stop(), this.dynamoDb.stop(), this.storage.stop()]);
  }
}

/** A view, or what `more` makes of it. */
export function eventOf(propertyId: string, more: SomeEvent = {}) {
  return {
    id: crypto.randomUUID(),
    type: 'view',
    propertyId,
    viewerId: crypto.randomUUID(),
    at: new Date().toISOString(),
    ...more,
  };
}

/** Views of one listing, each by another viewer. */
export function viewsOf(listing: string, count: number) {
  return Array.from({ length: count }, () => eventOf(listing));
}

/** Always the same numbers from 0 to 1 (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function shuffled<T>(all: readonly T[], random: () => number): T[] {
  return all
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}

export function expectBalanced({ received, admitted, duplicate, rejected, quarantined }: Ledger): void {
  const refused = Object.values(rejected).reduce((sum, count) => sum + count, 0);
  expect(admitted + duplicate + refused + quarantined).toBe(received);
}
