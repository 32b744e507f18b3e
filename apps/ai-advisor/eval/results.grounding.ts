import type { Comparison, PriceCheck } from '@viewora/contracts/answer';
import { fewestForMedian } from '@viewora/contracts/market';
import type { PropertyFilter } from '@viewora/contracts/property-filter';
import type { Fact, Facts } from './facts.ts';
import type { Answer } from './visitors.ts';

type Results = Answer['results'];
type Area = NonNullable<Results['area']>;
type Row = Comparison['rows'][number];

/** What of the figures that an answer shows beside its homes is not what SQL says, or does not follow from it. */
export async function wrongResults(answer: Answer, facts: Facts): Promise<string[]> {
  const { area, areas = [], comparison, priceCheck } = answer.results;
  const ofAreas = await Promise.all([...(area ? [area] : []), ...areas].map((one) => wrongArea(one, facts)));
  return [
    ...wrongTotal(answer, facts),
    ...(comparison ? comparison.rows.flatMap((row) => wrongRow(row, comparison.ids, facts)) : []),
    ...ofAreas.flat(),
    ...(priceCheck ? await wrongCheck(priceCheck, answer, facts) : []),
  ];
}

/** The most that a search counts exactly. */
const countedTo = 1_000;

function wrongTotal({ filter: { filter, intent, places }, results }: Answer, facts: Facts): string[] {
  const { value, relation } = results.total;
  const isOfSearch = !(intent === 'process' || intent === 'off_topic' || (intent === 'price_check' && !results.area));
  const found = (places ?? [filter.place]).map(
    (place) => facts.matching({ ...filter, ...(place && { place }) }).length,
  );
  const counted = isOfSearch ? found.reduce((sum, count) => sum + count, 0) : results.items.length;
  // Where all that was asked for is left out for fairness' sake, nothing is looked for.
  const isTrue = Object.keys(filter).length === 0 && results.items.length === 0 ? value === 0 : value === counted;
  const isMore = relation === 'at_least' && value <= counted && value >= countedTo;
  return isTrue || isMore ? [] : [`total ${value} where SQL counts ${counted}`];
}

const dayMs = 86_400_000;
/** An answer was given a moment ago, perhaps on the day before. */
const momentMs = 60_000;

export function daysOnMarket({ listedAt }: Fact): number[] {
  const since = Date.now() - Date.parse(listedAt);
  return [since, since - momentMs].map((ms) => Math.max(0, Math.floor(ms / dayMs)));
}

/** What a row may say of a listing. */
const told: Record<Exclude<Row['fact'], 'views7d'>, (fact: Fact) => (number | null)[]> = {
  priceMinor: ({ priceMinor }) => [priceMinor],
  pricePerSqmMinor: ({ priceMinor, areaSqm }) => [areaSqm === null ? null : Math.round(priceMinor / areaSqm)],
  areaSqm: ({ areaSqm }) => [areaSqm],
  beds: ({ beds }) => [beds],
  baths: ({ baths }) => [baths],
  yearBuilt: ({ yearBuilt }) => [yearBuilt],
  daysOnMarket,
};

function wrongRow({ fact, values, best }: Row, ids: readonly string[], facts: Facts): string[] {
  const wrong = ids.flatMap((id, i) => {
    const one = facts.of(id);
    const said = values[i] ?? null;
    const known = one && (fact === 'views7d' ? [facts.viewsOf(id), null] : told[fact](one));
    return known?.includes(said) ? [] : [`${fact} ${said} in the comparison`];
  });
  const numbers = values.filter((value) => value !== null);
  const extreme = fact.startsWith('price') ? Math.min(...numbers) : Math.max(...numbers);
  return [...wrong, ...best.filter((i) => values[i] !== extreme).map((i) => `${values[i]} is not the best ${fact}`)];
}

/** What a figure is called, what is said, and what it is. */
type Told = [name: string, said: number | null, is: number | null];

