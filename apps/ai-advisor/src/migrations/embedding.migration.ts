import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What listings mean as vectors; all of it can be made again from their texts. */
export class Embedding1767225600020 implements MigrationInterface {
  name = 'Embedding1767225600020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE embedding (
        model text NOT NULL,
        listing_id uuid NOT NULL,
        version integer NOT NULL,
        content_hash text,
        scale real,
        codes bytea,
        vector real[],
        written xid8 NOT NULL DEFAULT pg_current_xact_id(),
        written_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (model, listing_id),
        CHECK (num_nulls(content_hash, scale, codes, vector) IN (0, 4))
      );
      -- Whoever follows the table reads the codes alone: they stay in the row, vectors do not, and neither can be compressed.
      ALTER TABLE embedding ALTER codes SET STORAGE PLAIN, ALTER vector SET STORAGE EXTERNAL;
      CREATE INDEX embedding_written ON embedding (model, written, listing_id);
      COMMENT ON TABLE embedding IS 'One row for each listing and model; one without codes says that the listing is gone';
      COMMENT ON COLUMN embedding.vector IS 'Of length 1';
      COMMENT ON COLUMN embedding.codes IS 'The vector divided by scale, 8-bit integers';
      COMMENT ON COLUMN embedding.written IS
        'The transaction that wrote the row: below the oldest one still running, nothing is added any more';

      CREATE TABLE embedding_wanted (
        model text NOT NULL,
        listing_id uuid NOT NULL,
        asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        due_at timestamptz NOT NULL DEFAULT now(),
        tries integer NOT NULL DEFAULT 0,
        PRIMARY KEY (model, listing_id)
      );
      CREATE INDEX embedding_due ON embedding_wanted (model, due_at);
      COMMENT ON TABLE embedding_wanted IS 'Listings to be looked at; whoever works at one moves its due_at on, so that no other does';

      CREATE TABLE embedding_sweep (
        model text PRIMARY KEY,
        wanted bigint NOT NULL DEFAULT 1,
        done bigint NOT NULL DEFAULT 0,
        leased_until timestamptz NOT NULL DEFAULT '-infinity'
      );
      COMMENT ON TABLE embedding_sweep IS 'Which wish for a comparison with all listings the last one fulfils'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE embedding_sweep, embedding_wanted, embedding');
  }
}
