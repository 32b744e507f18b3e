import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People, what they prove themselves with, and their sessions. Of every secret only a hash or a sealed form is here. */
export class Account1767225600002 implements MigrationInterface {
  name = 'Account1767225600002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TYPE user_role AS ENUM ('buyer', 'seller', 'broker', 'admin');
      CREATE TYPE verification AS ENUM ('not_needed', 'none', 'pending', 'approved', 'rejected');

      CREATE TABLE app_user (
        id uuid PRIMARY KEY,
        email text NOT NULL UNIQUE CHECK (email = lower(email)),
        name text NOT NULL,
        role user_role NOT NULL,
        verification verification NOT NULL,
        password_hash text,
        password_version integer NOT NULL DEFAULT 1,
        email_verified_at timestamptz,
        blocked_at timestamptz,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      COMMENT ON COLUMN app_user.password_hash IS
        'Null where several have registered an address that nobody has confirmed: its owner chooses one by mail';
      COMMENT ON COLUMN app_user.password_version IS
        'Grows when the password changes, so that a sign-in that began with the old one cannot end';

      CREATE TABLE one_time_token (
        user_id uuid NOT NULL REFERENCES app_user ON DELETE CASCADE,
        purpose text NOT NULL CHECK (purpose IN ('verify_email', 'reset_password')),
        token_hash text NOT NULL UNIQUE,
        expires_at timestamptz NOT NULL,
        PRIMARY KEY (user_id, purpose)
      );
      CREATE INDEX one_time_token_expires ON one_time_token (expires_at);

      CREATE TABLE sign_in_ticket (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES app_user ON DELETE CASCADE,
        password_version integer NOT NULL,
        token_hash text NOT NULL UNIQUE,
        tries integer NOT NULL DEFAULT 0,
        expires_at timestamptz NOT NULL,
        code_hash text,
        code_expires_at timestamptz
      );
      CREATE INDEX sign_in_ticket_expires ON sign_in_ticket (expires_at);
      CREATE INDEX sign_in_ticket_user ON sign_in_ticket (user_id);

      CREATE TABLE attempt (
        key text PRIMARY KEY,
        failures integer NOT NULL,
        locked_until timestamptz,
        forget_at timestamptz NOT NULL
      );
      CREATE INDEX attempt_forget ON attempt (forget_at);
      COMMENT ON TABLE attempt IS 'Tries in a row that have not succeeded, by what is tried; keys hold no address in clear';

      CREATE TABLE mail_limit (
        key text PRIMARY KEY,
        sent_at timestamptz[] NOT NULL,
        forget_at timestamptz NOT NULL
      );
      CREATE INDEX mail_limit_forget ON mail_limit (forget_at);

      CREATE TABLE known_device (
        user_id uuid NOT NULL REFERENCES app_user ON DELETE CASCADE,
        device text NOT NULL,
        network text NOT NULL,
        seen_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (user_id, device, network)
      );
      CREATE INDEX known_device_seen ON known_device (seen_at);

      CREATE TABLE session (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES app_user ON DELETE CASCADE,
        generation integer NOT NULL DEFAULT 1,
        token_hash text NOT NULL,
        previous_token_hash text,
        device text NOT NULL,
        network text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        last_seen_at timestamptz NOT NULL DEFAULT now(),
        rotated_at timestamptz,
        expires_at timestamptz NOT NULL,
        revoked_at timestamptz
      );
      CREATE INDEX session_live ON session (user_id) WHERE revoked_at IS NULL;
      CREATE INDEX session_revoked ON session (revoked_at) WHERE revoked_at IS NOT NULL;
      CREATE INDEX session_expires ON session (expires_at);
      COMMENT ON COLUMN session.id IS 'The family: every refresh token of one sign-in carries it';

      CREATE TABLE signing_key (
        kid text PRIMARY KEY,
        public_jwk jsonb NOT NULL,
        sealed_private_jwk text NOT NULL,
        sealed_by text NOT NULL,
        signs_from timestamptz NOT NULL,
        signs_until timestamptz NOT NULL,
        CHECK (signs_from < signs_until)
      );
      COMMENT ON COLUMN signing_key.sealed_by IS
        'Which secret: after a change of it the keys of the old one cannot be opened, but what they signed still holds';`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE signing_key, session, known_device, mail_limit, attempt, sign_in_ticket, one_time_token, app_user;
      DROP TYPE verification, user_role`);
  }
}
