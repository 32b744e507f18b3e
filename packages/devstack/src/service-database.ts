import { withClient } from './postgres.ts';

/** Who a service is to Postgres: it owns one schema, and its role and its schema have one name. */
export interface ServiceDatabase {
  /** The name of the schema and of the role: lower-case letters, digits and underscores. */
  schema: string;
  password: string;
}

/** Taken from what Supabase offers; PostGIS is not among them on purpose (the embedded server has none). */
export const extensions = ['pg_trgm', 'unaccent', 'btree_gist'];

/**
 * The role, for the whole server. The lock is for tests that do this at once on one server, each from the same database. The administrator must be a member of it to give it a schema, which only a superuser
 * is by nature, and Supabase's `postgres` is none.
 */
export function roleSql({ schema, password }: ServiceDatabase): string {
  const role = identifier(schema);
  const secret = `'${password.replaceAll("'", "''")}'`;
  return `DO $$ BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('service role'));
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}') THEN
    ALTER ROLE ${role} LOGIN PASSWORD ${secret};
  ELSE
    CREATE ROLE ${role} LOGIN PASSWORD ${secret};
  END IF;
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('GRANT ${role} TO %I', current_user);
  END IF;
END $$;`;
}

/**
 * The schema and the extensions, for one database. Extensions live in a schema of their own, as on Supabase. The search
 * path is the role's setting, because a transaction pooler gives a session to somebody else between two statements.
 */
export function schemaSql({ schema }: Pick<ServiceDatabase, 'schema'>): string {
  const role = identifier(schema);
  return `CREATE SCHEMA IF NOT EXISTS extensions;
${extensions.map((name) => `CREATE EXTENSION IF NOT EXISTS ${name} WITH SCHEMA extensions;`).join('\n')}
GRANT USAGE ON SCHEMA extensions TO ${role};
CREATE SCHEMA IF NOT EXISTS ${role} AUTHORIZATION ${role};
DO $$ BEGIN
  EXECUTE format('ALTER ROLE ${role} IN DATABASE %I SET search_path = ${role}, extensions', current_database());
END $$;`;
}

/**
 * Sees to it that the service can use the database of `adminUrl`; repeating it changes nothing but the password.
 * @returns the service's own URL, on the same server and database.
 * @throws Error holding the SQL for an administrator when `adminUrl` may not create roles and schemas.
 */
export async function ensureServiceDatabase(adminUrl: string, service: ServiceDatabase): Promise<string> {
  if (serviceUrl(adminUrl, service) === adminUrl) return adminUrl;
  try {
    await withClient(adminUrl, async (client) => {
      await client.query(roleSql(service));
      await client.query(schemaSql(service));
    });
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === '42501')) throw cause;
    const sql = `${roleSql({ ...service, password: 'choose-one' })}\n${schemaSql(service)}`;
    throw new Error(`DATABASE_URL may not create the role ${service.schema}. As an administrator run once:\n${sql}`, {
      cause,
    });
  }
  return serviceUrl(adminUrl, service);
}

/**
 * The URL of the service's role on the server and database of `adminUrl`, which is given back where it is that role's
 * already (Supabase's pooler wants the project after the role's name: `property.abcd`).
 */
export function serviceUrl(adminUrl: string, service: ServiceDatabase): string {
  const url = new URL(adminUrl);
  if (decodeURIComponent(url.username).split('.')[0] === service.schema) return adminUrl;
  url.username = service.schema;
  url.password = encodeURIComponent(service.password);
  return url.href;
}

function identifier(name: string): string {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(name)) throw new Error(`Not a schema name: ${name}`);
  return name;
}
