import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A reference locks the listing for each entry of its history: more than half of what writing a million entries took. What the
 * reference was there for, that nothing is left of a listing that is erased, one statement does.
 */
export class HistoryKeeper1767225600012 implements MigrationInterface {
  name = 'HistoryKeeper1767225600012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE listing_history DROP CONSTRAINT listing_history_listing_id_fkey;
      CREATE FUNCTION erase_history() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN DELETE FROM listing_history USING erased WHERE listing_id = erased.id; RETURN NULL; END $$;
      CREATE TRIGGER listing_erased AFTER DELETE ON listing REFERENCING OLD TABLE AS erased
        FOR EACH STATEMENT EXECUTE FUNCTION erase_history()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER listing_erased ON listing;
      DROP FUNCTION erase_history();
      ALTER TABLE listing_history ADD FOREIGN KEY (listing_id) REFERENCES listing ON DELETE CASCADE`);
  }
}
