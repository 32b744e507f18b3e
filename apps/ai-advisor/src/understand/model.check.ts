import { sqmPerUnit } from '@viewora/contracts/listing';
import type { Place } from '@viewora/contracts/property';
import { fold } from '@viewora/contracts/text';
import { AdvisedFilter, type LeftOut } from '@viewora/contracts/understanding';
import { concernsOf, isConcern } from '../guard/guard.rule.ts';
import { filterWords } from '../wording/filter.words.ts';
import { surelyOffTopic } from './intent.ts';
import { lexemesOf } from './lexemes.ts';
import { measureAt } from './measure.ts';
import type { Question } from './question.ts';
import { type Circumstances, pairs, Reading } from './reading.ts';
import type { SearchHomes } from './search-homes.tool.ts';
import { tokensOf } from './tokens.ts';
import { minorPerUnit } from './words.ts';

type NumberField =
  | 'minPriceMinor'
  | 'maxPriceMinor'
  | 'minBeds'
  | 'maxBeds'
  | 'minBaths'
  | 'minAreaSqm'
  | 'maxAreaSqm'
  | 'minYearBuilt';

const numberFields: readonly NumberField[] = [
  'minPriceMinor',
  'maxPriceMinor',
  'minBeds',
  'maxBeds',
  'minBaths',
  'minAreaSqm',
  'maxAreaSqm',
  'minYearBuilt',
];
/** A number of the question that the rules have made nothing of. */
interface Unread {
  start: number;
  end: number;
  value: number;
}

/** Whether the rules leave anything open that a model could tell: a number, what several places are for, or what is wanted at all. */
export function isOpen(question: Question): boolean {
  if (isSettled(question)) return false;
  const isBare = Object.keys(question.filter).length === question.kept.length;
  const isVague = question.intent === 'off_topic' || (isBare && question.picked.length === 0);
  return isVague || unreadNumbers(question).length > 0 || question.places !== undefined;
}

/** What the rules are sure of, no model is asked about. */
function isSettled({ rest, intent, leftOut, filter, wishes }: Question): boolean {
  if (intent === 'off_topic') return surelyOffTopic(lexemesOf(rest, tokensOf(rest), new Map()));
  if (intent !== 'find') return true;
  return leftOut.some(isConcern) && Object.keys(filter).length + wishes.length === 0;
}

/**
 * A question with what a model has read in it beside the rules, as far as the question's own words bear it out. Where the rules
 * have read something, that stands. `named` is the place that the model named, if there is one of that name.
 */
export function checked(
  question: Question,
  call: SearchHomes,
  named: Place | null,
  circumstances: Circumstances,
): Question {
  const filter: AdvisedFilter = { ...question.filter };
  const understood = [...question.understood];
  let leftOut = question.leftOut;
  const currency = filter.currency ?? circumstances.currency;
  for (const field of numberFields) {
    const value = call[field];
    const source = value === undefined ? undefined : sourceOf(question, field, value, currency);
    if (value === undefined || !source || filter[field] !== undefined || isCrossed({ ...filter, [field]: value }))
      continue;
    filter[field] = value;
    const { start, end } = source;
    const label = filterWords({ [field]: value }, currency)[0] ?? field;
    understood.push({ start, end, label: label.charAt(0).toUpperCase() + label.slice(1), fields: [field] });
    leftOut = leftOut.filter((part) => part.reason !== 'unclear' || part.start >= end || part.end <= start);
  }
  const at = named ? placeIn(question, named) : -1;
  if (named && at >= 0) {
    filter.place = named.name;
    understood.push({ start: at, end: at + named.name.length, label: `In ${named.name}`, fields: ['place'] });
  }
  return {
    ...question,
    intent: isDefault(question) || comparesNamed(question, call) ? call.intent : question.intent,
    filter,
    leftOut,
    understood: understood.sort((a, b) => a.start - b.start),
    wishes: question.wishes.length > 0 ? question.wishes : wishesIn(question, call.wishes ?? []),
  };
}

/** Nothing in the question said what is wanted: there the rules only guess. */
function isDefault({ intent, filter, kept }: Question): boolean {
  return intent === 'off_topic' || (intent === 'find' && Object.keys(filter).length === kept.length);
}

/** Of the rules' own places: a model says no more than that they are compared. */
function comparesNamed({ intent, places = [] }: Question, call: SearchHomes): boolean {
  const named = (call.places ?? []).filter((place) => places.some((name) => fold(name) === fold(place)));
  return intent === 'find' && call.intent === 'compare' && named.length > 1;
}

function isCrossed(filter: AdvisedFilter): boolean {
  const isValid = AdvisedFilter.safeParse(filter).success;
  return !isValid || pairs.some(([min, max]) => (filter[min] ?? 0) > (filter[max] ?? Number.POSITIVE_INFINITY));
}

function sourceOf(question: Question, field: NumberField, value: number, currency: string): Unread | undefined {
  return unreadNumbers(question).find((unread) => {
    if (field === 'minPriceMinor' || field === 'maxPriceMinor') return unread.value * minorPerUnit(currency) === value;
    if (field === 'minAreaSqm' || field === 'maxAreaSqm') {
      return Object.values(sqmPerUnit).some((sqm) => Math.abs(unread.value * sqm - value) <= value / 100);
    }
    return unread.value === value;
  });
}

function unreadNumbers({ rest, understood, leftOut }: Question): Unread[] {
  const lexemes = lexemesOf(rest, tokensOf(rest), new Map());
  const reading = new Reading(rest, lexemes, { currency: 'USD', now: new Date(0) });
  const found: Unread[] = [];
  for (let i = 0; i < lexemes.length; i++) {
    const measure = measureAt(reading, i);
    if (!measure) continue;
    const [start, end] = [lexemes[measure.first]?.start ?? 0, lexemes[measure.end - 1]?.end ?? 0];
    if (!isRead([...understood, ...leftOut.filter(isFinal)], start, end))
      found.push({ start, end, value: measure.value });
    i = measure.end - 1;
  }
  return found;
}

const isFinal = ({ reason }: LeftOut) => reason !== 'unclear';

function isRead(spans: readonly { start: number; end: number }[], start: number, end: number): boolean {
  return spans.some((span) => span.start < end && span.end > start);
}

/** Where the question names it, as a name of its own that the rules have not dealt with; -1 where it does not. */
function placeIn({ rest, filter, kept, understood, leftOut }: Question, { name }: Place): number {
  if ((filter.place !== undefined && !kept.includes('place')) || filter.near) return -1;
  const at = fold(rest).indexOf(fold(name));
  const isWord = at >= 0 && !/\p{L}/u.test(`${rest.charAt(at - 1)}${rest.charAt(at + name.length)}`);
  const isThere = isWord && fold(rest.slice(at, at + name.length)) === fold(name);
  return isThere && !isRead([...understood, ...leftOut], at, at + name.length) ? at : -1;
}

/** A model's wishes, as far as they are the question's own words, and not about people. */
function wishesIn({ rest, understood, leftOut }: Question, wishes: readonly string[]): string[] {
  return wishes.filter((wish) => {
    const at = rest.toLowerCase().indexOf(wish.toLowerCase());
    return at >= 0 && !isRead([...understood, ...leftOut], at, at + wish.length) && concernsOf(wish).length === 0;
  });
}
