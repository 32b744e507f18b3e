import type { MigrationInterface, QueryRunner } from 'typeorm';

export class FormerPerson1767225600008 implements MigrationInterface {
  name = 'FormerPerson1767225600008';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE former_person (user_id uuid PRIMARY KEY, erased_at timestamptz NOT NULL DEFAULT now());
      COMMENT ON TABLE former_person IS
        'Whoever was erased, for as long as a command of theirs may still come and leave something behind'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE former_person');
  }
}