async function wrongArea(
  { key, label, type, currency, now, trend, mostViewed }: Area,
  facts: Facts,
): Promise<string[]> {
  const is = await facts.market(key, type, currency);
  const isPriced = is.listings - is.inOtherCurrencies >= fewestForMedian;
  const median = (value: number | null, isKnown: boolean) => (isKnown ? value : null);
  const counts: Told[] = [
    ['listings', now.listings, is.listings],
    ['listings in other currencies', now.inOtherCurrencies, is.inOtherCurrencies],
    ['sold', now.sold, is.sold],
  ];
  const medians: Told[] = [
    ['lower quartile', now.priceMinor.lower, median(is.lower, isPriced)],
    ['median', now.priceMinor.value, median(is.median, isPriced)],
    ['upper quartile', now.priceMinor.upper, median(is.upper, isPriced)],
    ['median by size', now.pricePerSqmMinor.value, median(is.perSqm, now.pricePerSqmMinor.of >= fewestForMedian)],
    ['days on the market', now.daysOnMarket.value, median(is.daysOnMarket, is.listings >= fewestForMedian)],
    ['days to the sale', now.daysToSale.value, median(is.daysToSale, is.sold >= fewestForMedian)],
  ];
  const wrong = [
    ...counts.filter(([, said, of]) => said !== of),
    // Medians are told in whole units, and were computed within the hour.
    ...medians.filter(([, said, of]) => !isNear(said, of, 1)),
  ].map(([name, said, of]) => `${label}: ${name} ${said} is ${of}`);
  const elsewhere = mostViewed
    .filter((id) => !facts.of(id))
    .map((id) => `${label}: looks at ${id}, which is not there`);
  if (!trend) return [...wrong, ...elsewhere];
  const [from, to] = [
    await facts.askedIn(trend.from, key, type, currency),
    await facts.askedIn(trend.to, key, type, currency),
  ];
  const percent = from && to ? (to / from - 1) * 100 : null;
  const isTrue = isNear(trend.changePercent, percent, 0.1);
  return [...wrong, ...elsewhere, ...(isTrue ? [] : [`${label}: ${trend.changePercent} % is ${percent} %`])];
}

function isNear(said: number | null, is: number | null, tolerance: number): boolean {
  return said === null || is === null ? said === is : Math.abs(said - is) <= tolerance;
}

/** A range has three digits. */
const rangeDigits = 0.006;

/** The range has to be what its comparables ask, and they have to be those that are most alike. */
async function wrongCheck(check: PriceCheck, { filter: { filter }, results }: Answer, facts: Facts): Promise<string[]> {
  const { comparables, range, askedMinor, verdict, listingId } = check;
  const subject = listingId === null ? null : facts.of(listingId);
  const areaSqm = subject ? subject.areaSqm : (filter.minAreaSqm ?? filter.maxAreaSqm ?? null);
  const { lowMinor, middleMinor, highMinor } = range;
  const is = await facts.quartiles(comparables, areaSqm);
  const asked = filter.maxPriceMinor ?? filter.minPriceMinor ?? subject?.priceMinor ?? null;
  const place = asked === null ? null : asked < lowMinor ? 'below' : asked > highMinor ? 'above' : 'within';
  const shown = new Set(results.items.map(({ id }) => id));
  return [
    ...[lowMinor, middleMinor, highMinor].flatMap((minor, i) =>
      isNear(minor, is[i] ?? null, minor * rangeDigits) ? [] : [`range ${minor} is ${is[i]}`],
    ),
    ...(asked === askedMinor && verdict === place ? [] : [`${askedMinor} is ${verdict} where ${asked} is ${place}`]),
    ...comparables.filter((id) => !shown.has(id)).map((id) => `${id} is compared with and not shown`),
    ...(listingId === null ? wrongComparables(comparables, filter, facts) : []),
  ];
}

/** Of so many nothing wider is looked for. */
export const fewestAlike = 6;
const mostComparables = 20;
/** How far alike, as the docs have it: rooms, share of the size, metres around a point. */
const widths = [
  [0, 0.15, 5_000],
  [0, 0.3, 5_000],
  [1, 0.5, 15_000],
] as const;

function wrongComparables(ids: readonly string[], filter: PropertyFilter, facts: Facts): string[] {
  const alike = new Set(alikeTo(filter, facts).map(({ id }) => id));
  const most = Math.min(mostComparables, alike.size);
  return [
    ...ids.filter((id) => !alike.has(id)).map((id) => `${facts.of(id)?.title} is not most alike`),
    ...(ids.length === most ? [] : [`${ids.length} comparables where there are ${most}`]),
  ];
}

/** Homes like one that is told by a filter: of its kind and place, as near in rooms and size as leaves enough of them. */
export function alikeTo(filter: PropertyFilter, facts: Facts): Fact[] {
  const { type, place, near, radiusM = 0 } = filter;
  const beds = filter.minBeds ?? filter.maxBeds;
  const area = filter.minAreaSqm ?? filter.maxAreaSqm;
  const found = widths.map(([rooms, share, metres]) =>
    facts.matching({
      ...(type && { type }),
      ...(place && { place }),
      ...(near && { near, radiusM: Math.max(radiusM, metres) }),
      ...(beds !== undefined && { minBeds: beds - rooms, maxBeds: beds + rooms }),
      ...(area !== undefined && { minAreaSqm: area * (1 - share), maxAreaSqm: area * (1 + share) }),
    }),
  );
  return found.find((alike) => alike.length >= fewestAlike) ?? found.at(-1) ?? [];
}
