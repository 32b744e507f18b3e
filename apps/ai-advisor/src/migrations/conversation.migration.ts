import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was asked and answered. Parts are JSON as they came, not jsonb: they are hardly ever handed out but whole. */
export class Conversation1767225600100 implements MigrationInterface {
  name = 'Conversation1767225600100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE conversation (
        id uuid PRIMARY KEY,
        owner text NOT NULL CHECK (owner ~ '^(user|visitor):'),
        title text,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz(3) NOT NULL DEFAULT now()
      );
      CREATE INDEX conversation_owner ON conversation (owner, updated_at DESC, id DESC);
      CREATE INDEX conversation_age ON conversation (updated_at);
      COMMENT ON COLUMN conversation.owner IS 'user:<id>, or visitor:<id> of a browser without a session';
      CREATE TABLE message (
        id uuid PRIMARY KEY,
        conversation_id uuid NOT NULL REFERENCES conversation ON DELETE CASCADE,
        question text NOT NULL,
        state text NOT NULL CHECK (state IN ('running', 'done', 'stopped', 'failed', 'interrupted')),
        parts json NOT NULL DEFAULT '[]',
        asked_at timestamptz(3) NOT NULL DEFAULT now(),
        thumb text CHECK (thumb IN ('up', 'down')),
        reason text,
        feedback_at timestamptz(3)
      );
      CREATE INDEX message_conversation ON message (conversation_id, asked_at, id);
      CREATE UNIQUE INDEX message_running ON message (conversation_id) WHERE state = 'running';
      COMMENT ON COLUMN message.id IS 'Also of the run that answers it'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE message; DROP TABLE conversation');
  }
}
