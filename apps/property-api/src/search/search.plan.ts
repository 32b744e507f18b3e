import type { Bbox } from '@viewora/contracts/geo';
import { leafLevel, regionLevel } from '../market/grid.ts';
import type { MarketShape } from '../market/market.shape.ts';

/**
 * How to find a page. No single plan wins at every size, and the planner cannot see how many listings a box holds:
 * - `viewport`: everything in the boxes from the spatial index, then sort;
 * - `cells`: the best few of each map cell from an index ordered within the cell, then merge;
 * - `order`: the order's own index from the top, passing over what does not match;
 * - `head`: the first so many entries of the order's index and no more, for words that are in most listings or in few.
 */
export type SearchPlan =
  | { kind: 'viewport' }
  | { kind: 'cells'; column: 'c8' | 'c11'; cells: number[] }
  | { kind: 'order' }
  | { kind: 'head'; entries: number };

export interface PlanQuestion {
  market: Pick<MarketShape, 'total' | 'listingsIn' | 'occupiedTiles'>;
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
    for (const [column, level] of [
      ['c8', regionLevel],
      ['c11', leafLevel],
    ] as const) {
      const cells = market.occupiedTiles(boxes, level);
      if (cells.length === 0 || cells.length > mostCells) continue;
      plans.push({ plan: { kind: 'cells', column, cells }, cost: cells.length * (cellDescent + limit / chance) });
    }
  }
  return plans.reduce((best, next) => (next.cost < best.cost ? next : best)).plan;
}

/** Entries within the boxes whose words are looked at, about. */
const headInView = 3_000;
const mostHeadEntries = 30_000;

/**
 * The head to look for words in before asking the index of words; null where the view is so small that looking at everything
 * costs no more. What fills a page from the head is common, and its index entries many; what does not is rare, and they are few.
 */
export function headPlan({
  market,
  boxes,
}: Pick<PlanQuestion, 'market' | 'boxes'>): Extract<SearchPlan, { kind: 'head' }> | null {
  const inView = boxes ? market.listingsIn(boxes) : market.total;
  if (inView <= headInView) return null;
  return { kind: 'head', entries: Math.min(mostHeadEntries, Math.ceil((headInView * market.total) / inView)) };
}
