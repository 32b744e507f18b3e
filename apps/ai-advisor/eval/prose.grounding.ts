import { distanceM } from '@viewora/contracts/geo';
import { sqmPerUnit } from '@viewora/contracts/listing';
import type { Fact, Facts } from './facts.ts';
import { daysOnMarket } from './results.grounding.ts';
import type { Answer as WholeAnswer } from './visitors.ts';

type Answer = Omit<WholeAnswer, 'done'>;
type Source = Pick<Facts, 'of' | 'viewsOf' | 'percentUnder'>;

/** Figures by what they count; `other` are of money, sizes, distances, years and shares. */
type Kind = 'beds' | 'baths' | 'days' | 'views' | 'homes' | 'other';
type Known = Readonly<Record<Kind, readonly number[]>>;

const kinds: readonly (readonly [Exclude<Kind, 'other'>, RegExp])[] = [
  ['beds', /^\+?[\s-]?bed/i],
  ['baths', /^\+?[\s-]?bath/i],
  ['days', /^[\s-]?days?\b/i],
  ['views', /^ (?:views?|times)\b/i],
  ['homes', /^ (?:comparable )?(?:homes?|houses?|flats?|plots?|commercial|listings?|were sold)\b/i],
];

const figure = /(?<![\p{L}\d])(\d[\d,.]*\d|\d)(?:(k|m|\s?lakh|\s?cr)(?![\p{L}\d²]))?/giu;
const scale: Record<string, number> = { '': 1, k: 1e3, m: 1e6, lakh: 1e5, cr: 1e7 };

/**
 * Figures that neither the question nor the facts bear out: in the prose of what was named last, in a reason of its own listing. What the
 * answer shows beside its homes has to be held against the facts before: it is taken for true here.
 */
export function inventedFigures(question: string, answer: Answer, facts: Source): string[] {
  const turn = knownOfTurn(question, answer);
  const said = [
    ...spokenOf(answer).map(({ text, ids }) => ({
      text,
      known: ids.map((id) => knownOf(id, answer, facts)).reduce(merged, turn),
    })),
    ...answer.results.items.flatMap(({ id, reasons }) => {
      const known = merged(turn, knownOf(id, answer, facts));
      return reasons.map((text) => ({ text, known }));
    }),
  ];
  return said.flatMap(({ text, known }) => notBorneOut(withoutNames(text, question, answer), known));
}

/** A piece of the prose, and what its figures may be of, beside the turn. */
interface Spoken {
  text: string;
  ids: string[];
}

/** Figures are of what was named last; those that lead up to a name within a sentence may be of what it names. */
function spokenOf({ prose, citations }: Answer): Spoken[] {
  const pieces: Spoken[] = [];
  let [at, last]: [number, string[]] = [0, []];
  for (const { 0: mark, 1: number, index } of prose.matchAll(/(?:\d+-bed [^\n[\]]*?)?\[(\d+)\]/g)) {
    const own = citations.filter((citation) => citation.number === Number(number)).map(({ id }) => id);
    const between = prose.slice(at, index);
    const ends = [...between.matchAll(/[.!?:]?\s*\n|[.!?]\s/g)].at(-1);
    const lead = ends ? ends.index + ends[0].length : at === 0 ? 0 : between.length;
    pieces.push({ text: between.slice(0, lead), ids: last });
    pieces.push({ text: between.slice(lead), ids: [...last, ...own] });
    pieces.push({ text: mark.replace(/\[\d+\]/, ''), ids: own });
    [at, last] = [index + mark.length, own];
  }
  return [...pieces, { text: prose.slice(at), ids: last }];
}

function notBorneOut(text: string, known: Known): string[] {
  const ofOtherScripts = [...text.matchAll(/(?![\d²])\p{N}/gu)].map(([numeral]) => `“${numeral}”`);
  const invented = [...text.matchAll(figure)].flatMap(({ 0: whole, 1: digits = '', 2: unit = '', index }) => {
    const after = text.slice(index + whole.length);
    const [kind] = kinds.find(([, noun]) => noun.test(after)) ?? ['other' as const];
    const [value, precision] = [numberOf(digits, unit), precisionOf(digits, unit)];
    const isKnown = known[kind].some((fact) => Math.abs(fact - value) <= precision);
    return isKnown ? [] : [`“${whole.trim()}” (${kind}) in “${text.trim().slice(0, 120)}”`];
  });
  return [...ofOtherScripts, ...invented];
}

/** Titles and places are names, whatever digits are in them; what the question says may be quoted. */
function withoutNames(text: string, question: string, { citations, results }: Answer): string {
  const names = [
    ...citations.filter(({ kind }) => kind === 'market').map(({ title }) => title),
    ...results.items.flatMap(({ title, city, locality }) => [title, city ?? '', locality ?? '']),
    ...[results.area, ...(results.areas ?? [])].map((area) => area?.label ?? ''),
  ];
  const unquoted = text.replace(/“([^”]*)”/g, (all, quoted: string) => (question.includes(quoted) ? ' ' : all));
  return names.filter((name) => name !== '').reduce((rest, name) => rest.replaceAll(name, ' '), unquoted);
}

