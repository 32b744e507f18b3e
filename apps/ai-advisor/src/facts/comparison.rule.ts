import type { Comparison } from '@viewora/contracts/answer';
import type { ListingItem } from '@viewora/contracts/listing';
import { daysSince } from '../wording/format.ts';

type Fact = Comparison['rows'][number]['fact'];

/** What more or less of is better; of the others nobody can say. */
const better: Partial<Record<Fact, 'more' | 'less'>> = {
  priceMinor: 'less',
  pricePerSqmMinor: 'less',
  areaSqm: 'more',
  beds: 'more',
  baths: 'more',
  yearBuilt: 'more',
};
const ofMoney = new Set<Fact>(['priceMinor', 'pricePerSqmMinor']);

/** Listings side by side, by what is known of any of them. `views` are of seven days, null where not known. */
export function comparisonOf(
  listings: readonly ListingItem[],
  views: ReadonlyMap<string, number | null>,
  now: Date,
): Comparison {
  const facts: Record<Fact, (listing: ListingItem) => number | null> = {
    priceMinor: ({ priceMinor }) => priceMinor,
    pricePerSqmMinor: ({ priceMinor, areaSqm }) => (areaSqm ? Math.round(priceMinor / areaSqm) : null),
    areaSqm: ({ areaSqm }) => areaSqm,
    beds: ({ beds }) => beds,
    baths: ({ baths }) => baths,
    yearBuilt: ({ yearBuilt }) => yearBuilt,
    daysOnMarket: ({ listedAt }) => daysSince(listedAt, now),
    views7d: ({ id }) => views.get(id) ?? null,
  };
  const isOneCurrency = new Set(listings.map(({ currency }) => currency)).size === 1;
  const rows = (Object.keys(facts) as Fact[]).map((fact) => {
    const values = listings.map(facts[fact]);
    return { fact, values, best: isOneCurrency || !ofMoney.has(fact) ? bestOf(values, better[fact]) : [] };
  });
  return {
    ids: listings.map(({ id }) => id),
    rows: rows.filter(({ values }) => values.some((value) => value !== null)),
  };
}

/** The places of the best values; empty where none stands out. */
function bestOf(values: readonly (number | null)[], direction: 'more' | 'less' | undefined): number[] {
  const known = values.filter((value) => value !== null);
  if (direction === undefined || new Set(known).size < 2) return [];
  const best = direction === 'more' ? Math.max(...known) : Math.min(...known);
  return values.flatMap((value, i) => (value === best ? i : []));
}
