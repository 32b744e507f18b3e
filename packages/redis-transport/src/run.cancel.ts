import { AppError } from '@viewora/contracts/errors';
import type { Redis } from 'ioredis';
import { redisAway } from './admission.batch.ts';
import { runChannel, runKey, serviceKeys } from './keys.ts';
import { closingId, isRefusedId } from './run.entries.ts';

/** Closes a run: its readers are told, and its handler's signal aborts. One that is over stays as it is. */
export async function cancelRun(redis: Redis, service: string, runId: string): Promise<void> {
  const error = JSON.stringify(new AppError('conflict', 'The reply was cancelled').toReply());
  const results = await redis
    .pipeline()
    .xadd(runKey(service, runId), 'NOMKSTREAM', closingId, 'error', error)
    .publish(runChannel(service, runId), closingId)
    .publish(serviceKeys(service).cancellations, runId)
    .exec();
  const failure = results?.find(([problem]) => problem && !isRefusedId(problem))?.[0];
  if (failure) throw redisAway(failure);
}
