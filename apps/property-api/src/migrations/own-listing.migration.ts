import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Listings that people write themselves: they begin as drafts that may lack a price, and belong to somebody. */
export class OwnListing1767225600002 implements MigrationInterface {
  name = 'OwnListing1767225600002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE listing
        ADD owner_id uuid,
        ADD own_title text,
        ADD own_description text,
        ADD blocked_reason text,
        ALTER price_minor DROP NOT NULL,
        ALTER price_band DROP NOT NULL,
        ADD CONSTRAINT listing_priced CHECK (status IN ('draft', 'archived') OR price_minor IS NOT NULL) NOT VALID;
      CREATE TABLE market_change (seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
      COMMENT ON TABLE market_change IS
        'A row for each change that the cell aggregates and the gazetteer do not know yet: written with the change, and so by many at once without waiting for each other'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE market_change;
      DELETE FROM listing WHERE price_minor IS NULL;
      ALTER TABLE listing DROP CONSTRAINT listing_priced, DROP blocked_reason, DROP own_description, DROP own_title, DROP owner_id,
        ALTER price_band SET NOT NULL, ALTER price_minor SET NOT NULL`);
  }
}

/** What reads the whole table, in a transaction of its own: the lock of the changes above, which stops every search, is gone by then. */
export class OwnListingIndex1767225600003 implements MigrationInterface {
  name = 'OwnListingIndex1767225600003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE listing VALIDATE CONSTRAINT listing_priced;
      CREATE INDEX listing_owner ON listing (owner_id, updated_at DESC, id DESC) WHERE owner_id IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX listing_owner');
  }
}
