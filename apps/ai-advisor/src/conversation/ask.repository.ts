import { Injectable } from '@nestjs/common';
import type { AnswerPart } from '@viewora/contracts/answer';
import type { AnswerState } from '@viewora/contracts/conversation';
import { DataSource, type EntityManager } from 'typeorm';
import type { EarlierAnswer } from './answer.record.ts';

export interface Question {
  conversationId: string;
  owner: string;
  messageId: string;
  text: string;
  /** What the conversation is called if it has no title yet. */
  title: string;
  /** An answer whose place this one takes. */
  instead?: string | undefined;
}

/** Whether an answer may begin; if so, what the answers of the conversation were, the last one first. */
export type Begun =
  | { kind: 'begun'; before: EarlierAnswer[] }
  | { kind: 'not_found' }
  | { kind: 'too_many' }
  | { kind: 'answered' }
  | { kind: 'running'; messageId: string };

/** Questions as they are asked, and their answers as they end. */
@Injectable()
export class AskRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Stores a question, unless another is being answered; in one transaction, and one at a time for each conversation. */
  begin({ conversationId, owner, messageId, text, title, instead }: Question, mostMessages: number): Promise<Begun> {
    return this.dataSource.transaction(async (manager): Promise<Begun> => {
      const [conversation]: unknown[] = await manager.query(
        'SELECT id FROM conversation WHERE id = $1 AND owner = $2 FOR UPDATE',
        [conversationId, owner],
      );
      if (!conversation) return { kind: 'not_found' };
      if (instead !== undefined) await takeAway(manager, conversationId, instead);
      const [state]: { running: string | null; count: number }[] = await manager.query(
        `SELECT min(id::text) FILTER (WHERE state = 'running') AS running, count(*)::int AS count
         FROM message WHERE conversation_id = $1`,
        [conversationId],
      );
      if (state?.running) return { kind: 'running', messageId: state.running };
      if (state && state.count >= mostMessages) return { kind: 'too_many' };
      const before = await answersOf(manager, conversationId);
      const stored: unknown[] = await manager.query(
        `INSERT INTO message (id, conversation_id, question, state) VALUES ($1, $2, $3, 'running')
         ON CONFLICT (id) DO NOTHING RETURNING id`,
        [messageId, conversationId, text],
      );
      if (stored.length === 0) return { kind: 'answered' };
      await manager.query('UPDATE conversation SET title = coalesce(title, $2), updated_at = now() WHERE id = $1', [
        conversationId,
        title,
      ]);
      return { kind: 'begun', before };
    });
  }

  /** What was taken for interrupted may yet say how it ended. Nothing where the conversation is gone. */
  async end(messageId: string, state: AnswerState, parts: readonly AnswerPart[]): Promise<void> {
    await this.dataSource.query(
      `UPDATE message SET state = $2, parts = $3 WHERE id = $1 AND state IN ('running', 'interrupted')`,
      [messageId, state, JSON.stringify(parts)],
    );
  }

  /** Its replica died: nobody else would say that it has ended. */
  async interrupt(messageId: string): Promise<void> {
    await this.dataSource.query(`UPDATE message SET state = 'interrupted' WHERE id = $1 AND state = 'running'`, [
      messageId,
    ]);
  }
}

/** Without their prose and what is known of their homes, which is most of them. */
function answersOf(manager: EntityManager, conversationId: string): Promise<EarlierAnswer[]> {
  return manager.query(
    `SELECT
       (SELECT part -> 'data' FROM json_array_elements(parts) part WHERE part ->> 'event' = 'filter' LIMIT 1) AS said,
       ARRAY(SELECT item ->> 'id' FROM json_array_elements(parts) part, json_array_elements(part -> 'data' -> 'items') item
             WHERE part ->> 'event' = 'results') AS "listingIds"
     FROM message WHERE conversation_id = $1 ORDER BY asked_at DESC, id DESC`,
    [conversationId],
  );
}

/** What is asked again is not asked after itself: "cheaper" is then no cheaper still. An answer that is whole stays, as does one that others follow. */
async function takeAway(manager: EntityManager, conversationId: string, messageId: string): Promise<void> {
  await manager.query(
    `DELETE FROM message WHERE id = $2 AND state IN ('stopped', 'failed', 'interrupted')
       AND id = (SELECT id FROM message WHERE conversation_id = $1 ORDER BY asked_at DESC, id DESC LIMIT 1)`,
    [conversationId, messageId],
  );
}
