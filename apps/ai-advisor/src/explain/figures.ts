import type { AdvisedListing, AnswerDataOf, AreaInsight, PriceCheck } from '@viewora/contracts/answer';
import { mostSpokenOf, type Turn } from '../facts/turn.ts';
import { lexemesOf } from '../understand/lexemes.ts';
import { tokensOf } from '../understand/tokens.ts';
import { filterWords } from '../wording/filter.words.ts';
import {
  countWords,
  daysSince,
  homeName,
  listingAreaWords,
  listingTitle,
  listWords,
  perAreaWords,
  plainName,
  priceWords,
  roundPriceWords,
  typeNouns,
  visible,
} from '../wording/format.ts';

/** What a token such as `{{L1.price}}` stands for. */
export interface Figure {
  text: string;
  /** The listing it is of, or the one of several places, by its own token. */
  of?: string;
  /** What it counts, and how much of it, where it can be compared with others. */
  measure?: {
    kind: 'price' | 'perArea' | 'area' | 'beds' | 'baths' | 'year' | 'days' | 'views' | 'listings';
    value: number;
  };
  /** What it is the name of, and is cited where it stands. */
  source?: Omit<AnswerDataOf<'citation'>, 'number'>;
}

type Measure = NonNullable<Figure['measure']>;

/** Everything of a turn that can be said, by token. */
export type Figures = ReadonlyMap<string, Figure>;

const mostWishes = 5;

/**
 * The figures of a turn, worded from its data: whoever writes prose, rules or a model, writes tokens, and numbers come from here.
 */
export function figuresOf(turn: Turn): Figures {
  const { items, total, area, areas = [], priceCheck } = turn.results;
  const figures = new Map<string, Figure>();
  const add = (name: string, text: string | null | undefined, more: Omit<Figure, 'text'> = {}) => {
    if (text !== null && text !== undefined && text !== '') figures.set(name, { text, ...more });
  };
  add('total', totalWords(total));
  add('asked', filterWords(turn.question.filter, turn.currency).join(', '));
  addBudget(add, turn);
  const wishes = turn.question.wishes
    .filter(isOfHomes)
    .slice(0, mostWishes)
    .map((wish) => `“${wish}”`);
  add('wishes', listWords(wishes));
  for (const [i, wish] of wishes.entries()) add(`wish${i + 1}`, wish);
  for (const [i, item] of items.slice(0, mostSpokenOf).entries()) addListing(add, `L${i + 1}`, item, turn);
  if (area) addArea(add, area);
  for (const [i, one] of areas.entries()) addComparedArea(add, `A${i + 1}`, one);
  if (priceCheck) addCheck(add, priceCheck);
  return figures;
}

type Add = (name: string, text: string | null | undefined, more?: Omit<Figure, 'text'>) => void;

/** Whether a wish is of what homes have, in words that are known; nobody else's words are repeated. */
function isOfHomes(wish: string): boolean {
  const lexemes = lexemesOf(wish, tokensOf(wish), new Map());
  const isKnown = lexemes.every(({ is }) => is !== 'word' && is !== 'sign' && is !== 'number');
  return isKnown && lexemes.some(({ is }) => is === 'amenity') && visible(wish) === wish;
}

/** Every listing found is within it. */
function addBudget(add: Add, { question: { filter }, currency: usual }: Turn): void {
  const { maxPriceMinor, currency = usual } = filter;
  if (maxPriceMinor === undefined) return;
  add('budget', priceWords(maxPriceMinor, currency), { measure: { kind: 'price', value: maxPriceMinor } });
}

function totalWords({ value, relation }: Turn['results']['total']): string {
  return `${relation === 'at_least' ? 'more than ' : ''}${countWords(value, 'home')}`;
}

