import { isDeepStrictEqual } from 'node:util';
import type { AnswerDataOf, AreaInsight, Comparison, PriceCheck } from '@viewora/contracts/answer';
import type { ListingDetail } from '@viewora/contracts/listing';
import type { Market } from '@viewora/contracts/market';
import type { AdvisedFilter } from '@viewora/contracts/understanding';
import { inventedFigures } from '../eval/prose.grounding.ts';
import type { Answer } from './answer.lab.ts';

/** What a test has put on the market: nothing is known of an answer's own. */
export interface KnownMarket {
  listings: readonly ListingDetail[];
  markets?: readonly Market[];
  views?: ReadonlyMap<string, number>;
}

/**
 * What an answer shows or says in numbers that the market, or the question, does not have; written without a look at how prose is made.
 * Marks of citations count as unsupported, too, unless what they cite came before.
 */
export function unsupportedNumbers(answer: Answer, market: KnownMarket): string[] {
  const [filter, results] = [answer.one('filter'), answer.one('results')];
  const facts = {
    of(id: string) {
      const one = market.listings.find((listing) => listing.id === id);
      return one && { ...one, price: one.priceMinor / 100 };
    },
    viewsOf: (id: string) => market.views?.get(id) ?? 0,
    // The market that tests stand on knows no medians.
    percentUnder: () => null,
  };
  const citations = answer.all('citation');
  const question = stringsIn([filter.wishes, filter.understood, filter.leftOut]).join(' ');
  return [
    ...wrongShown(filter.filter, results, market),
    ...citedTooEarly(answer),
    ...inventedFigures(question, { filter, results, citations, prose: answer.prose }, facts),
  ];
}

function citedTooEarly(answer: Answer): string[] {
  const cited = new Set<string>();
  return answer.parts.flatMap((part) => {
    if (part.event === 'citation') cited.add(String(part.data.number));
    if (part.event !== 'delta') return [];
    return [...part.data.text.matchAll(/\[(\d+)\]/g)].flatMap(([mark, number = '']) =>
      cited.has(number) ? [] : [mark],
    );
  });
}

function wrongShown(filter: AdvisedFilter, results: AnswerDataOf<'results'>, market: KnownMarket): string[] {
  const { items, total, comparison, area, areas = [], priceCheck } = results;
  const wrong = items.filter(({ reasons: _, ...item }) => {
    const listing = market.listings.find(({ id }) => id === item.id);
    return listing === undefined || !isDeepStrictEqual({ ...listing, ...item }, listing);
  });
  return [
    ...wrong.map(({ title }) => `${title} is another one`),
    ...(total.value > market.listings.length ? [`total ${total.value}`] : []),
    ...(comparison ? wrongRows(comparison, market) : []),
    ...[...(area ? [area] : []), ...areas].filter((one) => !isOfMarket(one, market)).map(({ label }) => label),
    ...(priceCheck && !isBetween(priceCheck, filter, market) ? [`range ${JSON.stringify(priceCheck.range)}`] : []),
  ];
}

function wrongRows({ ids, rows }: Comparison, { listings, views }: KnownMarket): string[] {
  return ids.flatMap((id, i) => {
    const listing = listings.find((one) => one.id === id);
    if (!listing) return [id];
    const { priceMinor, areaSqm, beds, baths, yearBuilt, listedAt } = listing;
    const facts: Record<Comparison['rows'][number]['fact'], number | null> = {
      priceMinor,
      pricePerSqmMinor: areaSqm === null ? null : Math.round(priceMinor / areaSqm),
      areaSqm,
      beds,
      baths,
      yearBuilt,
      daysOnMarket: Math.floor((Date.now() - Date.parse(listedAt)) / 86_400_000),
      views7d: views?.get(id) ?? 0,
    };
    return rows.filter(({ fact, values }) => ![facts[fact], null].includes(values[i] ?? null)).map(({ fact }) => fact);
  });
}

/** A trend comes from two of its months. */
function isOfMarket({ key, type, now, trend }: AreaInsight, { markets = [] }: KnownMarket): boolean {
  const market = markets.find((one) => one.key === key);
  const own = type ? market?.byType.find((one) => one.type === type) : market?.now;
  const asked = (day: string) =>
    market?.months.find(({ month }) => month === day)?.pricePerSqmMinor.value ?? Number.NaN;
  const percent = trend ? (asked(trend.to) / asked(trend.from) - 1) * 100 : 0;
  return isDeepStrictEqual({ ...own, ...now }, own) && Math.abs(percent - (trend?.changePercent ?? 0)) < 0.1;
}

/** What a home should ask lies within what is asked for those like it, by size or as it is. */
function isBetween(
  { range, comparables, listingId }: PriceCheck,
  filter: AdvisedFilter,
  { listings }: KnownMarket,
): boolean {
  const named = filter.minAreaSqm ?? filter.maxAreaSqm ?? null;
  const size = listingId === null ? named : (listings.find(({ id }) => id === listingId)?.areaSqm ?? null);
  const asked = listings
    .filter(({ id }) => comparables.includes(id))
    .map(({ priceMinor, areaSqm }) => (size && areaSqm ? (priceMinor / areaSqm) * size : priceMinor));
  // A range has three digits.
  return range.lowMinor >= Math.min(...asked) * 0.99 && range.highMinor <= Math.max(...asked) * 1.01;
}

function stringsIn(data: unknown): string[] {
  if (typeof data === 'string') return [data];
  return data !== null && typeof data === 'object' ? Object.values(data).flatMap(stringsIn) : [];
}
