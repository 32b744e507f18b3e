import { advisorApi } from '@viewora/contracts/advisor';
import { RedisStreamsServer } from '@viewora/redis-transport/server';

/** ai-advisor as this service sees it: on the Bus, with one conversation of each person's. */
export async function startFakeAdvisor(redisUrl: string) {
  const server = new RedisStreamsServer({ redisUrl, service: advisorApi.serviceName });
  server.addHandler(advisorApi.personalData.name, async ({ userId }: { userId: string }) => ({
    conversations: [{ title: `Of ${userId}` }],
  }));
  await new Promise<void>((listening) => server.listen(() => listening()));
  return { stop: () => server.close() };
}
