import type { propertyApi as Api } from '@viewora/contracts/property';
import { propertyApi } from '@viewora/contracts/property';
import type { OutputOf } from '@viewora/contracts/service';
import { RedisStreamsServer } from '@viewora/redis-transport/server';

type Market = OutputOf<typeof Api.marketStatistics>;

export const emptyMarket: Market = {
  listingsByType: [],
  listingsByCity: [],
  otherCities: 0,
  mostSaved: [],
  salesByOwner: [],
};

/** property-api as this service sees it: on the Bus, with what the test says. */
export async function startFakeProperty(redisUrl: string) {
  const fake = { market: emptyMarket, personalData: (_userId: string): unknown => ({}) };
  const server = new RedisStreamsServer({ redisUrl, service: propertyApi.serviceName });
  server.addHandler(propertyApi.marketStatistics.name, async () => fake.market);
  server.addHandler(propertyApi.personalData.name, async ({ userId }: { userId: string }) => fake.personalData(userId));
  await new Promise<void>((resolve, reject) => {
    server.listen((error?: unknown) => (error ? reject(error) : resolve()));
  });
  return Object.assign(fake, { stop: () => server.close() });
}
