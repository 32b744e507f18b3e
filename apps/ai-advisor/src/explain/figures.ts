import type { AdvisedListing, AnswerDataOf, AreaInsight, PriceCheck } from '@viewora/contracts/answer';
import type { Turn } from '../facts/turn.ts';
import { filterWords } from './filter.words.ts';
import {
  countWords,
  daysSince,
  listingAreaWords,
  listingName,
  listWords,
  perAreaWords,
  priceWords,
  roundPriceWords,
} from './format.ts';

/** What a token such as `{{L1.price}}` stands for. */
export interface Figure {
  text: string;
  /** The listing it is of, by its own token. */
  of?: string;
  /** What it is the name of, and is cited where it stands. */
  source?: Omit<AnswerDataOf<'citation'>, 'number'>;
}

/** Everything of a turn that can be said, by token. */
export type Figures = ReadonlyMap<string, Figure>;

/** The most listings that are spoken of. */
export const mostSpokenOf = 4;

/**
 * The figures of a turn, worded from its data: whoever writes prose, rules or a model, writes tokens, and numbers come from here.
 */
export function figuresOf(turn: Turn): Figures {
  const { items, total, area, priceCheck } = turn.results;
  const figures = new Map<string, Figure>();
  const add = (name: string, text: string | null | undefined, more: Omit<Figure, 'text'> = {}) => {
    if (text !== null && text !== undefined && text !== '') figures.set(name, { text, ...more });
  };
  add('total', totalWords(total));
  add('asked', listWords(filterWords(turn.question.filter, items[0]?.currency ?? area?.currency)));
  const wishes = turn.question.wishes.map((wish) => `“${wish}”`);
  add('wishes', listWords(wishes));
  for (const [i, wish] of wishes.entries()) add(`wish${i + 1}`, wish);
  for (const [i, item] of items.slice(0, mostSpokenOf).entries()) addListing(add, `L${i + 1}`, item, turn);
  if (area) addArea(add, area);
  if (priceCheck) addCheck(add, priceCheck);
  return figures;
}

type Add = (name: string, text: string | null | undefined, more?: Omit<Figure, 'text'>) => void;

function totalWords({ value, relation }: Turn['results']['total']): string {
  return `${relation === 'at_least' ? 'more than ' : ''}${countWords(value, 'home')}`;
}

function addListing(add: Add, token: string, item: AdvisedListing, { now, results }: Turn): void {
  const of = { of: token };
  add(token, listingName(item), { ...of, source: { kind: 'listing', id: item.id, title: item.title } });
  add(`${token}.price`, priceWords(item.priceMinor, item.currency), of);
  add(`${token}.area`, listingAreaWords(item), of);
  add(`${token}.perArea`, item.areaSqm ? perAreaWords(item.priceMinor / item.areaSqm, item.currency) : null, of);
  add(`${token}.beds`, item.beds === null ? null : countWords(item.beds, 'bedroom'), of);
  add(`${token}.baths`, item.baths === null ? null : countWords(item.baths, 'bath'), of);
  add(`${token}.year`, item.yearBuilt === null ? null : String(item.yearBuilt), of);
  add(`${token}.listed`, countWords(daysSince(item.listedAt, now), 'day'), of);
  for (const [i, reason] of item.reasons.slice(0, 3).entries()) add(`${token}.reason${i + 1}`, reason, of);
  const { ids = [], rows = [] } = results.comparison ?? {};
  const views = rows.find(({ fact }) => fact === 'views7d')?.values[ids.indexOf(item.id)];
  add(`${token}.views`, views === undefined || views === null ? null : countWords(views, 'view'), of);
}

function addArea(add: Add, { key, label, currency, now, trend }: AreaInsight): void {
  const price = (minor: number | null) => (minor === null ? null : roundPriceWords(minor, currency));
  const days = (value: number | null) => (value === null ? null : countWords(Math.round(value), 'day'));
  add('area', label, { source: { kind: 'market', id: key, title: label } });
  add('area.listings', countWords(now.listings, 'home'));
  add('area.median', price(now.priceMinor.value));
  add('area.lower', price(now.priceMinor.lower));
  add('area.upper', price(now.priceMinor.upper));
  add('area.perArea', now.pricePerSqmMinor.value === null ? null : perAreaWords(now.pricePerSqmMinor.value, currency));
  add('area.daysOnMarket', days(now.daysOnMarket.value));
  add('area.daysToSale', days(now.daysToSale.value));
  add('area.sold', countWords(now.sold, 'home'));
  if (!trend) return;
  const percent = Math.abs(trend.changePercent).toFixed(1).replace(/\.0$/, '');
  add('area.trend', percent === '0' ? 'as much as' : `${percent}% ${trend.changePercent > 0 ? 'more' : 'less'} than`);
  add('area.trendFrom', monthWords(trend.from));
  add('area.trendTo', monthWords(trend.to));
}

function monthWords(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(day));
}

function addCheck(add: Add, { currency, range, askedMinor, verdict, confidence, comparables }: PriceCheck): void {
  add('check.low', roundPriceWords(range.lowMinor, currency));
  add('check.middle', roundPriceWords(range.middleMinor, currency));
  add('check.high', roundPriceWords(range.highMinor, currency));
  add('check.asked', askedMinor === null ? null : priceWords(askedMinor, currency));
  add('check.verdict', verdict);
  add('check.confidence', confidence);
  add('check.count', countWords(comparables.length, 'comparable home'));
}
