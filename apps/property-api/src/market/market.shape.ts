import type { Bbox } from '@viewora/contracts/geo';
import type { PropertyFilter } from '@viewora/contracts/property-filter';
import { leafLevel, regionLevel, tileCount, tileNumbers, tilesOf } from './grid.ts';
import { priceBand } from './price-bands.ts';

export interface MixRow {
  currency: string;
  type: string;
  beds: number;
  priceBand: number;
  listings: number;
}

/**
 * How the market lies, small enough to keep in memory: how many listings each tile holds and which facts are common.
 * It only chooses plans, so it may be a little old; it never answers.
 */
export class MarketShape {
  readonly total: number;
  private readonly tiles: Map<number, Map<number, number>>;

  constructor(
    leaves: ReadonlyMap<number, number>,
    private readonly mix: readonly MixRow[],
  ) {
    this.total = mix.reduce((sum, { listings }) => sum + listings, 0);
    this.tiles = new Map([
      [leafLevel, new Map(leaves)],
      [regionLevel, coarser(leaves)],
    ]);
  }

  /** About how many listings lie in these boxes, whole tiles counted. */
  listingsIn(boxes: Bbox[]): number {
    return boxes.reduce((sum, box) => {
      const level = tileCount(tilesOf(box, leafLevel)) <= 4_096 ? leafLevel : regionLevel;
      return sum + this.occupiedTiles([box], level).reduce((inBox, tile) => inBox + this.countOf(level, tile), 0);
    }, 0);
  }

  listingsInTiles(tiles: readonly number[], level: typeof leafLevel | typeof regionLevel): number {
    return tiles.reduce((sum, tile) => sum + this.countOf(level, tile), 0);
  }

  private occupiedTiles(boxes: Bbox[], level: typeof leafLevel | typeof regionLevel): number[] {
    const counts = this.tiles.get(level) ?? new Map<number, number>();
    const touched = boxes.flatMap((box) => {
      const range = tilesOf(box, level);
      if (tileCount(range) <= counts.size) return tileNumbers(range).filter((tile) => counts.has(tile));
      const size = 2 ** level;
      return [...counts.keys()].filter((tile) => {
        const x = tile % size;
        const y = Math.floor(tile / size);
        return x >= range.minX && x <= range.maxX && y >= range.minY && y <= range.maxY;
      });
    });
    return [...new Set(touched)];
  }

  /** The share of all listings that the filter's type, bedrooms, price and currency leave over, 0 to 1. */
  selectivity(filter: PropertyFilter): number {
    if (this.total === 0) return 1;
    const left = this.mix.reduce((sum, row) => (mayMatch(row, filter) ? sum + row.listings : sum), 0);
    return left / this.total;
  }

  private countOf(level: number, tile: number): number {
    return this.tiles.get(level)?.get(tile) ?? 0;
  }
}

function coarser(leaves: ReadonlyMap<number, number>): Map<number, number> {
  const shift = leafLevel - regionLevel;
  const size = 2 ** leafLevel;
  const counts = new Map<number, number>();
  for (const [tile, listings] of leaves) {
    const x = tile % size;
    const y = Math.floor(tile / size);
    const parent = (y >> shift) * 2 ** regionLevel + (x >> shift);
    counts.set(parent, (counts.get(parent) ?? 0) + listings);
  }
  return counts;
}

function mayMatch(row: MixRow, filter: PropertyFilter): boolean {
  const band = priceBand(row.priceBand);
  return (
    (!filter.type || (filter.type as string[]).includes(row.type)) &&
    (filter.currency === undefined || filter.currency === row.currency) &&
    (filter.minBeds === undefined || row.beds >= filter.minBeds) &&
    (filter.maxBeds === undefined || (row.beds >= 0 && row.beds <= filter.maxBeds)) &&
    (filter.minPriceMinor === undefined || band.to === null || band.to > filter.minPriceMinor) &&
    (filter.maxPriceMinor === undefined || band.from <= filter.maxPriceMinor)
  );
}
