import { join } from 'node:path';
import { advisorApi } from '@viewora/contracts/advisor';
import { analyticsApi } from '@viewora/contracts/analytics';
import type { AnswerPart } from '@viewora/contracts/answer';
import type { Actor } from '@viewora/contracts/call';
import { AppError } from '@viewora/contracts/errors';
import { propertyApi } from '@viewora/contracts/property';
import type { InputOf, Operation, OutputOf } from '@viewora/contracts/service';
import { migrate } from '@viewora/database/data-source';
import type { RunningProcess } from '@viewora/devstack/processes';
import { RedisStreamsClient, type StreamPart } from '@viewora/redis-transport/client';
import { RedisStreamsServer } from '@viewora/redis-transport/server';
import { onFreePort } from '@viewora/testkit/ports';
import { startPostgres } from '@viewora/testkit/postgres';
import { startScript } from '@viewora/testkit/processes';
import { startRedis } from '@viewora/testkit/redis';
import { advisorDatabase } from '../src/database.ts';
import { FakeMarket } from './answer.lab.ts';

/** The advisor as it runs in production, on a Redis and a Postgres of its own; the other services and the gateway are this process. */
export async function openConversationLab() {
  const [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
  const databaseUrl = await postgres.createServiceDatabase('advisor');
  await migrate(advisorDatabase(databaseUrl));
  const market = new FakeMarket();
  const gate = new Gate();
  const servers = await Promise.all(
    [propertyApi, analyticsApi].map(({ serviceName }) => serve(redis.url, serviceName, market, gate)),
  );
  const client = new RedisStreamsClient({ redisUrl: redis.url, name: 'api-gateway' });
  await client.connect();
  const replicas: RunningProcess[] = [];

  async function startReplica(own: Record<string, string> = {}): Promise<RunningProcess> {
    const env = { REDIS_URL: redis.url, DATABASE_URL: databaseUrl, DEFAULT_CURRENCY: 'USD', LOG_LEVEL: 'info', ...own };
    const replica = await onFreePort((port) =>
      startScript(join(import.meta.dirname, '../dist/main.js'), {
        env: { ...env, PORT: String(port) },
        waitFor: /"msg":"ready"/,
        timeoutMs: 60_000,
      }),
    );
    replicas.push(replica);
    return replica;
  }

  return {
    market,
    gate,
    client,
    databaseUrl,
    redisUrl: redis.url,
    startReplica,
    /** What the advisor answers somebody. */
    async call<T extends Operation>(actor: Actor, operation: T, input: InputOf<T>): Promise<OutputOf<T>> {
      const options = { actor, requestId: 'test' };
      return JSON.parse(await client.requestText(operation, JSON.stringify(input), options)) as OutputOf<T>;
    },
    ask(actor: Actor, id: string, text: string, instead?: string) {
      return client.stream(advisorApi.ask, JSON.stringify({ id, text, instead }), {
        actor,
        requestId: 'test',
        keepsRunning: true,
      });
    },
    async close() {
      await client.close();
      await Promise.all(replicas.map((replica) => replica.stop()));
      await Promise.all(servers.map((server) => server.close()));
      await Promise.all([redis.stop(), postgres.stop()]);
    },
  };
}

export type ConversationLab = Awaited<ReturnType<typeof openConversationLab>>;

/** Where searches wait while it is closed. */
class Gate {
  private closed: PromiseWithResolvers<void> | undefined;

  close(): void {
    this.closed ??= Promise.withResolvers();
  }

  open(): void {
    this.closed?.resolve();
    this.closed = undefined;
  }

  async pass(): Promise<void> {
    await this.closed?.promise;
  }
}

async function serve(redisUrl: string, service: string, market: FakeMarket, gate: Gate): Promise<RedisStreamsServer> {
  const server = new RedisStreamsServer({ redisUrl, service });
  for (const [name, reply] of Object.entries(market.answers())) {
    if (!name.startsWith(`${service}.`)) continue;
    server.addHandler(name, async (input: unknown) => {
      if (name === propertyApi.candidates.name) await gate.pass();
      if (market.away.has(name)) throw new AppError('unavailable', 'away');
      return reply(input as never);
    });
  }
  await new Promise<void>((listening) => server.listen(() => listening()));
  return server;
}

/** An answer to its end. */
export async function collect(run: AsyncIterable<StreamPart>): Promise<AnswerPart[]> {
  const parts: AnswerPart[] = [];
  for await (const { text } of run) parts.push(JSON.parse(text));
  return parts;
}

/** An answer as far as its results are waited for. */
export async function untilFilter(run: AsyncIterable<StreamPart>): Promise<void> {
  for await (const { text } of run) if (JSON.parse(text).event === 'filter') return;
}
