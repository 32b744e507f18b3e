import type { EntityManager } from 'typeorm';

export interface InboxMessage {
  /** The subscribing service, or the part of it that keeps its own state. */
  subscriber: string;
  eventId: string;
  aggregateId?: string;
  /** The aggregate's version the event tells of. */
  version?: number;
}

/**
 * Gives an event its effect once. Run it in the transaction that makes the effect; returns false, without running `effect`,
 * when this event was seen before, or a newer version of its aggregate was.
 */
export async function handleOnce(
  manager: EntityManager,
  message: InboxMessage,
  effect: () => Promise<void>,
): Promise<boolean> {
  const { subscriber, eventId, aggregateId, version } = message;
  const [isNew] = await insertedRows(
    manager,
    'INSERT INTO inbox_event (subscriber, event_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1',
    [subscriber, eventId],
  );
  if (!isNew) return false;
  if (aggregateId !== undefined && version !== undefined) {
    const [isNewest] = await insertedRows(
      manager,
      `INSERT INTO inbox_version AS seen (subscriber, aggregate_id, version) VALUES ($1, $2, $3)
       ON CONFLICT (subscriber, aggregate_id) DO UPDATE SET version = excluded.version WHERE seen.version < excluded.version
       RETURNING 1`,
      [subscriber, aggregateId, version],
    );
    if (!isNewest) return false;
  }
  await effect();
  return true;
}

async function insertedRows(manager: EntityManager, sql: string, parameters: unknown[]): Promise<unknown[]> {
  return (await manager.query(sql, parameters)) as unknown[];
}
