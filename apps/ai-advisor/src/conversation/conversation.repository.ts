import { Injectable } from '@nestjs/common';
import type { Call } from '@viewora/contracts/call';
import type { Conversation, ExportedConversation, Feedback } from '@viewora/contracts/conversation';
import type { Command } from '@viewora/contracts/service';
import { runOnce } from '@viewora/database/idempotency';
import { handleOnce } from '@viewora/database/inbox';
import type { Position } from '@viewora/database/keyset';
import { DataSource, type EntityManager } from 'typeorm';
import { type ConversationRow, type MessageRow, toConversation, toExported, toFeedback } from './message.row.ts';

/** What somebody does to what is theirs, and the command that says so. */
export interface Act {
  owner: string;
  operation: Command;
  input: unknown;
  call: Call;
}

const counted = '(SELECT count(*)::int FROM message WHERE conversation_id = conversation.id) AS messages';
/** Of a conversation's answers their prose and which homes they had; what is known of those is most of them, and stays in the database. */
const saidIn = `
  SELECT id, question, state, asked_at, thumb, reason, feedback_at,
    ARRAY(SELECT part -> 'data' ->> 'text' FROM json_array_elements(parts) part WHERE part ->> 'event' = 'delta') AS prose,
    ARRAY(SELECT json_build_object('id', item -> 'id', 'title', item -> 'title')
          FROM json_array_elements(parts) part, json_array_elements(part -> 'data' -> 'items') item
          WHERE part ->> 'event' = 'results') AS listings
  FROM message WHERE conversation_id = $1 ORDER BY asked_at, id`;
/** Conversations deleted by one statement, so that none reaches its time limit. */
const batchSize = 500;

