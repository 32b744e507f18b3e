import type { Bbox } from '@viewora/contracts/geo';
import type { PropertySort } from '@viewora/contracts/property';
import type { PropertyFilter } from '@viewora/contracts/property-filter';
import { itemColumns, type ListingRow } from '../listing/listing.row.ts';
import { asksForLarge, factColumns } from '../listing/search-indexes.ts';
import type { BoundSearch, CursorPosition } from './cursor.ts';
import { scopeOf } from './scope.ts';
import type { Cells, SearchPlan } from './search.plan.ts';
import {
  distanceSql,
  factConditions,
  indexBoxes,
  Parameters,
  placeConditions,
  textConditions,
  wordsQuery,
} from './sql.ts';

export type PageSearch = BoundSearch & Narrowing & { limit: number };

/** What no filter says. */
export interface Narrowing {
  /** Only among these. */
  ids?: readonly string[] | undefined;
  /** A `tsquery` that the text must match, beside `q`. */
  anyWord?: string | undefined;
}

/** Totals are counted up to here. */
export const countLimit = 1_000;

export interface Order {
  /** The SQL expression sorted by, and its type for the way back from a cursor. */
  key: (search: BoundSearch, parameters: Parameters) => string;
  type: string;
  direction: 'ASC' | 'DESC';
  /** An index ordered within map cells exists. */
  hasCellOrder: boolean;
  /** An index in this order exists, so that reading may stop after a page. */
  hasIndex: boolean;
}

export const orders: Record<PropertySort, Order> = {
  newest: { key: () => 'listed_at', type: 'timestamptz', direction: 'DESC', hasCellOrder: true, hasIndex: true },
  price_asc: { key: () => 'price_minor', type: 'bigint', direction: 'ASC', hasCellOrder: true, hasIndex: true },
  price_desc: { key: () => 'price_minor', type: 'bigint', direction: 'DESC', hasCellOrder: true, hasIndex: true },
  area_desc: {
    key: () => '(coalesce(area_sqm, 0))',
    type: 'float8',
    direction: 'DESC',
    hasCellOrder: false,
    hasIndex: true,
  },
  distance: {
    key: ({ near }, parameters) => (near ? distanceSql(near, parameters) : '0::float8'),
    type: 'float8',
    direction: 'ASC',
    hasCellOrder: false,
    hasIndex: false,
  },
  relevance: {
    key: ({ q }, parameters) => `ts_rank(words, ${parameters.add(wordsQuery(q ?? ''), 'tsquery')})`,
    type: 'float4',
    direction: 'DESC',
    hasCellOrder: false,
    hasIndex: false,
  },
};

export type PageRow<Row = ListingRow> = Row & { id: string; key: string; total?: string };

/** What is read of each listing of a page. */
export type Reading = (parameters: Parameters) => { columns: string; from: string };

export const wholeItems: Reading = () => ({
  columns: itemColumns('listing'),
  from: 'page JOIN listing ON listing.id = page.id',
});

export interface SearchStatement {
  sql: string;
  parameters: unknown[];
}

/** What the total is of: the search, also where a page is looked for in a part of it. */
export interface Counted {
  search: BoundSearch & Narrowing;
  boxes: Bbox[] | null;
  /** What is known of its words. Few are counted whole: a limit would tempt the planner to scan in the hope of many. */
  words?: 'few' | 'common';
  /** Where to count by the index of prices within cells. */
  cells?: Cells;
}

/** The page, and the total of `counted` where there is one. */
export function pageStatement(
  search: PageSearch,
  after: CursorPosition | null,
  boxes: Bbox[] | null,
  plan: SearchPlan,
  counted: Counted | null,
  read = wholeItems,
): SearchStatement {
  const parameters = new Parameters();
  const { direction } = orders[search.sort];
  const keys = keysSql(search, after, boxes, plan, parameters);
  const total = counted ? `, (${countSql(counted, parameters)}) AS total` : '';
  const { columns, from } = read(parameters);
  const sql = `WITH page AS MATERIALIZED (${keys})
SELECT page.key::text AS key, ${columns}${total}
FROM ${from}
ORDER BY page.key ${direction}, page.id ${direction}`;
  return { sql, parameters: parameters.values };
}

export function countStatement(counted: Counted): SearchStatement {
  const parameters = new Parameters();
  return { sql: `SELECT (${countSql(counted, parameters)}) AS total`, parameters: parameters.values };
}

