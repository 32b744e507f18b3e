import type { Bbox } from '@viewora/contracts/geo';
import { countTiles, coveredShare, leafLevel, regionLevel, tilesTouched } from '../market/grid.ts';
import type { MarketShape } from '../market/market.shape.ts';

/**
 * How to find a page. No single plan wins at every size, and the planner cannot see how many listings a box holds:
 * - `viewport`: everything in the boxes from the spatial index, then sort;
 * - `cells`: the best few of each map cell from an index ordered within the cell, then merge;
 * - `order`: the order's own index from the top, passing over what does not match;
 * - `ids`: these alone, looked up and sorted;
 * - `large`: very large listings have an index of their own, and the planner finds it;
 * - `head`: the first so many entries of the order's index and no more, for words that are in most listings or in few.
 */
export type SearchPlan =
  | { kind: 'viewport' }
  | ({ kind: 'cells' } & Cells)
  | { kind: 'order' }
  | { kind: 'ids' }
  | { kind: 'large' }
  | HeadPlan;

/** Tiles of a level, and the column in which a listing carries its own. */
export interface Cells {
  column: 'c8' | 'c11';
  cells: number[];
}

/** What fills a page from here is common where the head is short. */
export interface HeadPlan {
  kind: 'head';
  entries: number;
  isCommon: boolean;
}

export interface PlanQuestion {
  market: Pick<MarketShape, 'total' | 'listingsIn' | 'listingsInTiles'>;
  boxes: Bbox[] | null;
  /** The share of listings that the other conditions leave over, 0 to 1. */
  selectivity: number;
  limit: number;
  /** Whether an index ordered within cells exists for this order. */
  hasCellOrder: boolean;
}

/** Costs in units of one index entry read, as measured: a cell costs a descent of its own, a viewport also sorts. */
const cellDescent = 12;
const viewportEntry = 1.4;
const mostCells = 400;

export function choosePlan({ market, boxes, selectivity, limit, hasCellOrder }: PlanQuestion): SearchPlan {
  if (!boxes) return { kind: 'order' };
  const inView = market.listingsIn(boxes);
  const chance = Math.max(selectivity, 1e-4);
  const plans: { plan: SearchPlan; cost: number }[] = [
    { plan: { kind: 'viewport' }, cost: inView * viewportEntry },
    {
      plan: { kind: 'order' },
      cost: inView === 0 ? market.total : Math.min(market.total, (limit * market.total) / (inView * chance)),
    },
  ];
  if (hasCellOrder) {
    for (const { level, ...tiles } of tilesOfBoth(boxes)) {
      // Of a tile that reaches far beyond the boxes, most entries are passed over.
      const inCells = market.listingsInTiles(tiles.cells, level);
      const walked = Math.min(inCells, (tiles.cells.length * limit * inCells) / (Math.max(1, inView) * chance));
      plans.push({ plan: { kind: 'cells', ...tiles }, cost: tiles.cells.length * cellDescent + walked });
    }
  }
  return plans.reduce((best, next) => (next.cost < best.cost ? next : best)).plan;
}

/** Every tile that the boxes touch, whether or not the shape knows listings there: it may be a little old. */
function tilesOfBoth(boxes: Bbox[]): (Cells & { level: typeof regionLevel | typeof leafLevel })[] {
  const levels = [
    { column: 'c8', level: regionLevel },
    { column: 'c11', level: leafLevel },
  ] as const;
  return levels
    .filter(({ level }) => countTiles(boxes, level) <= mostCells)
    .map((of) => ({ ...of, cells: tilesTouched(boxes, of.level) }));
}

export interface CountQuestion extends Pick<PlanQuestion, 'market' | 'selectivity' | 'limit'> {
  boxes: Bbox[];
  /** The share of listings that the price alone leaves over, 0 to 1. */
  priceShare: number;
}

/**
 * The cells to count a price's matches in, since within a cell an index is ordered by price; null where looking through the
 * view costs no more. The spatial index reads what is too dear or too cheap as well.
 */
export function countingCells({ market, boxes, selectivity, priceShare, limit }: CountQuestion): Cells | null {
  const inView = market.listingsIn(boxes);
  const chance = Math.max(selectivity, 1e-4);
  let best: { cells: Cells | null; cost: number } = {
    cells: null,
    cost: Math.min(inView * coveredShare(boxes, leafLevel), limit / chance) * viewportEntry,
  };
  for (const { level, ...tiles } of tilesOfBoth(boxes)) {
    const priced = market.listingsInTiles(tiles.cells, level) * priceShare;
    const walked = Math.min(priced, (limit * priced) / (Math.max(1, inView) * chance));
    const cost = tiles.cells.length * cellDescent + walked;
    if (cost < best.cost) best = { cells: tiles, cost };
  }
  return best.cells;
}

/** Entries within the boxes whose words are looked at, about. */
const headInView = 1_500;
const mostHeadEntries = 30_000;

/**
 * The heads to look for words in, one after the other, before asking the index of words; none where the view is so small that
 * looking at everything costs no more. What fills a page from the head is common, and its index entries many; what does not
 * is rare, and they are few.
 */
export function headPlans({ market, boxes }: Pick<PlanQuestion, 'market' | 'boxes'>): HeadPlan[] {
  const inView = boxes ? market.listingsIn(boxes) : market.total;
  if (inView <= headInView) return [];
  const entries = Math.min(mostHeadEntries, Math.ceil((headInView * market.total) / inView));
  return [
    { kind: 'head', entries: Math.ceil(entries / 10), isCommon: true },
    { kind: 'head', entries, isCommon: false },
  ];
}
