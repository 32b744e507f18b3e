import type { AreaUnit } from './listing.ts';

// Apart from the schemas, because a page reckons with this before its own script has come.

/** Square metres in one of each unit (international foot; a cent is a hundredth of an acre). */
export const sqmPerUnit: Record<AreaUnit, number> = {
  sqft: 0.09290304,
  sqm: 1,
  cent: 40.468564224,
  acre: 4046.8564224,
};