/** The ids of a page with their sort keys. */
function keysSql(
  search: PageSearch,
  after: CursorPosition | null,
  boxes: Bbox[] | null,
  plan: SearchPlan,
  parameters: Parameters,
): string {
  const order = orders[search.sort];
  const key = order.key(search, parameters);
  const next = after ? [nextSql(order, key, after, parameters)] : [];
  const limit = parameters.add(search.limit + 1, 'int');
  const select = (where: string[]) => `SELECT id, ${key} AS key FROM listing WHERE ${where.join(' AND ')}`;
  const sorted = (by: string) => `ORDER BY ${by} ${order.direction}, id ${order.direction} LIMIT ${limit}`;
  const walk = (part: string[], end: string) => walkSql(search, key, [...part, ...next], end, parameters);
  switch (plan.kind) {
    case 'head': {
      const words = `EXISTS (SELECT FROM listing AS whole WHERE whole.id = walk.id AND ${textConditions(search, parameters).join(' AND ')} OFFSET 0)`;
      return `${walk([], `LIMIT ${parameters.add(plan.entries, 'int')}`)} AND ${words} ${sorted('key')}`;
    }
    case 'order':
      // In a box the order must be walked; without one the planner's own estimates are good.
      if (boxes) return `${walk([], 'OFFSET 0')} ${sorted('key')}`;
      return `${select([...conditionsOf(search, boxes, parameters), ...next])} ${sorted(key)}`;
    case 'large':
      return `${select([...conditionsOf(search, boxes, parameters), ...next])} ${sorted(key)}`;
    case 'ids':
      return `SELECT id, key FROM (${select([...conditionsOf(search, boxes, parameters), ...next])} OFFSET 0) AS found ${sorted('key')}`;
    case 'viewport': {
      const conditions = [...conditionsOf(search, boxes, parameters), ...next];
      // OFFSET 0 keeps the planner from walking an ordered index in the hope of meeting the box early.
      const where = boxes ? [indexBoxes(boxes, parameters), ...conditions] : conditions;
      return `SELECT id, key FROM (${select(where)} OFFSET 0) AS found ${sorted('key')}`;
    }
    case 'cells': {
      const cells = parameters.add(plan.cells, 'int[]');
      const best = `${walk([`${plan.column} = cell.number`], 'OFFSET 0')} ${sorted('key')}`;
      return `SELECT best.id, best.key FROM unnest(${cells}) AS cell(number), LATERAL (${best}) AS best ${sorted('key')}`;
    }
  }
}

/**
 * Walks a part of the market in the order's own index, and keeps what has the facts and lies in the place. The walk is fenced off
 * by its `end`, since the planner expects a box to hold next to nothing and would rather read the whole part and sort it.
 */
function walkSql(search: PageSearch, key: string, part: string[], end: string, parameters: Parameters): string {
  const from = ['is_public', ...factConditions(sortedBy(search), parameters), ...part];
  const keep = [...factConditions(search, parameters), ...placeConditions(search, scopeOf(search), parameters)];
  const { direction } = orders[search.sort];
  return `SELECT id, key FROM (
    SELECT id, ${key} AS key, listed_at, ${factColumns.join(', ')} FROM listing WHERE ${from.join(' AND ')}
    ORDER BY ${key} ${direction}, id ${direction} ${end}
  ) AS walk WHERE ${keep.join(' AND ') || 'true'}`;
}

/** The part of a filter that bounds the order's own index. */
function sortedBy({ sort, currency, minPriceMinor, maxPriceMinor, listedSince }: PageSearch): PropertyFilter {
  if (sort === 'newest') return { listedSince };
  return sort === 'price_asc' || sort === 'price_desc' ? { currency, minPriceMinor, maxPriceMinor } : {};
}

function nextSql(order: Order, key: string, after: CursorPosition, parameters: Parameters): string {
  const operator = order.direction === 'ASC' ? '>' : '<';
  return `(${key}, id) ${operator} (${parameters.add(after.key, order.type)}, ${parameters.add(after.id, 'uuid')})`;
}

function countSql({ search, boxes, words, cells }: Counted, parameters: Parameters): string {
  const conditions = conditionsOf(search, boxes, parameters, words === 'common');
  if (cells) conditions.unshift(`${cells.column} = ANY (${parameters.add(cells.cells, 'int[]')})`);
  else if (boxes && !asksForLarge(search)) conditions.unshift(indexBoxes(boxes, parameters));
  const matches = `FROM listing WHERE ${conditions.join(' AND ')}`;
  return words === 'few'
    ? `SELECT count(*) ${matches}`
    : `SELECT count(*) FROM (SELECT 1 ${matches} LIMIT ${countLimit + 1}) AS counted`;
}

export function conditionsOf(
  filter: BoundFilter,
  boxes: Bbox[] | null,
  parameters: Parameters,
  areWordsCommon = false,
): string[] {
  return [
    'is_public',
    ...(filter.ids ? [`id = ANY (${parameters.add(filter.ids, 'uuid[]')})`] : []),
    ...factConditions(filter, parameters),
    ...placeConditions(filter, boxes, parameters),
    ...textConditions(filter, parameters, areWordsCommon),
  ];
}
type BoundFilter = PropertyFilter & Narrowing;
