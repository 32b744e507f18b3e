import { analyticsApi } from '@viewora/contracts/analytics';
import type { AnswerDataOf, AnswerPart } from '@viewora/contracts/answer';
import { AppError } from '@viewora/contracts/errors';
import type { ListingDetail } from '@viewora/contracts/listing';
import type { Market } from '@viewora/contracts/market';
import { type CandidateSearch, propertyApi } from '@viewora/contracts/property';
import { matches, type PropertyFilter } from '@viewora/contracts/property-filter';
import { fold } from '@viewora/contracts/text';
import { migrate } from '@viewora/database/data-source';
import { RedisStreamsServer } from '@viewora/redis-transport/server';
import { bootCommand } from '@viewora/service-kit/boot';
import { startFakeGemini } from '@viewora/testkit/gemini';
import { startPostgres } from '@viewora/testkit/postgres';
import { startRedis } from '@viewora/testkit/redis';
import type { Asked } from '../src/answer/answer.service.ts';
import { beforeOf } from '../src/conversation/answer.record.ts';
import { advisorDatabase } from '../src/database.ts';
import { candidatesAmong } from './candidates.fake.ts';
import { places } from './market.ts';

/** A market as the advisor sees it over the Bus: what a test puts in, found as property-api finds it. */
export class FakeMarket {
  listings: ListingDetail[] = [];
  markets: Market[] = [];
  /** Of seven days, by listing. */
  views = new Map<string, number>();
  /** What was asked for, in turn. */
  readonly asked: string[] = [];
  /** Operations that fail. */
  readonly away = new Set<string>();

  answers(): Record<string, (input: never) => unknown> {
    return {
      [propertyApi.placesNamed.name]: ({ names }: { names: string[] }) => ({
        items: [...places.values()].filter(({ name }) => names.map(fold).includes(fold(name))),
      }),
      [propertyApi.candidates.name]: (input: CandidateSearch) => candidatesAmong(this.listings, input),
      [propertyApi.listingDetails.name]: ({ ids }: { ids: string[] }) => ({
        items: this.listings.filter(({ id }) => ids.includes(id)),
      }),
      [propertyApi.listingVersions.name]: () => ({ items: [], next: null }),
      [propertyApi.search.name]: ({ limit, ...filter }: PropertyFilter & { limit: number }) => {
        const found = this.listings.filter((one) => matches(one, filter));
        const total = { value: found.length, relation: 'exact' };
        return { items: found.slice(0, limit), nextCursor: null, total };
      },
      [propertyApi.market.name]: ({ place, type = null }: { place: string; type?: Market['type'] }) => ({
        ...(this.markets.find(({ key }) => key === fold(place)) ?? notFound()),
        type,
      }),
      [analyticsApi.insights.name]: ({ id }: { id: string }) => ({
        views: { h24: 0, d7: this.views.get(id) ?? 0, total: 0 },
        uniques: { h24: 0, d7: 0 },
        interests: { d7: 0, total: 0 },
        trend: null,
        rank: null,
      }),
      [analyticsApi.popularity.name]: ({ ids }: { ids: string[] }) => ({
        items: ids.flatMap((propertyId) => {
          const d7 = this.views.get(propertyId);
          return d7 === undefined ? [] : [{ propertyId, views: { d7 }, rank: null }];
        }),
        asOf: null,
      }),
      [analyticsApi.popular.name]: ({ place, limit }: { place: string; limit: number }) => ({
        items: this.listings
          .filter(({ id, city }) => this.views.has(id) && fold(city ?? '') === fold(place))
          .sort((a, b) => (this.views.get(b.id) ?? 0) - (this.views.get(a.id) ?? 0))
          .slice(0, limit)
          .map(({ id, city, type }) => ({
            propertyId: id,
            place: city,
            type,
            reasons: [],
            views: { d7: this.views.get(id) },
            rank: null,
          })),
        asOf: null,
      }),
    };
  }
}

function notFound(): never {
  throw new AppError('not_found', 'There is no such thing');
}

