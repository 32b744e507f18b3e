import type { MigrationInterface, QueryRunner } from 'typeorm';

/** That an owner still means what a listing says. */
export class Expiry1767225600010 implements MigrationInterface {
  name = 'Expiry1767225600010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE listing_confirmation (
        listing_id uuid PRIMARY KEY REFERENCES listing ON DELETE CASCADE,
        confirmed_at timestamptz,
        warned_at timestamptz
      ) WITH (fillfactor = 50);
      COMMENT ON TABLE listing_confirmation IS
        'Beside the listing, whose many indexes would make it dear to note of thousands a day that they are still in their feed';
      COMMENT ON COLUMN listing_confirmation.warned_at IS 'Counts while it is later than the last change and confirmation';
      CREATE INDEX listing_unchanged ON listing (updated_at, owner_id) WHERE is_public AND owner_id IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX listing_unchanged; DROP TABLE listing_confirmation');
  }
}
