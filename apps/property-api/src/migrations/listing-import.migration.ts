import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files that sellers and brokers have sent, worked off one after another. */
export class ListingImport1767225600007 implements MigrationInterface {
  name = 'ListingImport1767225600007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE listing_import (
        id uuid PRIMARY KEY,
        owner_id uuid NOT NULL,
        file_key text UNIQUE,
        file_name text NOT NULL,
        bytes integer NOT NULL,
        map jsonb NOT NULL,
        status text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
        stage text CHECK (stage IN ('reading', 'merging', 'indexing', 'finishing')),
        progress double precision NOT NULL DEFAULT 0,
        rows_read integer NOT NULL DEFAULT 0,
        created integer NOT NULL DEFAULT 0,
        updated integer NOT NULL DEFAULT 0,
        unchanged integer NOT NULL DEFAULT 0,
        rejected integer NOT NULL DEFAULT 0,
        failure text,
        attempts smallint NOT NULL DEFAULT 0,
        not_before timestamptz NOT NULL DEFAULT now(),
        lease_id uuid,
        lease_until timestamptz,
        merging_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        started_at timestamptz,
        finished_at timestamptz,
        CHECK ((status = 'running') = (lease_id IS NOT NULL)),
        CHECK ((status IN ('done', 'failed', 'cancelled')) = (finished_at IS NOT NULL))
      ) WITH (fillfactor = 50);
      COMMENT ON COLUMN listing_import.file_key IS 'Null once the file is removed from the bucket';
      COMMENT ON COLUMN listing_import.merging_at IS 'When it first began to change listings: from then on it cannot be cancelled';
      CREATE INDEX listing_import_owner ON listing_import (owner_id, id DESC);
      CREATE INDEX listing_import_open ON listing_import (id) WHERE finished_at IS NULL;
      CREATE INDEX listing_import_finished ON listing_import (finished_at) WHERE finished_at IS NOT NULL;
      CREATE INDEX listing_import_left ON listing_import (id) WHERE finished_at IS NOT NULL AND file_key IS NOT NULL;
      CREATE UNIQUE INDEX listing_import_running ON listing_import (owner_id) WHERE status = 'running';

      CREATE TABLE listing_import_rejected (
        import_id uuid NOT NULL REFERENCES listing_import ON DELETE CASCADE,
        line integer NOT NULL,
        errors jsonb NOT NULL,
        PRIMARY KEY (import_id, line)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE listing_import_rejected, listing_import');
  }
}
