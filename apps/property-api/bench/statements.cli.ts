// The statements that property-api runs for searches: `node bench/statements.cli.ts DATABASE_URL QUERIES.json`, where the queries are a list of query parameters. For a peer in another app's benchmark, which cannot import this one.
import { readFile } from 'node:fs/promises';
import { withClient } from '@viewora/devstack/postgres';
import { requestRunner } from './plan.skeletons.ts';

const [databaseUrl, file] = process.argv.slice(2);
if (databaseUrl === undefined || file === undefined)
  throw new Error('node bench/statements.cli.ts DATABASE_URL QUERIES.json');
const queries: Record<string, string>[] = JSON.parse(await readFile(file, 'utf8'));
await withClient(databaseUrl, async (client) => {
  const run = await requestRunner(client);
  const statements = [];
  for (const query of queries) statements.push(await run({ path: '/properties', query }));
  console.log(JSON.stringify(statements));
});
