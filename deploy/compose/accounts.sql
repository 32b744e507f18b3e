-- Printed by: node packages/devstack/src/print-service-sql.ts accounts
DO $$ BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('service role'));
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'accounts') THEN
    ALTER ROLE accounts LOGIN PASSWORD 'choose-a-password';
  ELSE
    CREATE ROLE accounts LOGIN PASSWORD 'choose-a-password';
  END IF;
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('GRANT accounts TO %I', current_user);
  END IF;
END $$;
CREATE SCHEMA IF NOT EXISTS extensions;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA extensions;
CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA extensions;
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA extensions;
GRANT USAGE ON SCHEMA extensions TO accounts;
CREATE SCHEMA IF NOT EXISTS accounts AUTHORIZATION accounts;
DO $$ BEGIN
  EXECUTE format('ALTER ROLE accounts IN DATABASE %I SET search_path = accounts, extensions', current_database());
END $$;
