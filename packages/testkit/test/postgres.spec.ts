import { withClient } from '@viewora/devstack/postgres';
import { startPgBouncer } from '../src/pgbouncer.ts';
import { startPostgres, type TestPostgres } from '../src/postgres.ts';

let postgres: TestPostgres;

beforeAll(async () => {
  postgres = await startPostgres();
});

afterAll(() => postgres.stop());

test('databases are separate', async () => {
  const other = await postgres.createDatabase();
  await withClient(postgres.url, (client) => client.query('CREATE TABLE only_here ()'));
  const found = await withClient(other, (client) => client.query("SELECT to_regclass('only_here') AS name"));
  expect(found.rows).toEqual([{ name: null }]);
});

test('a service owns its schema, finds its extensions, and cannot touch what is not its own', async () => {
  const url = await postgres.createServiceDatabase('property');
  await withClient(url, async (client) => {
    await client.query('CREATE TABLE listing (title text)');
    const { rows } = await client.query(
      "SELECT current_user AS role, 'property.listing'::regclass::text AS listing, unaccent('Málaga') AS city, similarity('a', 'a') AS same",
    );
    expect(rows).toEqual([{ role: 'property', listing: 'listing', city: 'Malaga', same: 1 }]);
    await expect(client.query('CREATE TABLE public.stray ()')).rejects.toThrow('permission denied');
  });
});

test('two databases for one service can be made at once', async () => {
  const urls = await Promise.all(['one', 'two', 'three'].map(() => postgres.createServiceDatabase('accounts')));
  expect(new Set(urls).size).toBe(3);
});

test('through PgBouncer, session state does not outlive its transaction', async () => {
  const url = await postgres.createServiceDatabase('property');
  const pooler = await startPgBouncer(url, { poolSize: 1 });
  if (pooler === null) {
    console.warn('Skipped: PgBouncer is not installed');
    return;
  }
  await withClient(pooler.url, async (one) => {
    await withClient(pooler.url, async (other) => {
      // One server connection for two clients: what the one sets, the other sees.
      await one.query("SET application_name = 'leaked'");
      expect((await other.query('SHOW application_name')).rows).toEqual([{ application_name: 'leaked' }]);
      expect((await other.query('SHOW search_path')).rows).toEqual([{ search_path: 'property, extensions' }]);
    });
  });
  await pooler.stop();
});
