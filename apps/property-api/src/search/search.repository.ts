import { Injectable } from '@nestjs/common';
import type { Bbox } from '@viewora/contracts/geo';
import type { PropertySort } from '@viewora/contracts/property';
import { DataSource } from 'typeorm';
import { itemColumns, type ListingRow } from '../listing/listing.row.ts';
import type { MarketShape } from '../market/market.shape.ts';
import type { BoundSearch, CursorPosition } from './cursor.ts';
import { circleBoxes, scopeOf } from './scope.ts';
import { choosePlan, type SearchPlan } from './search.plan.ts';
import {
  distanceSql,
  factConditions,
  indexBoxes,
  Parameters,
  placeConditions,
  textConditions,
  wordsQuery,
} from './sql.ts';

export interface FoundPage {
  rows: (ListingRow & { key: string })[];
  total: Total;
}

type PageSearch = BoundSearch & { limit: number };
type Total = { value: number; relation: 'exact' | 'at_least' };

/** Totals are counted up to here. */
const countLimit = 1_000;

interface Order {
  /** The SQL expression sorted by, and its type for the way back from a cursor. */
  key: (search: BoundSearch, parameters: Parameters) => string;
  type: string;
  direction: 'ASC' | 'DESC';
  /** An index ordered within map cells exists. */
  hasCellOrder: boolean;
  /** An index in this order exists, so that reading may stop after a page. */
  hasIndex: boolean;
}

const orders: Record<PropertySort, Order> = {
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

/** Pages of published listings. One statement a page, its plan chosen here (see `search.plan.ts`). */
@Injectable()
export class SearchRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** At most `limit + 1` rows, so that the caller sees whether there are more. The total is counted for the first page only. */
  async findPage(search: PageSearch, after: CursorPosition | null, market: MarketShape): Promise<FoundPage> {
    const boxes = scopeOf(search);
    // What has no location has no distance.
    if (search.sort === 'distance') return this.findNearest(search, after, market, boxes ?? [[-180, -90, 180, 90]]);
    const plan = planFor(search, boxes, market);
    const { sql, parameters } = pageStatement(search, after, boxes, plan);
    return toPage(await this.dataSource.query(sql, parameters), after);
  }

  /**
   * By distance: all within a circle that should hold a page, sorted exactly; a larger circle while it does not. Ordering by
   * the spatial index would follow the projection, not the ground.
   */
  private async findNearest(
    search: PageSearch,
    after: CursorPosition | null,
    market: MarketShape,
    boxes: Bbox[],
  ): Promise<FoundPage> {
    const { near } = search;
    const mostM = search.radiusM ?? halfwayRoundM;
    if (!near) return toPage([], after);
    let radiusM = Math.min(mostM, firstRadius(search, Number(after?.key ?? 0), market));
    for (;;) {
      const circle = { ...search, radiusM };
      const { sql, parameters } = pageStatement(
        circle,
        after,
        radiusM < halfwayRoundM ? scopeOf(circle) : boxes,
        { kind: 'viewport' },
        {
          search,
          boxes,
        },
      );
      const rows: PageRow[] = await this.dataSource.query(sql, parameters);
      if (rows.length > search.limit || radiusM >= mostM) return toPage(rows, after);
      radiusM = Math.min(mostM, radiusM * 4);
    }
  }
}

const halfwayRoundM = 20_100_000;

function firstRadius(search: PageSearch, fromM: number, market: MarketShape): number {
  const { near } = search;
  if (!near) return halfwayRoundM;
  const chance = Math.max(1e-4, market.selectivity(search));
  let radiusM = Math.max(500, fromM * 1.25);
  while (radiusM < halfwayRoundM && market.listingsIn(circleBoxes(near, radiusM)) * chance < search.limit * 4)
    radiusM *= 2;
  return Math.min(halfwayRoundM, Math.max(500, radiusM / 4, fromM * 1.25));
}

