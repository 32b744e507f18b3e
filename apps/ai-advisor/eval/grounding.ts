import { distanceM } from '@viewora/contracts/geo';
import { sqmPerUnit } from '@viewora/contracts/listing';
import type { Facts } from './facts.ts';
import type { Answer } from './visitors.ts';

/** What of an answer does not come from the facts; empty where all of it does. */
export function ungrounded(question: string, answer: Answer, facts: Facts): string[] {
  return [...wrongItems(answer, facts), ...wrongCitations(answer, facts), ...inventedFigures(question, answer, facts)];
}

/** Listings that there are not, and facts of theirs that are others. */
function wrongItems({ results }: Answer, facts: Facts): string[] {
  return results.items.flatMap((item) => {
    const fact = facts.of(item.id);
    if (!fact) return [`there is no listing ${item.id}`];
    const pairs = [
      ['title', item.title, fact.title],
      ['price', item.priceMinor / 100, fact.price],
      ['beds', item.beds, fact.beds],
      ['baths', item.baths, fact.baths],
      ['area', item.areaSqm, fact.areaSqm],
      ['year', item.yearBuilt, fact.yearBuilt],
      ['city', item.city, fact.city],
      ['postal code', item.postalCode, fact.postalCode],
    ] as const;
    return pairs.filter(([, said, is]) => said !== is).map(([name, said, is]) => `${name} ${said} instead of ${is}`);
  });
}

/** What is cited without being there, or is called something else. */
function wrongCitations({ prose, citations, results }: Answer, facts: Facts): string[] {
  const shown = new Set(results.items.map(({ id }) => id));
  const named = citations.flatMap(({ kind, id, title, number }) => {
    if (kind !== 'listing') return [];
    const wrong = !shown.has(id) || facts.of(id)?.title !== title;
    return wrong ? [`citation ${number} is of ${title}, which is not there`] : [];
  });
  const numbers = new Set(citations.map(({ number }) => number));
  const marks = [...prose.matchAll(/\[(\d+)\]/g)].map(([, number]) => Number(number));
  return [...named, ...marks.filter((number) => !numbers.has(number)).map((number) => `[${number}] cites nothing`)];
}

const figure = /(?<![\p{L}\d])(\d[\d,.]*\d|\d)(?:(k|m|\s?lakh|\s?cr)(?![\p{L}\d²]))?/giu;
const scale: Record<string, number> = { '': 1, k: 1e3, m: 1e6, lakh: 1e5, cr: 1e7 };

/** Figures that neither the question nor the facts bear out: in the prose of what is shown, in a reason of its own listing. */
function inventedFigures(question: string, answer: Answer, facts: Facts): string[] {
  const { results } = answer;
  const ofTurn = knownOfTurn(question, answer);
  const ofItems = results.items.map((item) => knownOfListing(item.id, answer, facts));
  const inProse = notBorneOut(answer.prose, answer, new Set([...ofTurn, ...ofItems.flatMap((known) => [...known])]));
  const inReasons = results.items.flatMap(({ reasons }, i) =>
    reasons.flatMap((reason) => notBorneOut(reason, answer, new Set([...ofTurn, ...(ofItems[i] ?? [])]))),
  );
  return [...inProse, ...inReasons];
}

function notBorneOut(said: string, answer: Answer, known: ReadonlySet<number>): string[] {
  return [...withoutNames(said.replace(/\[\d+\]/g, ''), answer).matchAll(figure)].flatMap(
    ([whole, digits = '', unit = '']) => {
      const value = toNumber(digits) * (scale[unit.trim().toLowerCase()] ?? 1);
      return isBorneOut(value, precisionOf(digits, unit), known)
        ? []
        : [`“${whole.trim()}” in “${said.slice(0, 120)}”`];
    },
  );
}

/** Titles and places are names, whatever digits are in them. */
function withoutNames(text: string, { citations, results }: Answer): string {
  const names = [
    ...citations.map(({ title }) => title),
    ...results.items.map(({ title }) => title),
    ...[results.area, ...(results.areas ?? [])].map((area) => area?.label ?? ''),
  ];
  return names.filter((name) => name !== '').reduce((rest, name) => rest.replaceAll(name, ' '), text);
}

const toNumber = (digits: string) => Number(digits.replaceAll(',', ''));

/** A figure may be rounded as far as it is written: $885K is any price from 884,500 on. */
function precisionOf(digits: string, unit: string): number {
  const decimals = digits.split('.')[1]?.length ?? 0;
  return (0.5 * (scale[unit.trim().toLowerCase()] ?? 1)) / 10 ** decimals + 1e-6;
}

function isBorneOut(value: number, precision: number, known: ReadonlySet<number>): boolean {
  for (const fact of known) if (Math.abs(fact - value) <= precision) return true;
  return false;
}

function knownOfTurn(question: string, { filter, results, citations }: Answer): number[] {
  const asked = [...question.matchAll(figure)].map(
    ([, digits = '', unit = '']) => toNumber(digits) * (scale[unit.trim().toLowerCase()] ?? 1),
  );
  const counts = [results.total.value, citations.length, ...results.items.keys(), results.items.length];
  const given = numbersIn([filter.filter, results.comparison, results.area, results.areas, results.priceCheck]);
  return [...asked, ...counts, ...given.flatMap(formsOf)];
}

function knownOfListing(id: string, { filter }: Answer, facts: Facts): Set<number> {
  const fact = facts.of(id);
  if (!fact) return new Set();
  const places = [fact.city, fact.postalCode].filter((place) => place !== null);
  const under = places.map((place) => facts.percentUnder(fact, place)).filter((percent) => percent !== null);
  const { near, maxPriceMinor, minAreaSqm, minBeds, minBaths } = filter.filter;
  const away =
    near && fact.lat !== null && fact.lon !== null ? distanceM(near, { lat: fact.lat, lon: fact.lon }) : Number.NaN;
  const cheaper = maxPriceMinor ? (1 - (fact.price * 100) / maxPriceMinor) * 100 : Number.NaN;
  const larger = minAreaSqm && fact.areaSqm ? (fact.areaSqm / minAreaSqm - 1) * 100 : Number.NaN;
  // “27% under” says at least 27, so that it is not rounded up.
  const percents = [...under, cheaper, larger].map((percent) => Math.floor(Math.abs(percent) + 1e-9));
  const more = [(fact.beds ?? 0) - (minBeds ?? 0), (fact.baths ?? 0) - (minBaths ?? 0)];
  return new Set([...figuresOf(fact), ...percents, ...more, ...formsOf(away), Math.round(away / 50) * 50]);
}

/** A number as it may be told: of money without its cents, of areas in square feet, of distances in kilometres and miles. */
function formsOf(value: number): number[] {
  const { sqft } = sqmPerUnit;
  return [value, value / 100, value / sqft, (value / 100) * sqft, value / 1_000, value / 1_609.344];
}

/** Each fact of a listing in the units that it is told in, and what it costs for its size. */
function figuresOf({
  price,
  beds,
  baths,
  areaSqm,
  areaValue,
  yearBuilt,
  postalCode,
}: NonNullable<ReturnType<Facts['of']>>): number[] {
  const perSqm = areaSqm ? price / areaSqm : Number.NaN;
  const figures = [
    price,
    beds,
    baths,
    areaSqm,
    areaValue,
    yearBuilt,
    perSqm,
    perSqm * sqmPerUnit.sqft,
    Number(postalCode ?? Number.NaN),
  ];
  return figures.filter((value): value is number => value !== null && Number.isFinite(value));
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}
