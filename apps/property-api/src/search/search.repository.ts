import { Injectable, Optional } from '@nestjs/common';
import type { Bbox, LatLon } from '@viewora/contracts/geo';
import type { Total } from '@viewora/contracts/property';
import { DataSource } from 'typeorm';
import type { ListingRow } from '../listing/listing.row.ts';
import { asksForLarge } from '../listing/search-indexes.ts';
import { coveredShare, leafLevel } from '../market/grid.ts';
import type { MarketShape } from '../market/market.shape.ts';
import type { CursorPosition } from './cursor.ts';
import { circleBoxes, scopeOf } from './scope.ts';
import { type Cells, choosePlan, countingCells, type HeadPlan, headPlans, type SearchPlan } from './search.plan.ts';
import {
  type Counted,
  countLimit,
  countStatement,
  orders,
  type PageRow,
  type PageSearch,
  pageStatement,
  type Reading,
  type SearchStatement,
  wholeItems,
} from './search.statement.ts';

export interface FoundPage<Row> {
  rows: PageRow<Row>[];
  total: Total;
}

/** Pages of published listings. One statement a page, its plan chosen here (see `search.plan.ts`). */
@Injectable()
export class SearchRepository<Row = ListingRow> {
  constructor(
    private readonly dataSource: DataSource,
    @Optional() private readonly read: Reading = wholeItems,
  ) {}

  /** At most `limit + 1` rows, so that the caller sees whether there are more. The total is counted for the first page only. */
  async findPage(search: PageSearch, after: CursorPosition | null, market: MarketShape): Promise<FoundPage<Row>> {
    const boxes = scopeOf(search);
    if (search.ids) return toPage(await this.queryPage(search, after, boxes, { kind: 'ids' }, null), search, after);
    // What has no location has no distance.
    if (search.sort === 'distance') return this.findNearest(search, after, market, boxes ?? [[-180, -90, 180, 90]]);
    const heads = hasText(search) && orders[search.sort].hasIndex ? headPlans({ market, boxes }) : [];
    if (heads.length > 0) return this.findByText(search, after, boxes, headsFor(search, heads));
    const counted = isCounted(search, after) ? { search, boxes, ...countedBy(search, boxes, market) } : null;
    return toPage(await this.queryPage(search, after, boxes, planFor(search, boxes, market), counted), search, after);
  }

  /** How many match, as far as totals are exact. */
  async count(search: PageSearch, market: MarketShape): Promise<Total> {
    const boxes = scopeOf(search);
    const [row] = await this.query(countStatement({ search, boxes, ...countedBy(search, boxes, market) }));
    return totalOf(Number(row?.total ?? 0));
  }

  /**
   * Words and places by name, in a large view. Looking through the first few thousand in order finds what is common; what is
   * not found there is rare enough to be fetched whole by the index of words.
   */
  private async findByText(
    search: PageSearch,
    after: CursorPosition | null,
    boxes: Bbox[] | null,
    heads: HeadPlan[],
  ): Promise<FoundPage<Row>> {
    for (const head of heads) {
      const rows = await this.queryPage(search, after, boxes, head, null);
      if (rows.length <= search.limit) continue;
      if (!isCounted(search, after)) return toPage(rows, search, after);
      const [count] = await this.query(countStatement({ search, boxes, ...(head.isCommon && { words: 'common' }) }));
      return toPage(rows, search, null, count?.total);
    }
    const counted = isCounted(search, after) ? { search, boxes, words: 'few' as const } : null;
    return toPage(await this.queryPage(search, after, boxes, { kind: 'viewport' }, counted), search, after);
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
  ): Promise<FoundPage<Row>> {
    const { near } = search;
    const mostM = search.radiusM ?? halfwayRoundM;
    if (!near) return toPage<Row>([], search, after);
    let radiusM = Math.min(mostM, firstRadius(search, Number(after?.key ?? 0), market));
    for (;;) {
      const circle = { ...search, radiusM };
      const around = radiusM < halfwayRoundM ? scopeOf(circle) : boxes;
      const counted = isCounted(search, after) ? { search, boxes } : null;
      const rows = await this.queryPage(circle, after, around, { kind: 'viewport' }, counted);
      if (rows.length > search.limit || radiusM >= mostM) return toPage(rows, search, after);
      radiusM = Math.min(mostM, radiusM * 2);
    }
  }