function planFor(search: PageSearch, boxes: Bbox[] | null, market: MarketShape): SearchPlan {
  const order = orders[search.sort];
  const hasText = search.q !== undefined || search.place !== undefined;
  if (!order.hasIndex) return { kind: 'viewport' };
  return choosePlan({
    market,
    boxes,
    selectivity: market.selectivity(search),
    limit: search.limit + 1,
    hasCellOrder: order.hasCellOrder && !hasText,
  });
}

type PageRow = ListingRow & { key: string; total?: string };

interface Counted {
  search: BoundSearch;
  boxes: Bbox[] | null;
}

/** The page, and the total of `counted` where it is the first. */
function pageStatement(
  search: PageSearch,
  after: CursorPosition | null,
  boxes: Bbox[] | null,
  plan: SearchPlan,
  counted: Counted = { search, boxes },
): { sql: string; parameters: unknown[] } {
  const parameters = new Parameters();
  const { direction } = orders[search.sort];
  const keys = keysSql(search, after, boxes, plan, parameters);
  const total = after ? '' : `, (${countSql(counted, parameters)}) AS total`;
  const sql = `WITH page AS MATERIALIZED (${keys})
SELECT page.key::text AS key, ${itemColumns('listing')}${total}
FROM page JOIN listing ON listing.id = page.id
ORDER BY page.key ${direction}, page.id ${direction}`;
  return { sql, parameters: parameters.values };
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
  const conditions = conditionsOf(search, boxes, parameters);
  if (after) {
    const operator = order.direction === 'ASC' ? '>' : '<';
    conditions.push(
      `(${key}, id) ${operator} (${parameters.add(after.key, order.type)}, ${parameters.add(after.id, 'uuid')})`,
    );
  }
  const limit = parameters.add(search.limit + 1, 'int');
  const select = (where: string[]) => `SELECT id, ${key} AS key FROM listing WHERE ${where.join(' AND ')}`;
  const sorted = (by: string) => `ORDER BY ${by} ${order.direction}, id ${order.direction} LIMIT ${limit}`;
  switch (plan.kind) {
    case 'order':
      return `${select(conditions)} ${sorted(key)}`;
    case 'viewport': {
      // OFFSET 0 keeps the planner from walking an ordered index in the hope of meeting the box early.
      const where = boxes ? [indexBoxes(boxes, parameters), ...conditions] : conditions;
      return `SELECT id, key FROM (${select(where)} OFFSET 0) AS found ${sorted('key')}`;
    }
    case 'cells': {
      const cells = parameters.add(plan.cells, 'int[]');
      const best = `${select([`${plan.column} = cell.number`, ...conditions])} ${sorted(key)}`;
      return `SELECT best.id, best.key FROM unnest(${cells}) AS cell(number), LATERAL (${best}) AS best ${sorted('key')}`;
    }
  }
}

function countSql({ search, boxes }: Counted, parameters: Parameters): string {
  const conditions = conditionsOf(search, boxes, parameters);
  if (boxes) conditions.unshift(indexBoxes(boxes, parameters));
  return `SELECT count(*) FROM (SELECT 1 FROM listing WHERE ${conditions.join(' AND ')} LIMIT ${countLimit + 1}) AS counted`;
}

export function conditionsOf(filter: BoundFilter, boxes: Bbox[] | null, parameters: Parameters): string[] {
  return [
    'is_public',
    ...factConditions(filter, parameters),
    ...placeConditions(filter, boxes, parameters),
    ...textConditions(filter, parameters),
  ];
}
type BoundFilter = Omit<BoundSearch, 'sort'>;

function toPage(rows: PageRow[], after: CursorPosition | null): FoundPage {
  if (after) return { rows, total: after.total };
  const counted = Number(rows[0]?.total ?? 0);
  return {
    rows,
    total: counted > countLimit ? { value: countLimit, relation: 'at_least' } : { value: counted, relation: 'exact' },
  };
}
