-- Printed by: node packages/devstack/src/print-service-sql.ts advisor
DO $$ BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('service role'));
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'advisor') THEN
    ALTER ROLE advisor LOGIN PASSWORD 'choose-a-password';
  ELSE
    CREATE ROLE advisor LOGIN PASSWORD 'choose-a-password';
  END IF;
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('GRANT advisor TO %I', current_user);
  END IF;
END $$;
CREATE SCHEMA IF NOT EXISTS extensions;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA extensions;
CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA extensions;
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA extensions;
GRANT USAGE ON SCHEMA extensions TO advisor;
CREATE SCHEMA IF NOT EXISTS advisor AUTHORIZATION advisor;
DO $$ BEGIN
  EXECUTE format('ALTER ROLE advisor IN DATABASE %I SET search_path = advisor, extensions', current_database());
END $$;
