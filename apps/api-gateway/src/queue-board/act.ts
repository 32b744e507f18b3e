import type { accountsApi } from '@viewora/contracts/accounts';
import { jobQueues } from '@viewora/contracts/job';
import type { InputOf } from '@viewora/contracts/service';
import type { FastifyRequest } from 'fastify';

type Act = InputOf<typeof accountsApi.noteJobAct>;

/** What can be done on the board, by the route's end: all of it leads to the same work once more, or sooner. */
const acts: Record<string, Act['action']> = {
  '/api/queues/:queueName/:jobId/retry': 'job.retry',
  '/api/queues/:queueName/retry/:queueStatus': 'job.retry',
  '/api/queues/:queueName/:jobId/promote': 'job.promote',
  '/api/queues/:queueName/promote': 'job.promote',
};
/** Their routes, below the board; each is a PUT. */
export const actRoutes = Object.keys(acts);

/** What a write of the board is about to do; null for what nobody may. Only what was given up is tried again as a whole. */
export function actOf({ routeOptions, params }: FastifyRequest): Act | null {
  const [, route = ''] = /\/admin\/queues(\/.*)$/.exec(routeOptions.url ?? '') ?? [];
  const action = acts[route];
  const { queueName, jobId = null, queueStatus = 'failed' } = params as Record<string, string | undefined>;
  const queue = jobQueues.find((name) => name === queueName);
  return action && queue && queueStatus === 'failed' ? { action, queue, jobId } : null;
}
