import { createHash } from 'node:crypto';
import { type Call, ownerOf } from '@viewora/contracts/call';
import { AppError } from '@viewora/contracts/errors';
import type { DataSource, EntityManager } from 'typeorm';

/** How long a repeat waits for the first to finish before it is told so, ms. */
const lockTimeoutMs = 1_000;

/**
 * Runs a command's work in one transaction with the record of its idempotency key: one effect, however often it is sent
 * or redelivered, and every repeat gets the stored reply. Without a key the message's own id serves, which redelivery repeats.
 * @throws AppError `conflict` with status 422 for the same key with another input, and 409 while the first still runs.
 */
export async function runOnce<T>(
  dataSource: DataSource,
  operation: string,
  input: unknown,
  call: Pick<Call, 'id' | 'actor' | 'idempotencyKey'>,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  const scope = `${operation} ${ownerOf(call.actor)}`;
  const key = call.idempotencyKey ?? call.id;
  const requestHash = createHash('sha256').update(JSON.stringify(input)).digest('base64url');
  return dataSource.transaction(async (manager) => {
    await manager.query(`SET LOCAL lock_timeout = ${lockTimeoutMs}`);
    const inserted: unknown[] = await manager
      .query(
        'INSERT INTO idempotency (scope, key, request_hash) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1',
        [scope, key, requestHash],
      )
      .catch(stillRunning);
    if (inserted.length === 0) return storedReply<T>(manager, scope, key, requestHash);
    await manager.query('SET LOCAL lock_timeout = 0');
    const reply = await work(manager);
    await manager.query('UPDATE idempotency SET reply = $3 WHERE scope = $1 AND key = $2', [
      scope,
      key,
      JSON.stringify(reply ?? null),
    ]);
    return reply;
  });
}

async function storedReply<T>(manager: EntityManager, scope: string, key: string, requestHash: string): Promise<T> {
  const rows: { request_hash: string; reply: string }[] = await manager.query(
    'SELECT request_hash, reply FROM idempotency WHERE scope = $1 AND key = $2',
    [scope, key],
  );
  const [stored] = rows;
  if (!stored) throw new AppError('unavailable', 'Try again', { retryAfterSeconds: 1 });
  if (stored.request_hash !== requestHash) {
    throw new AppError('conflict', 'This idempotency key was used with another request', { status: 422 });
  }
  return JSON.parse(stored.reply) as T;
}

function stillRunning(error: unknown): never {
  const isLockTimeout = error instanceof Error && (error as Error & { code?: string }).code === '55P03';
  if (isLockTimeout)
    throw new AppError(
      'conflict',
      'The first request with this idempotency key is still running',
      {},
      { cause: error },
    );
  throw error;
}