function numberOf(digits: string, unit = ''): number {
  return Number(digits.replaceAll(',', '')) * (scale[unit.trim().toLowerCase()] ?? 1);
}

/** A figure may be rounded as far as it is written: $885K is any price from 884,500 on. */
function precisionOf(digits: string, unit: string): number {
  const decimals = digits.split('.')[1]?.length ?? 0;
  return (0.5 * (scale[unit.trim().toLowerCase()] ?? 1)) / 10 ** decimals + 1e-6;
}

const nothing: Known = { beds: [], baths: [], days: [], views: [], homes: [], other: [] };

function merged(one: Known, other: Known): Known {
  const both = (kind: Kind) => [...one[kind], ...other[kind]];
  const [beds, baths, days] = [both('beds'), both('baths'), both('days')];
  return { beds, baths, days, views: both('views'), homes: both('homes'), other: both('other') };
}

/** What may be said whatever was named last. */
function knownOfTurn(question: string, { filter: { filter }, results }: Answer): Known {
  const { area, priceCheck, total } = results;
  const { minBeds, maxBeds, minBaths, minYearBuilt, ...rest } = filter;
  const asked = [...question.matchAll(figure)].map(([, digits = '', unit]) => numberOf(digits, unit));
  const own: Known = {
    ...nothing,
    beds: numbersIn([minBeds, maxBeds]),
    baths: numbersIn(minBaths),
    homes: [total.value, ...(priceCheck ? [priceCheck.comparables.length] : [])],
    other: [
      ...asked,
      ...numbersIn([minBeds, maxBeds, minYearBuilt]),
      ...numbersIn([rest, priceCheck?.range, priceCheck?.askedMinor]).flatMap(formsOf),
    ],
  };
  return area ? merged(own, knownOfArea(area)) : own;
}

function knownOf(id: string, answer: Answer, facts: Source): Known {
  const fact = facts.of(id);
  if (fact) return knownOfListing(fact, answer, facts);
  const area = answer.results.areas?.find(({ key }) => key === id);
  return area ? knownOfArea(area) : nothing;
}

function knownOfArea({ now, trend }: NonNullable<Answer['results']['area']>): Known {
  const years = trend ? [trend.from, trend.to].map((day) => Number(day.slice(0, 4))) : [];
  return {
    ...nothing,
    days: numbersIn([now.daysOnMarket.value, now.daysToSale.value]).map(Math.round),
    homes: [now.listings, now.sold],
    other: [
      ...years,
      ...numbersIn(trend?.changePercent).map(Math.abs),
      ...numbersIn([now.priceMinor.value, now.priceMinor.lower, now.priceMinor.upper]).map((minor) => minor / 100),
      ...numbersIn(now.pricePerSqmMinor.value).flatMap((minor) => [minor / 100, (minor / 100) * sqmPerUnit.sqft]),
    ],
  };
}

function knownOfListing(fact: Fact, { filter, results }: Answer, facts: Source): Known {
  const { minBeds, minBaths, minAreaSqm, maxPriceMinor, near } = filter.filter;
  const { beds, baths, priceMinor, areaSqm, areaValue, yearBuilt, location, city, postalCode } = fact;
  const under = [city, postalCode].flatMap((place) => (place === null ? [] : (facts.percentUnder(fact, place) ?? [])));
  const cheaper = maxPriceMinor ? [(1 - priceMinor / maxPriceMinor) * 100] : [];
  const larger = minAreaSqm && areaSqm ? [(areaSqm / minAreaSqm - 1) * 100] : [];
  // “27% under” says at least 27, so that it is not rounded up.
  const percents = [...under, ...cheaper, ...larger].map((percent) => Math.floor(Math.abs(percent) + 1e-9));
  const away = near && location ? [distanceM(near, location)] : [];
  const perSqm = areaSqm ? [fact.price / areaSqm] : [];
  return {
    ...nothing,
    beds: [...numbersIn(beds), (beds ?? 0) - (minBeds ?? 0)],
    baths: [...numbersIn(baths), (baths ?? 0) - (minBaths ?? 0)],
    days: daysOnMarket(fact),
    views: results.comparison ? [facts.viewsOf(fact.id)] : [],
    other: [
      ...numbersIn([fact.price, areaSqm, areaValue, yearBuilt]),
      ...numbersIn(Number(postalCode ?? Number.NaN)),
      ...perSqm.flatMap((price) => [price, price * sqmPerUnit.sqft]),
      ...percents,
      ...away.flatMap((metres) => [metres / 1_000, metres / 1_609.344, Math.max(50, Math.round(metres / 50) * 50)]),
    ],
  };
}

/** A number as it may be told: of money without its cents, of areas in square feet, of distances in kilometres and miles. */
function formsOf(value: number): number[] {
  const { sqft } = sqmPerUnit;
  return [value, value / 100, value / sqft, value / 1_000, value / 1_609.344];
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}