/** The advisor's own parts on a real Redis, prices in US dollars; the other services, and Gemini where wanted, are fakes. */
export async function openLab({
  hasModel,
  environment = {},
}: {
  hasModel: boolean;
  environment?: Record<string, string>;
}) {
  const [redis, postgres, gemini] = await Promise.all([startRedis(), startPostgres(), startFakeGemini()]);
  const databaseUrl = await postgres.createServiceDatabase('advisor');
  await migrate(advisorDatabase(databaseUrl));
  Object.assign(process.env, { REDIS_URL: redis.url, DATABASE_URL: databaseUrl, DEFAULT_CURRENCY: 'USD' });
  const quick = {
    GEMINI_STALL_TIMEOUT_MS: '5000',
    GEMINI_RETRIES: '0',
    GEMINI_CIRCUIT_FAILURES: '1000',
    // What is scripted for a question is meant for it alone.
    MODEL_CACHE_SECONDS: '0',
    ...environment,
  };
  if (hasModel) Object.assign(process.env, gemini.environment, quick);
  const market = new FakeMarket();
  const servers = await Promise.all(
    [propertyApi, analyticsApi].map(({ serviceName }) => serve(redis.url, serviceName, market)),
  );
  const [{ AppModule }, { AnswerService }, { DescribeService }, { env }] = await Promise.all([
    import('../src/app.module.ts'),
    import('../src/answer/answer.service.ts'),
    import('../src/describe/describe.service.ts'),
    import('../src/env.ts'),
  ]);
  const app = await bootCommand(AppModule, env);
  const answers = app.get(AnswerService);
  const ask = (text: string, { before = null, signal = new AbortController().signal }: Partial<Asked> = {}) =>
    answers.answer({ runId: crypto.randomUUID(), text, before, signal });
  return {
    market,
    gemini,
    /** Help with what listings say. */
    texts: app.get(DescribeService),
    ask,
    async answer(text: string, more: Partial<Asked> = {}): Promise<Answer> {
      const parts: AnswerPart[] = [];
      for await (const part of ask(text, more)) parts.push(part);
      return answerOf(parts);
    },
    async close() {
      await app.close();
      await Promise.all(servers.map((server) => server.close()));
      await Promise.all([redis.stop(), postgres.stop(), gemini.stop()]);
    },
  };
}

export type Lab = Awaited<ReturnType<typeof openLab>>;

async function serve(redisUrl: string, service: string, market: FakeMarket): Promise<RedisStreamsServer> {
  const server = new RedisStreamsServer({ redisUrl, service });
  for (const [name, reply] of Object.entries(market.answers())) {
    if (!name.startsWith(`${service}.`)) continue;
    server.addHandler(name, async (input: unknown) => {
      market.asked.push(name);
      if (market.away.has(name)) throw new AppError('unavailable', 'away');
      return reply(input as never);
    });
  }
  await new Promise<void>((resolve, reject) => {
    server.listen((error?: unknown) => (error ? reject(error) : resolve()));
  });
  return server;
}

/** An answer as it came. */
export function answerOf(parts: readonly AnswerPart[]) {
  const all = <E extends AnswerPart['event']>(event: E) =>
    parts.filter((part) => part.event === event).map(({ data }) => data as AnswerDataOf<E>);
  const one = <E extends AnswerPart['event']>(event: E): AnswerDataOf<E> => {
    const [only, ...others] = all(event);
    if (!only || others.length > 0) throw new Error(`There is not one part ${event}`);
    return only;
  };
  return {
    parts,
    events: parts.map(({ event }) => event),
    prose: all('delta')
      .map(({ text }) => text)
      .join(''),
    all,
    one,
  };
}

export type Answer = ReturnType<typeof answerOf>;

/** What the next question of a conversation follows. */
export function after(answer: Answer) {
  const listingIds = answer.one('results').items.map(({ id }) => id);
  return beforeOf([{ said: answer.one('filter'), listingIds }]);
}
