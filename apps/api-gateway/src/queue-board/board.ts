import { type JobQueue, jobPrefix, jobQueues } from '@viewora/contracts/job';
import type { FastifyInstance } from 'fastify';
import { shownOf } from './shown-data.ts';

/** Bull Board over the scheduler's queues, below `path`; together with BullMQ it takes 20 MB of memory, and a few connections. */
export async function openBoard(redisUrl: string, path: string): Promise<FastifyInstance> {
  const [{ fastify }, { Queue }, { createBullBoard }, { BullMQAdapter }, { FastifyAdapter }] = await Promise.all([
    import('fastify'),
    import('bullmq'),
    import('@bull-board/api'),
    import('@bull-board/api/bullMQAdapter'),
    import('@bull-board/fastify'),
  ]);
  const connection = { url: redisUrl, maxRetriesPerRequest: 1, commandTimeout: 5_000, enableOfflineQueue: false };
  const queues = jobQueues.map((name) => new Queue(name, { connection, prefix: jobPrefix, skipMetasUpdate: true }));
  // The client reconnects by itself; without a listener its errors would end the process.
  for (const queue of queues) queue.on('error', () => undefined);

  const serverAdapter = new FastifyAdapter();
  serverAdapter.setBasePath(path);
  const adapters = queues.map((queue) => {
    const adapter = new BullMQAdapter(queue, { allowRetries: true });
    adapter.setFormatter('data', (data) => shownOf(queue.name as JobQueue, data));
    return adapter;
  });
  const uiConfig = { boardTitle: 'Viewora jobs', hideRedisDetails: true, hideDocsLink: true, showWorkers: false };
  createBullBoard({ queues: adapters, serverAdapter, options: { uiConfig } });

  const board = fastify();
  board.addHook('onClose', () => Promise.all(queues.map((queue) => queue.close().catch(() => undefined))));
  await board.register(serverAdapter.registerPlugin(), { prefix: path });
  return board;
}