function addListing(add: Add, token: string, item: AdvisedListing, { now, results }: Turn): void {
  const { priceMinor, areaSqm, beds, baths, yearBuilt, currency } = item;
  const of = (kind: Measure['kind'], value: number) => ({ of: token, measure: { kind, value } });
  add(token, homeName(item), { of: token, source: { kind: 'listing', id: item.id, title: listingTitle(item) } });
  const places = [item.locality, item.city].map(plainName).filter((name) => name !== null);
  add(`${token}.place`, places.join(', '), { of: token });
  add(`${token}.price`, priceWords(priceMinor, currency), of('price', priceMinor));
  if (areaSqm) {
    add(`${token}.area`, listingAreaWords(item), of('area', areaSqm));
    add(`${token}.perArea`, perAreaWords(priceMinor / areaSqm, currency), of('perArea', priceMinor / areaSqm));
  }
  if (beds !== null) add(`${token}.beds`, countWords(beds, 'bedroom'), of('beds', beds));
  if (baths !== null) add(`${token}.baths`, countWords(baths, 'bath'), of('baths', baths));
  if (yearBuilt !== null) add(`${token}.year`, String(yearBuilt), of('year', yearBuilt));
  const days = daysSince(item.listedAt, now);
  add(`${token}.listed`, countWords(days, 'day'), of('days', days));
  for (const [i, reason] of item.reasons.slice(0, 3).entries()) add(`${token}.reason${i + 1}`, reason, { of: token });
  const { ids = [], rows = [] } = results.comparison ?? {};
  const views = rows.find(({ fact }) => fact === 'views7d')?.values[ids.indexOf(item.id)] ?? null;
  if (views !== null) add(`${token}.views`, countWords(views, 'view'), of('views', views));
}

function addArea(add: Add, area: AreaInsight): void {
  const { now, currency } = area;
  const addPrice = (name: string, value: number | null) => {
    if (value !== null) add(name, roundPriceWords(value, currency), { measure: { kind: 'price', value } });
  };
  add('area', area.label, { source: { kind: 'market', id: area.key, title: area.label } });
  add('area.listings', homesWords(now.listings, area));
  addPrice('area.median', now.priceMinor.value);
  addPrice('area.lower', now.priceMinor.lower);
  addPrice('area.upper', now.priceMinor.upper);
  const perSqm = now.pricePerSqmMinor.value;
  if (perSqm !== null) {
    add('area.perArea', perAreaWords(perSqm, currency), { measure: { kind: 'perArea', value: perSqm } });
  }
  for (const [name, { value }] of [
    ['daysOnMarket', now.daysOnMarket],
    ['daysToSale', now.daysToSale],
  ] as const) {
    if (value !== null) add(`area.${name}`, daysWords(value), { measure: { kind: 'days', value } });
  }
  add('area.sold', homesWords(now.sold, area));
  addTrend(add, 'area', area);
}

/** One of several places: its figures stand after its name, and are called as those of homes are where they are compared. */
function addComparedArea(add: Add, token: string, area: AreaInsight): void {
  const { now, currency, label, key } = area;
  const of = (kind: Measure['kind'], value: number) => ({ of: token, measure: { kind, value } });
  add(token, label, { of: token, source: { kind: 'market', id: key, title: label } });
  add(`${token}.listings`, homesWords(now.listings, area), of('listings', now.listings));
  const { value: price } = now.priceMinor;
  if (price !== null) add(`${token}.price`, roundPriceWords(price, currency), of('price', price));
  const { value: perSqm } = now.pricePerSqmMinor;
  if (perSqm !== null) add(`${token}.perArea`, perAreaWords(perSqm, currency), of('perArea', perSqm));
  const { value: days } = now.daysOnMarket;
  if (days !== null) add(`${token}.days`, daysWords(days), of('days', days));
  addTrend(add, token, area, { of: token });
}

function addTrend(add: Add, token: string, { trend }: AreaInsight, more: Omit<Figure, 'text'> = {}): void {
  if (!trend) return;
  const percent = Math.abs(trend.changePercent).toFixed(1).replace(/\.0$/, '');
  const words = percent === '0' ? 'as much as' : `${percent}% ${trend.changePercent > 0 ? 'more' : 'less'} than`;
  add(`${token}.trend`, words, more);
  add(`${token}.trendFrom`, monthWords(trend.from), more);
  add(`${token}.trendTo`, monthWords(trend.to), more);
}

/** "17 houses", where only those are counted. */
function homesWords(count: number, { type }: AreaInsight): string {
  return type === undefined ? countWords(count, 'home') : countWords(count, ...typeNouns[type]);
}

function daysWords(days: number): string {
  return countWords(Math.round(days), 'day');
}

function monthWords(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(day));
}

function addCheck(add: Add, { currency, range, askedMinor, verdict, confidence, comparables }: PriceCheck): void {
  const price = (value: number) => ({ measure: { kind: 'price' as const, value } });
  add('check.low', roundPriceWords(range.lowMinor, currency), price(range.lowMinor));
  add('check.middle', roundPriceWords(range.middleMinor, currency), price(range.middleMinor));
  add('check.high', roundPriceWords(range.highMinor, currency), price(range.highMinor));
  if (askedMinor !== null) add('check.asked', priceWords(askedMinor, currency), price(askedMinor));
  add('check.verdict', verdict);
  add('check.confidence', confidence);
  add('check.count', countWords(comparables.length, 'comparable home'));
}
