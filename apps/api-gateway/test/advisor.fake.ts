import { advisorApi } from '@viewora/contracts/advisor';
import type { Understanding } from '@viewora/contracts/understanding';
import { RedisStreamsServer } from '@viewora/redis-transport/server';

/** Answers as ai-advisor would, and understands every question as one for houses. */
export async function startFakeAdvisor(redisUrl: string) {
  const server = new RedisStreamsServer({ redisUrl, service: advisorApi.serviceName });
  server.addHandler(advisorApi.parse.name, async ({ text }: { text: string }): Promise<Understanding> => {
    const understood = [{ start: 0, end: text.length, label: 'Houses', fields: ['type' as const] }];
    return { text, intent: 'find', filter: { type: ['house'] }, wishes: [], understood, leftOut: [] };
  });
  await new Promise<void>((listening) => server.listen(() => listening()));
  return { stop: () => server.close() };
}

export type FakeAdvisor = Awaited<ReturnType<typeof startFakeAdvisor>>;
