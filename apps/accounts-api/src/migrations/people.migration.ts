import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people apply for, are told and do as administrators. Only additions: the release before runs on it. */
export class People1767225600004 implements MigrationInterface {
  name = 'People1767225600004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE app_user
        ADD COLUMN blocked_reason text,
        ADD COLUMN search_text text NOT NULL GENERATED ALWAYS AS (lower(name || ' ' || email)) STORED;
      CREATE INDEX app_user_search ON app_user USING gin (search_text gin_trgm_ops);
      CREATE INDEX app_user_admin ON app_user (id) WHERE role = 'admin';
      -- Of all of somebody's sessions, the ended ones too: when they were last seen, and what goes with them.
      CREATE INDEX session_of_user ON session (user_id, last_seen_at DESC);

      CREATE TABLE erased_session (
        id uuid PRIMARY KEY,
        revoked_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX erased_session_revoked ON erased_session (revoked_at);
      COMMENT ON TABLE erased_session IS
        'Sessions of erased people, as long as one of their access tokens may be within its time';

      CREATE TYPE application_status AS ENUM ('draft', 'pending', 'approved', 'rejected');
      CREATE TABLE application (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES app_user ON DELETE CASCADE,
        role user_role NOT NULL CHECK (role IN ('seller', 'broker')),
        status application_status NOT NULL DEFAULT 'draft',
        message text,
        reason text,
        decided_by uuid,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        changed_at timestamptz(3) NOT NULL DEFAULT now(),
        submitted_at timestamptz(3),
        decided_at timestamptz(3),
        CHECK ((status = 'draft') = (submitted_at IS NULL)),
        CHECK ((status IN ('approved', 'rejected')) = (decided_at IS NOT NULL AND decided_by IS NOT NULL))
      );
      CREATE UNIQUE INDEX application_open ON application (user_id) WHERE status IN ('draft', 'pending');
      CREATE INDEX application_user ON application (user_id, id DESC);
      CREATE INDEX application_queue ON application (status, submitted_at, id);
      CREATE INDEX application_submitted ON application (submitted_at, id);
      COMMENT ON COLUMN application.decided_by IS 'Stays when that administrator is erased';

      CREATE TABLE application_document (
        id uuid PRIMARY KEY,
        application_id uuid NOT NULL REFERENCES application ON DELETE CASCADE,
        kind text NOT NULL,
        name text NOT NULL,
        content_type text NOT NULL,
        bytes integer NOT NULL CHECK (bytes > 0),
        object_key text NOT NULL UNIQUE,
        checked_at timestamptz(3),
        created_at timestamptz(3) NOT NULL
      );
      CREATE INDEX application_document_application ON application_document (application_id);
      COMMENT ON COLUMN application_document.checked_at IS 'When its bytes were found to be what was announced';

      CREATE TABLE object_removal (
        object_key text PRIMARY KEY,
        due_at timestamptz NOT NULL
      );
      CREATE INDEX object_removal_due ON object_removal (due_at);
      COMMENT ON TABLE object_removal IS
        'Objects that no row speaks of any more: written with whatever removed the row, worked off by the clean-up';
      -- However a document's row goes, its bytes are not forgotten. A link to upload them lasts ten minutes, the upload
      -- itself may take some more: what came after the removal would stay for ever.
      CREATE FUNCTION remove_object() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO object_removal (object_key, due_at)
          VALUES (OLD.object_key, greatest(now(), OLD.created_at + interval '20 minutes')) ON CONFLICT DO NOTHING;
        RETURN NULL;
      END $$;
      CREATE TRIGGER application_document_removed AFTER DELETE ON application_document
        FOR EACH ROW EXECUTE FUNCTION remove_object();

      CREATE TABLE notification (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES app_user ON DELETE CASCADE,
        kind text NOT NULL,
        title text NOT NULL,
        body text NOT NULL,
        link text,
        at timestamptz(3) NOT NULL DEFAULT now(),
        read_at timestamptz(3)
      );
      CREATE INDEX notification_inbox ON notification (user_id, at DESC, id DESC);
      CREATE INDEX notification_unread ON notification (user_id) WHERE read_at IS NULL;
      CREATE INDEX notification_at ON notification (at);

      CREATE TABLE audit_entry (
        id uuid PRIMARY KEY,
        at timestamptz(3) NOT NULL DEFAULT now(),
        actor_id uuid NOT NULL,
        action text NOT NULL,
        target_kind text NOT NULL,
        target_id uuid NOT NULL,
        reason text
      );
      CREATE INDEX audit_entry_at ON audit_entry (at DESC, id DESC);
      CREATE INDEX audit_entry_actor ON audit_entry (actor_id, at DESC, id DESC);
      CREATE INDEX audit_entry_target ON audit_entry (target_id, at DESC, id DESC);
      CREATE INDEX audit_entry_action ON audit_entry (action, at DESC, id DESC);
      COMMENT ON TABLE audit_entry IS 'Acts of administrators, for ever; ids only, so that nobody has to be erased from it';

      CREATE TABLE audit_label (
        entry_id uuid PRIMARY KEY REFERENCES audit_entry,
        label text NOT NULL,
        about uuid REFERENCES app_user ON DELETE CASCADE
      );
      CREATE INDEX audit_label_about ON audit_label (about);
      COMMENT ON TABLE audit_label IS
        'What an entry''s target was called then. Where that is a person''s name it goes with the person, the entry stays';

      CREATE FUNCTION keep_audit() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$;
      CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry
        FOR EACH ROW EXECUTE FUNCTION keep_audit();
      CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry EXECUTE FUNCTION keep_audit();
      CREATE TRIGGER audit_label_append_only BEFORE UPDATE ON audit_label
        FOR EACH ROW EXECUTE FUNCTION keep_audit();
      CREATE TRIGGER audit_label_no_truncate BEFORE TRUNCATE ON audit_label EXECUTE FUNCTION keep_audit();
      -- The delete that comes with somebody's erasure comes out of a trigger.
      CREATE TRIGGER audit_label_no_delete BEFORE DELETE ON audit_label
        FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION keep_audit();`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE audit_label, audit_entry, notification, object_removal, application_document, application, erased_session;
      DROP FUNCTION keep_audit, remove_object;
      DROP TYPE application_status;
      DROP INDEX session_of_user, app_user_admin, app_user_search;
      ALTER TABLE app_user DROP COLUMN search_text, DROP COLUMN blocked_reason`);
  }
}
