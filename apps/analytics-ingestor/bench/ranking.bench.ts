// What ranking costs: adding a minute and an hour's end in Redis, putting all in order on a replica, reading from it, and what
// Redis keeps. Its peer in the same run is what was tried first: the hours' sets united whenever they are wanted. It asserts nothing.
import { showSpread, spreadOf, timed } from '@viewora/testkit/figures';
import { startRedis } from '@viewora/testkit/redis';
import { Redis } from 'ioredis';
import { partitionOf, partitions, tagOf } from '../dist/partition.js';
import { windowHours } from '../dist/ranking/fold.script.js';
import { RankingRepository } from '../dist/ranking/ranking.repository.js';
import { RankingService } from '../dist/ranking/ranking.service.js';
import { randomOf } from '../test/lab.ts';

const sizes = [10_000, 100_000];
const cities = 40;
/** One listing in so many is looked at in an hour. */
const oneIn = 4;
const reads = 5_000;
const firstHour = 500_000;

async function memory(redis: Redis): Promise<number> {
  return Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1]);
}

for (const active of sizes) {
  const random = randomOf(active);
  const server = await startRedis();
  const redis = new Redis(server.url);
  const repository = new RankingRepository(redis);
  const listings = Array.from({ length: active }, () => crypto.randomUUID());
  const facts = new Map(
    listings.map((id, i) => {
      return [
        id,
        { ownerId: null, isPublished: true, type: 'house' as const, city: `City ${i % cities}`, listedAt: 0 },
      ];
    }),
  );
  /** A minute of the whole platform, and what it takes to add it. */
  const minute = async (at: number, share: number) => {
    const pipeline = redis.pipeline();
    for (const listing of listings)
      if (random() < share)
        pipeline.zadd(`${tagOf(partitionOf(listing))}:w:${at}:v`, 1 + Math.floor(random() ** 4 * 30), listing);
    await pipeline.exec();
    const due = partitions.map((partition) => ({ partition, minutes: [at], last: at }));
    const took = await timed(() => repository.fold(due));
    await redis.del(partitions.map((partition) => `${tagOf(partition)}:w:${at}:v`));
    return took;
  };
  const before = await memory(redis);
  let turn = 0;
  for (let hour = 0; hour < windowHours.kept; hour++) turn = await minute((firstHour + hour) * 60, 1 / oneIn);
  const kept = (await memory(redis)) - before;
  const running: number[] = [];
  for (let i = 1; i <= 30; i++) running.push(await minute((firstHour + windowHours.kept - 1) * 60 + i, 1 / oneIn / 60));

  const known = { find: async () => facts, forget: () => undefined };
  const service = () => new RankingService(repository, known as never, {} as never, console as never);
  const orders: number[] = [];
  for (let i = 0; i < 7; i++) orders.push(await timed(() => service().popular({ limit: 20 })));
  const warm = service();
  await warm.popular({ limit: 20 });
  const some = () => listings[Math.floor(random() * active)] ?? '';
  const took: number[] = [];
  for (let i = 0; i < reads; i++) {
    const place = `city ${Math.floor(random() * cities)}`;
    took.push(await timed(() => warm.trending({ place, limit: 20 })));
    took.push(await timed(() => warm.popular({ limit: 20 })));
    took.push(await timed(() => warm.of(some())));
  }

  // The peer: a set for each hour, united when somebody asks.
  const sets = Array.from({ length: 84 }, (_, i) => `{a:00}:peer:${i}`);
  for (const key of sets) {
    const members = listings.flatMap((id) => (partitionOf(id) === 0 && random() < 1 / oneIn ? [1, id] : []));
    await redis.zadd(key, ...members);
  }
  const union = await timed(() => redis.zunionstore('{a:00}:peer', sets.length, ...sets));
  const hours = (active / oneIn) * windowHours.kept;
  console.log(
    [
      `${active} active listings, each looked at in one hour of ${oneIn}, over eight days`,
      `  add a minute, all partitions   ${showSpread(spreadOf(running))} ms`,
      `  add an hour, and turn it       ${turn.toFixed(1)} ms`,
      `  order them all on a replica    ${showSpread(spreadOf(orders))} ms, once a minute`,
      `  read from the order            ${showSpread(spreadOf(took))} ms`,
      `  Redis keeps                    ${(kept / 1e6).toFixed(1)} MB: ${(kept / hours).toFixed(0)} bytes a listing and hour`,
      `  peer: unite 84 hours of one partition when asked  ${union.toFixed(1)} ms, times ${partitions.length}`,
    ].join('\n'),
  );
  redis.disconnect();
  await server.stop();
}