/** Conversations, each of one owner; messages go with theirs. What is somebody else's is not there. */
@Injectable()
export class ConversationRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Null where the owner has `most` of them already. */
  create({ owner, operation, input, call }: Act, id: string, most: number): Promise<string | null> {
    return runOnce(this.dataSource, operation.name, input, call, async (manager) => {
      // One at a time for each owner, so that no two find room for the last one.
      await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('conversation.' || $1, 0))`, [owner]);
      const inserted: unknown[] = await manager.query(
        `INSERT INTO conversation (id, owner) SELECT $1, $2
         WHERE (SELECT count(*) FROM conversation WHERE owner = $2) < $3 RETURNING id`,
        [id, owner, most],
      );
      return inserted.length > 0 ? id : null;
    });
  }

  /** The last asked first, one more than asked for where there are more. */
  async list(owner: string, limit: number, after: Position | null): Promise<Conversation[]> {
    const rows: ConversationRow[] = await this.dataSource.query(
      `SELECT *, ${counted} FROM conversation
       WHERE owner = $1 AND ($2::timestamptz IS NULL OR (updated_at, id) < ($2, $3::uuid))
       ORDER BY updated_at DESC, id DESC LIMIT $4`,
      [owner, after?.at ?? null, after?.id ?? null, limit + 1],
    );
    return rows.map(toConversation);
  }

  async find(owner: string, id: string): Promise<{ conversation: Conversation; messages: MessageRow[] } | null> {
    const [row]: ConversationRow[] = await this.dataSource.query(
      `SELECT *, ${counted} FROM conversation WHERE id = $1 AND owner = $2`,
      [id, owner],
    );
    if (!row) return null;
    const messages: MessageRow[] = await this.dataSource.query(
      'SELECT * FROM message WHERE conversation_id = $1 ORDER BY asked_at, id',
      [id],
    );
    return { conversation: toConversation(row), messages };
  }

  rename({ owner, operation, input, call }: Act, id: string, title: string): Promise<Conversation | null> {
    return runOnce(this.dataSource, operation.name, input, call, async (manager) => {
      const [rows]: [ConversationRow[], number] = await manager.query(
        `UPDATE conversation SET title = $3, updated_at = now() WHERE id = $1 AND owner = $2 RETURNING *, ${counted}`,
        [id, owner, title],
      );
      return rows[0] ? toConversation(rows[0]) : null;
    });
  }

  /** Says which of its messages was being answered; null where there is no such conversation. */
  delete({ owner, operation, input, call }: Act, id: string): Promise<{ running: string | null } | null> {
    return runOnce(this.dataSource, operation.name, input, call, async (manager) => {
      const { deleted, running } = await deleteHeld(manager, 'id = $1 AND owner = $2', [id, owner]);
      return deleted > 0 ? { running: running[0] ?? null } : null;
    });
  }

  /** Null where the owner has no such message; without a thumb the feedback is gone. */
  setFeedback(
    { owner, operation, input, call }: Act,
    id: string,
    { thumb, reason }: { thumb: Feedback['thumb'] | null; reason: string | null },
  ): Promise<{ feedback: Feedback | null } | null> {
    return runOnce(this.dataSource, operation.name, input, call, async (manager) => {
      const [rows]: [MessageRow[], number] = await manager.query(
        `UPDATE message SET thumb = $3, reason = $4, feedback_at = CASE WHEN $3::text IS NULL THEN NULL ELSE now() END
         FROM conversation WHERE message.id = $1 AND conversation.id = conversation_id AND owner = $2 RETURNING message.*`,
        [id, owner, thumb, reason],
      );
      return rows[0] ? { feedback: toFeedback(rows[0]) } : null;
    });
  }

  /** All of an owner's, the oldest first. */
  async export(owner: string): Promise<ExportedConversation[]> {
    const rows: ConversationRow[] = await this.dataSource.query(
      `SELECT *, ${counted} FROM conversation WHERE owner = $1 ORDER BY created_at, id`,
      [owner],
    );
    const exported: ExportedConversation[] = [];
    // One after another: all that is known of all their homes is more than one statement should go through.
    for (const row of rows) exported.push(toExported(row, await this.dataSource.query(saidIn, [row.id])));
    return exported;
  }

  /** All that an owner has, once for each event. Says which messages were being answered. */
  erase(owner: string, eventId: string): Promise<string[]> {
    return this.dataSource.transaction(async (manager) => {
      let stopped: string[] = [];
      await handleOnce(manager, { subscriber: 'advisor.conversations', eventId }, async () => {
        stopped = (await deleteHeld(manager, 'owner = $1', [owner])).running;
      });
      return stopped;
    });
  }

  /** Visitors' that nobody has come back to, and those in which nothing was asked. */
  async deleteOld(visitorDays: number, emptyHours: number): Promise<void> {
    const { manager } = this.dataSource;
    await deleteWhere(manager, `owner LIKE 'visitor:%' AND updated_at < now() - make_interval(days => $2)`, [
      visitorDays,
    ]);
    await deleteWhere(
      manager,
      `updated_at < now() - make_interval(hours => $2)
       AND NOT EXISTS (SELECT FROM message WHERE conversation_id = conversation.id)`,
      [emptyHours],
    );
  }
}

/** Nothing begins in a conversation while it is held: what is running once it is held is all that is stopped by its end. */
async function deleteHeld(
  manager: EntityManager,
  condition: string,
  parameters: unknown[],
): Promise<{ deleted: number; running: string[] }> {
  const held: { id: string }[] = await manager.query(
    `SELECT id FROM conversation WHERE ${condition} ORDER BY id FOR UPDATE`,
    parameters,
  );
  const ids = held.map(({ id }) => id);
  const running: { id: string }[] = await manager.query(
    `SELECT id FROM message WHERE conversation_id = ANY ($1) AND state = 'running'`,
    [ids],
  );
  await manager.query('DELETE FROM conversation WHERE id = ANY ($1)', [ids]);
  return { deleted: ids.length, running: running.map(({ id }) => id) };
}

/** The condition's parameters begin at $2. */
async function deleteWhere(manager: EntityManager, condition: string, parameters: unknown[]): Promise<void> {
  for (;;) {
    const [, deleted]: [unknown, number] = await manager.query(
      `DELETE FROM conversation WHERE id = ANY (ARRAY(SELECT id FROM conversation WHERE ${condition} LIMIT $1))`,
      [batchSize, ...parameters],
    );
    if (deleted < batchSize) return;
  }
}
