import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../src/ports.ts';
import { startPostgresServer, superuserUrl, withClient } from '../src/postgres.ts';
import { ensureServiceDatabase, schemaSql, serviceUrl } from '../src/service-database.ts';

const service = { schema: 'property', password: "pro'per:ty" };

test('an administrator who is no superuser can make a service database, again and again; others are told how', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'viewora-service-'));
  await chmod(folder, 0o755);
  const port = await freePort();
  const server = await startPostgresServer({ port, dataDir: join(folder, 'data'), durable: false });
  await withClient(superuserUrl(port), async (client) => {
    // As much as Supabase's `postgres` may do.
    await client.query('CREATE ROLE admin LOGIN CREATEROLE; CREATE ROLE guest LOGIN');
    await client.query('CREATE DATABASE market OWNER admin');
  });
  const adminUrl = `postgres://admin@127.0.0.1:${port}/market`;

  const url = await ensureServiceDatabase(adminUrl, service);
  expect(await ensureServiceDatabase(adminUrl, service)).toBe(url);

  const { rows } = await withClient(url, async (client) => {
    await client.query('CREATE TABLE listing ()');
    return client.query(
      "SELECT 'listing'::regclass::oid = 'property.listing'::regclass::oid AS own, unaccent('é') AS e",
    );
  });
  expect(rows).toEqual([{ own: true, e: 'e' }]);
  const refused = ensureServiceDatabase(`postgres://guest@127.0.0.1:${port}/market`, {
    ...service,
    schema: 'accounts',
  });
  await expect(refused).rejects.toThrow(/may not create the role accounts.*CREATE SCHEMA IF NOT EXISTS accounts/s);
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

test("a URL that is the service's own already is left as it is, the pooler's way of naming it included", () => {
  for (const own of ['postgres://property:x@db.test/market', 'postgres://property.abcd:x@pooler.test:6543/postgres']) {
    expect(serviceUrl(own, service)).toBe(own);
  }
  expect(serviceUrl('postgres://postgres:x@db.test/market', service)).toBe(
    "postgres://property:pro'per%3Aty@db.test/market",
  );
});

test('a name that is no plain identifier never reaches the SQL', () => {
  expect(() => schemaSql({ schema: 'a; DROP TABLE listing' })).toThrow('Not a schema name');
});