  private queryPage(
    search: PageSearch,
    after: CursorPosition | null,
    boxes: Bbox[] | null,
    plan: SearchPlan,
    counted: Counted | null,
  ): Promise<PageRow<Row>[]> {
    return this.query(pageStatement(search, after, boxes, plan, counted, this.read));
  }

  private query({ sql, parameters }: SearchStatement): Promise<PageRow<Row>[]> {
    return this.dataSource.query(sql, parameters);
  }
}

/** The first page says how many there are; one that is as long as a total is exact says it by its own length. */
function isCounted({ limit }: PageSearch, after: CursorPosition | null): boolean {
  return !after && limit < countLimit;
}

/** A long page is not filled from a short head. */
function headsFor({ limit }: PageSearch, heads: HeadPlan[]): HeadPlan[] {
  return limit < countLimit ? heads : heads.filter(({ isCommon }) => !isCommon);
}

function hasText({ q, place, anyWord }: PageSearch): boolean {
  return q !== undefined || place !== undefined || anyWord !== undefined;
}

const halfwayRoundM = 20_100_000;

/** In a circle that holds no more, everything is sorted at once. */
const sortedAtOnce = 1_500;

function firstRadius(
  { near, radiusM: mostM, limit, ...filter }: PageSearch,
  fromM: number,
  market: MarketShape,
): number {
  if (!near) return halfwayRoundM;
  if (mostM !== undefined && expectedIn(near, mostM, market) <= sortedAtOnce) return mostM;
  const chance = Math.max(1e-4, market.selectivity(filter));
  let radiusM = Math.max(500, fromM * 1.25);
  while (radiusM < halfwayRoundM && expectedIn(near, radiusM, market) * chance < limit * 4) radiusM *= 2;
  return Math.min(halfwayRoundM, radiusM);
}

/** About how many listings a circle holds, were they spread evenly over the tiles it touches. */
function expectedIn(near: LatLon, radiusM: number, market: MarketShape): number {
  const boxes = circleBoxes(near, radiusM);
  return market.listingsIn(boxes) * coveredShare(boxes, leafLevel) * (Math.PI / 4);
}

function planFor(search: PageSearch, boxes: Bbox[] | null, market: MarketShape): SearchPlan {
  const order = orders[search.sort];
  if (!order.hasIndex) return { kind: 'viewport' };
  if (asksForLarge(search)) return { kind: 'large' };
  if (hasText(search)) return { kind: 'viewport' };
  return choosePlan({
    market,
    boxes,
    selectivity: market.selectivity(search),
    limit: search.limit + 1,
    hasCellOrder: order.hasCellOrder,
  });
}

/** Prices are counted within cells where that is less to read; words and what is large have indexes of their own. */
function countedBy(search: PageSearch, boxes: Bbox[] | null, market: MarketShape): { cells?: Cells } {
  const { currency, minPriceMinor, maxPriceMinor } = search;
  const hasPrice = minPriceMinor !== undefined || maxPriceMinor !== undefined;
  if (!boxes || !hasPrice || hasText(search) || asksForLarge(search)) return {};
  const price = { ...(currency !== undefined && { currency }), minPriceMinor, maxPriceMinor };
  const cells = countingCells({
    market,
    boxes,
    selectivity: market.selectivity(search),
    priceShare: market.selectivity(price),
    limit: countLimit + 1,
  });
  return cells ? { cells } : {};
}

function toPage<Row>(
  rows: PageRow<Row>[],
  search: PageSearch,
  after: CursorPosition | null,
  total = rows[0]?.total,
): FoundPage<Row> {
  if (after) return { rows, total: after.total };
  const counted = isCounted(search, after) ? Number(total ?? 0) : rows.length;
  return { rows, total: totalOf(counted) };
}

function totalOf(counted: number): Total {
  return counted > countLimit ? { value: countLimit, relation: 'at_least' } : { value: counted, relation: 'exact' };
}
