import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables behind outbox, inbox and idempotent commands; each service lists this among its migrations. */
export class Messaging1767225600000 implements MigrationInterface {
  name = 'Messaging1767225600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE outbox (
        seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        name text NOT NULL,
        payload text NOT NULL,
        aggregate_id text,
        version integer,
        written_at timestamptz NOT NULL DEFAULT now()
      ) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01);
      CREATE TABLE inbox_event (
        subscriber text NOT NULL,
        event_id text NOT NULL,
        seen_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (subscriber, event_id)
      );
      CREATE INDEX inbox_event_seen ON inbox_event (seen_at);
      CREATE TABLE inbox_version (
        subscriber text NOT NULL,
        aggregate_id text NOT NULL,
        version integer NOT NULL,
        PRIMARY KEY (subscriber, aggregate_id)
      );
      CREATE TABLE idempotency (
        scope text NOT NULL,
        key text NOT NULL,
        request_hash text NOT NULL,
        reply text,
        done_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (scope, key)
      );
      CREATE INDEX idempotency_done ON idempotency (done_at);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE idempotency, inbox_version, inbox_event, outbox');
  }
}
