import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Ways to sign in beside a password, and what guards them. All of it goes with its user. */
export class SignInWay1767225600010 implements MigrationInterface {
  name = 'SignInWay1767225600010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE spent_challenge (
        hash text PRIMARY KEY,
        forget_at timestamptz NOT NULL
      );
      CREATE INDEX spent_challenge_forget ON spent_challenge (forget_at);
      COMMENT ON TABLE spent_challenge IS
        'Challenges carry their own time and signature; one that has been answered is noted here until its time is over';

      CREATE TABLE google_account (
        subject text PRIMARY KEY,
        user_id uuid NOT NULL UNIQUE REFERENCES app_user ON DELETE CASCADE,
        email text NOT NULL,
        linked_at timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE passkey (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES app_user ON DELETE CASCADE,
        credential_id text NOT NULL UNIQUE,
        public_key bytea NOT NULL,
        counter bigint NOT NULL,
        transports text[] NOT NULL,
        name text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        last_used_at timestamptz
      );
      CREATE INDEX passkey_user ON passkey (user_id);

      CREATE TABLE totp (
        user_id uuid PRIMARY KEY REFERENCES app_user ON DELETE CASCADE,
        sealed_secret text NOT NULL,
        sealed_by text NOT NULL,
        last_step bigint NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      COMMENT ON COLUMN totp.last_step IS 'Of the last code that was accepted: neither it nor an earlier one is again';
      COMMENT ON COLUMN totp.sealed_by IS
        'Which secret: after a change of it no code can be checked, and its owner is asked for a mailed one';

      CREATE TABLE totp_setup (
        user_id uuid PRIMARY KEY REFERENCES app_user ON DELETE CASCADE,
        sealed_secret text NOT NULL,
        sealed_by text NOT NULL,
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX totp_setup_expires ON totp_setup (expires_at);

      CREATE TABLE recovery_code (
        user_id uuid NOT NULL REFERENCES app_user ON DELETE CASCADE,
        code_hash text NOT NULL,
        PRIMARY KEY (user_id, code_hash)
      );`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE recovery_code, totp_setup, totp, passkey, google_account, spent_challenge');
  }
}
