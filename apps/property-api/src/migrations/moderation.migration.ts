import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createIndexSql } from '../listing/search-indexes.ts';

/** What people do about listings that are not theirs: they save them, and complain of them. */
export class Moderation1767225600004 implements MigrationInterface {
  name = 'Moderation1767225600004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE favourite (
        user_id uuid NOT NULL,
        listing_id uuid NOT NULL REFERENCES listing ON DELETE CASCADE,
        title text NOT NULL,
        saved_price_minor bigint NOT NULL,
        note text,
        saved_at timestamptz NOT NULL,
        PRIMARY KEY (user_id, listing_id)
      );
      CREATE INDEX favourite_latest ON favourite (user_id, saved_at DESC, listing_id DESC);
      CREATE INDEX favourite_listing ON favourite (listing_id);

      CREATE TABLE report (
        id uuid PRIMARY KEY,
        listing_id uuid NOT NULL REFERENCES listing ON DELETE CASCADE,
        reporter_id uuid,
        reason text NOT NULL,
        text text,
        status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'upheld', 'dismissed')),
        outcome text,
        at timestamptz NOT NULL,
        decided_at timestamptz,
        CHECK ((status = 'open') = (decided_at IS NULL))
      );
      CREATE UNIQUE INDEX report_one_each ON report (listing_id, reporter_id)
        WHERE status = 'open' AND reporter_id IS NOT NULL;
      CREATE INDEX report_queue ON report (status, at, id);
      CREATE INDEX report_listing ON report (listing_id, status, at, id);
      CREATE INDEX report_reporter ON report (reporter_id) WHERE reporter_id IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE report, favourite');
  }
}

/** What reads the whole table, in a transaction of its own. */
export class ModerationIndex1767225600005 implements MigrationInterface {
  name = 'ModerationIndex1767225600005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(createIndexSql('listing_state'));
    await runner.query(`
      CREATE INDEX listing_blocked ON listing (status, updated_at DESC, id DESC) WHERE blocked_at IS NOT NULL;
      CREATE INDEX listing_hidden_words ON listing USING gin (words) WHERE NOT is_public;
      CREATE INDEX listing_owner_newest ON listing (owner_id, listed_at DESC, id DESC) WHERE owner_id IS NOT NULL AND is_public;
      CREATE INDEX listing_sales ON listing (owner_id) WHERE owner_id IS NOT NULL AND status = 'sold'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP INDEX listing_sales, listing_owner_newest, listing_hidden_words, listing_blocked, listing_state',
    );
  }
}
