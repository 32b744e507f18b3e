import { analyticsApi } from '@viewora/contracts/analytics';
import type { Call } from '@viewora/contracts/call';
import type { RedisStreamsContext } from '@viewora/redis-transport/context';
import { RedisStreamsServer } from '@viewora/redis-transport/server';

const count = { h24: 1, d7: 1, total: 1 };
const figures = { views: 1, uniques: 1, impressions: 1, interests: 1, contacts: 1, dwellSeconds: 1 };
const at = '2026-01-01T00:00:00.000Z';

/** Answers as analytics-ingestor would, and keeps what it was told. */
export async function startFakeAnalytics(redisUrl: string) {
  const batches: { input: { events: unknown[]; isBot: boolean }; call: Call }[] = [];
  const server = new RedisStreamsServer({ redisUrl, service: analyticsApi.serviceName });
  const replies: Record<string, unknown> = {
    ledger: { received: 1, admitted: 1, duplicate: 0, rejected: {}, quarantined: 0 },
    insights: { views: count, uniques: count, interests: count, trend: null, rank: null },
    listingAnalytics: {
      from: at,
      to: at,
      granularity: 'day',
      totals: { ...figures, photos: 1, videos: 1, shares: 1, favourites: 1 },
      funnel: { impressions: 1, views: 1, contacts: 1 },
      series: [{ at, ...figures }],
    },
    trending: { items: [], asOf: at },
    popular: { items: [], asOf: at },
    badges: { items: [], asOf: at },
    mostViewed: { items: [], asOf: null },
    analyticsChecks: { items: [] },
  };
  for (const [key, { name }] of Object.entries(analyticsApi.operations)) {
    server.addHandler(name, async (input: (typeof batches)[number]['input'], context: RedisStreamsContext) => {
      if (key === 'events') batches.push({ input, call: context.getCall() });
      return replies[key] ?? {};
    });
  }
  await new Promise<void>((listening) => server.listen(() => listening()));
  return { batches, stop: () => server.close() };
}

export type FakeAnalytics = Awaited<ReturnType<typeof startFakeAnalytics>>;
