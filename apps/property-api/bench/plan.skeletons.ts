// What Postgres does for each kind of search, as a text that changes only when the plan does. They are kept in `plans/`, so
// that a change of plan shows in review.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PropertyAreaSearch, PropertyMapAreaQuery } from '@viewora/contracts/property';
import { decodeQuery } from '@viewora/contracts/query-string';
import type { Outbox } from '@viewora/database/outbox';
import type pg from 'pg';
import type { DataSource } from 'typeorm';
import { built } from './bench.servers.ts';
import { seeded } from './market.sample.ts';
import type { SearchRequest, Statement } from './search.cases.ts';
import { searchCases } from './search.cases.ts';

const folder = join(import.meta.dirname, 'plans');

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Subplan Name'?: string;
  Plans?: PlanNode[];
}

/** Compares the plans of one request of each kind with those kept, and keeps the new ones. Resolves with the names that differ. */
export async function comparePlans(client: pg.Client): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const run = await requestRunner(client);
  const changed: string[] = [];
  for (const { name, next } of searchCases) {
    const skeleton = await skeletonOf(client, await run(next(seeded(17), 1).request));
    const file = join(folder, `${name.replace(/[^a-z0-9]+/gi, '-')}.txt`);
    const kept = await readFile(file, 'utf8').catch(() => skeleton);
    if (kept !== skeleton) changed.push(name);
    await writeFile(file, skeleton);
  }
  return changed;
}

/** Runs requests by the service's own parts, and gives the statements they sent. */
export async function requestRunner(client: pg.Client): Promise<(request: SearchRequest) => Promise<Statement[]>> {
  const { SearchService } = await built<typeof import('../src/search/search.service.ts')>('search/search.service');
  const { SearchRepository } =
    await built<typeof import('../src/search/search.repository.ts')>('search/search.repository');
  const { FacetRepository } =
    await built<typeof import('../src/search/facet.repository.ts')>('search/facet.repository');
  const { MapService } = await built<typeof import('../src/map/map.service.ts')>('map/map.service');
  const { MapRepository } = await built<typeof import('../src/map/map.repository.ts')>('map/map.repository');
  const { MarketService } = await built<typeof import('../src/market/market.service.ts')>('market/market.service');
  const { MarketRepository } =
    await built<typeof import('../src/market/market.repository.ts')>('market/market.repository');
  let statements: Statement[] = [];
  const query = async (sql: string, values: unknown[] = []) => {
    statements.push({ sql, values });
    return (await client.query(sql, values)).rows;
  };
  const recorder = { query } as unknown as DataSource;
  const shape = new MarketService(new MarketRepository(recorder, {} as Outbox), 'USD');
  const searches = new SearchService(new SearchRepository(recorder), new FacetRepository(recorder), shape);
  const maps = new MapService(new MapRepository(recorder), shape);
  await shape.shape();
  return async ({ path, query, polygon }) => {
    statements = [];
    const schema = path === '/properties/map' ? PropertyMapAreaQuery : PropertyAreaSearch;
    const input = { ...decodeQuery(schema, query), ...(polygon && { polygon }) };
    if (path === '/properties/map') await maps.draw(PropertyMapAreaQuery.parse(input));
    else await searches.search(PropertyAreaSearch.parse(input));
    return statements;
  };
}

async function skeletonOf(client: pg.Client, statements: Statement[]): Promise<string> {
  const skeletons: string[] = [];
  for (const { sql, values } of statements) {
    const { rows } = await client.query(`EXPLAIN (FORMAT JSON, COSTS OFF) ${sql}`, values);
    skeletons.push(describe(rows[0]['QUERY PLAN'][0].Plan, 0));
  }
  return `${skeletons.join('\n\n')}\n`;
}

function describe(node: PlanNode, depth: number): string {
  const parts = [
    node['Subplan Name'] && `${node['Subplan Name']}:`,
    node['Node Type'],
    node['Index Name'] ?? node['Relation Name'],
  ];
  const line = '  '.repeat(depth) + parts.filter((part) => part !== undefined).join(' ');
  return [line, ...(node.Plans ?? []).map((child) => describe(child, depth + 1))].join('\n');
}
