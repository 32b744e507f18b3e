import { Injectable } from '@nestjs/common';
import type { Bbox, LatLon } from '@viewora/contracts/geo';
import { DataSource } from 'typeorm';
import type { ListingRow } from '../listing/listing.row.ts';
import { asksForLarge } from '../listing/search-indexes.ts';
import { coveredShare, leafLevel } from '../market/grid.ts';
import type { MarketShape } from '../market/market.shape.ts';
import type { CursorPosition } from './cursor.ts';
import { circleBoxes, scopeOf } from './scope.ts';
import { type Cells, choosePlan, countingCells, type HeadPlan, headPlans, type SearchPlan } from './search.plan.ts';
import {
  countLimit,
  countStatement,
  orders,
  type PageRow,
  type PageSearch,
  pageStatement,
  type SearchStatement,
} from './search.statement.ts';

export interface FoundPage {
  rows: (ListingRow & { key: string })[];
  total: Total;
}

type Total = { value: number; relation: 'exact' | 'at_least' };

/** Pages of published listings. One statement a page, its plan chosen here (see `search.plan.ts`). */
@Injectable()
export class SearchRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** At most `limit + 1` rows, so that the caller sees whether there are more. The total is counted for the first page only. */
  async findPage(search: PageSearch, after: CursorPosition | null, market: MarketShape): Promise<FoundPage> {
    const boxes = scopeOf(search);
    // What has no location has no distance.
    if (search.sort === 'distance') return this.findNearest(search, after, market, boxes ?? [[-180, -90, 180, 90]]);
    const hasText = search.q !== undefined || search.place !== undefined;
    const heads = hasText && orders[search.sort].hasIndex ? headPlans({ market, boxes }) : [];
    if (heads.length > 0) return this.findByText(search, after, boxes, heads);
    const counted = after ? null : { search, boxes, ...countedBy(search, boxes, market) };
    return toPage(
      await this.query(pageStatement(search, after, boxes, planFor(search, boxes, market), counted)),
      after,
    );
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
  ): Promise<FoundPage> {
    for (const head of heads) {
      const rows = await this.query(pageStatement(search, after, boxes, head, null));
      if (rows.length <= search.limit) continue;
      if (after) return toPage(rows, after);
      const [count] = await this.query(countStatement({ search, boxes, ...(head.isCommon && { words: 'common' }) }));
      return toPage(rows, null, count?.total);
    }
    const counted = after ? null : { search, boxes, words: 'few' as const };
    return toPage(await this.query(pageStatement(search, after, boxes, { kind: 'viewport' }, counted)), after);
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
      const around = radiusM < halfwayRoundM ? scopeOf(circle) : boxes;
      const counted = after ? null : { search, boxes };
      const rows = await this.query(pageStatement(circle, after, around, { kind: 'viewport' }, counted));
      if (rows.length > search.limit || radiusM >= mostM) return toPage(rows, after);
      radiusM = Math.min(mostM, radiusM * 2);
    }
  }

  private query({ sql, parameters }: SearchStatement): Promise<PageRow[]> {
    return this.dataSource.query(sql, parameters);
  }
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
  const hasText = search.q !== undefined || search.place !== undefined;
  if (!order.hasIndex) return { kind: 'viewport' };
  if (asksForLarge(search)) return { kind: 'large' };
  if (hasText) return { kind: 'viewport' };
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
  const { q, place, currency, minPriceMinor, maxPriceMinor } = search;
  const hasPrice = minPriceMinor !== undefined || maxPriceMinor !== undefined;
  if (!boxes || !hasPrice || q !== undefined || place !== undefined || asksForLarge(search)) return {};
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

function toPage(rows: PageRow[], after: CursorPosition | null, total = rows[0]?.total): FoundPage {
  if (after) return { rows, total: after.total };
  const counted = Number(total ?? 0);
  return {
    rows,
    total: counted > countLimit ? { value: countLimit, relation: 'at_least' } : { value: counted, relation: 'exact' },
  };
}
