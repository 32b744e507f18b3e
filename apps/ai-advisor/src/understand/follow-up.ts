import { fold } from '@viewora/contracts/text';
import type { AdvisedFilter, Understanding, Understood } from '@viewora/contracts/understanding';
import type { Before } from '../answer/answer.service.ts';
import { changed } from './follow-up.changes.ts';
import { type Move, movesOf, type Topic } from './follow-up.moves.ts';
import type { Question } from './question.ts';
import { type Circumstances, pairs } from './reading.ts';

type Field = keyof AdvisedFilter;

const fieldsOf: Record<Topic, readonly Field[]> = {
  price: ['minPriceMinor', 'maxPriceMinor', 'currency'],
  beds: ['minBeds', 'maxBeds'],
  baths: ['minBaths'],
  area: ['minAreaSqm', 'maxAreaSqm'],
  year: ['minYearBuilt'],
  type: ['type'],
  place: ['place', 'near', 'radiusM', 'bbox'],
  listed: ['listedSince'],
  order: ['sort'],
};

/** Of these a new one takes the place of all: a search is in one place, and "2 beds" after "3 BHK" is no "up to 3". */
const replacedWhole: readonly (readonly Field[])[] = [fieldsOf.place, fieldsOf.beds];
/** More than these nobody reads, nor remembers. */
const mostWishes = 20;

/** What is said of the answer before, and the rest of the question, in place, for the rules that read questions. */
export interface FollowUp {
  moves: readonly Move[];
  rest: string;
}

/** What the rules would read otherwise; of the rest, "only" and "it" say something of what stands beside them, too. */
const ofBefore = new Set<Move['does']>(['start_over', 'more', 'change', 'drop', 'pick']);

export function followUpOf(text: string): FollowUp {
  const moves = movesOf(text);
  let rest = text;
  for (const { does, start, end } of moves) {
    if (ofBefore.has(does)) rest = rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end);
  }
  return { moves, rest };
}

/** What a question has nothing of by itself. */
export const unrelated = { kept: [], picked: [], beside: [], isAstray: false } satisfies Partial<Question>;

/** A question in the light of the answer before it. `parsed` is what its rest means. */
export function refine(
  text: string,
  { moves, rest }: FollowUp,
  parsed: Understanding,
  before: Before,
  circumstances: Circumstances,
): Question {
  const alone = { ...parsed, text, rest, ...unrelated };
  const does = (kind: Move['does']) => moves.some((move) => move.does === kind);
  if (does('start_over')) return { ...alone, intent: parsed.intent === 'off_topic' ? 'find' : parsed.intent };
  // "Which is cheaper, Folsom or Roseville?" says by itself what is to be compared.
  const isWeighed = parsed.intent === 'compare' || (does('change') && (does('which') || does('it')));
  if (parsed.places && isWeighed) return { ...alone, intent: 'compare' };
  const picked = pickedOf(moves, parsed, before);
  const places = picked.length > 0 ? [] : placesBeside(moves, parsed, before);
  const isAbout = does('pick') || picked.length > 0 || does('more') || does('change') || does('drop');
  if (parsed.intent === 'off_topic' && !isAbout) return { ...alone, ...keepingAll(before) };
  if (parsed.intent === 'process') return { ...alone, ...keepingAll(before) };
  if (!isAbout && !does('continue') && places.length === 0 && isFresh(parsed)) return alone;
  const filter = merged(before.filter, { ...parsed.filter, ...(places[0] && { place: places[0] }) }, moves);
  // "Which of them is cheaper?" compares, and searches for nothing else.
  const isCompared = picked.length > 1 && does('which') && does('change');
  const { understood, wishes } = applyChanges(filter, isCompared ? [] : moves, text, circumstances);
  return {
    ...parsed,
    text,
    rest,
    intent: isCompared || places.length > 0 ? 'compare' : intentOf(parsed, picked, before),
    filter,
    ...(places.length > 0 && { places }),
    wishes: [...new Set([...parsed.wishes, ...wishes, ...(picked.length > 0 ? [] : keptWishes(moves, before))])].slice(
      0,
      mostWishes,
    ),
    understood: [...parsed.understood, ...understood].sort((a, b) => a.start - b.start),
    kept: keysOf(filter).filter(
      (field) => same(filter[field], before.filter[field]) && !same(filter[field], parsed.filter[field]),
    ),
    picked,
    beside: does('more') ? before.shownIds : [],
    isAstray: does('pick') && picked.length === 0,
  };
}

function keepingAll({ filter }: Before) {
  return { filter, kept: keysOf(filter) };
}

const keysOf = (filter: AdvisedFilter) => Object.keys(filter) as Field[];
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** A place and what is looked for in it: a question that needs nothing from before. */
function isFresh({ filter, text, intent }: Understanding): boolean {
  if (filter.place === undefined && !filter.near) return false;
  const hasKind = filter.type !== undefined || filter.minBeds !== undefined || filter.maxBeds !== undefined;
  return intent !== 'find' || hasKind || /\b(?:homes?|propert(?:y|ies)|listings?)\b/i.test(text);
}

/** Listings that are pointed at; the first few where "them" are compared. */
function pickedOf(moves: readonly Move[], { intent, filter }: Understanding, before: Before): string[] {
  const { listingIds, choiceIds } = before;
  const does = (kind: Move['does']) => moves.some((move) => move.does === kind);
  const places = moves.flatMap((move) => (move.does === 'pick' ? move.places : []));
  const pointed = [...new Set(places.flatMap((place) => choiceIds.at(place) ?? []))];
  if (pointed.length > 0) return pointed;
  // "Those are too expensive" looks for others.
  if (does('both') && (!does('change') || does('which'))) return choiceIds.slice(0, intent === 'find' ? 2 : 4);
  if (keysOf(filter).length > 0) return [];
  if (intent === 'compare') return listingIds.slice(0, 4);
  const isMeant = intent === 'price_check' || does('why') || (does('it') && !does('change'));
  return listingIds.length === 1 && isMeant ? [...listingIds] : [];
}

/**
 * Places that are compared with the answer before: "compare it with Roseville", "and Lincoln?" after a comparison, which goes on
 * with whatever else is said until another place is searched. Empty where none are.
 */
function placesBeside(moves: readonly Move[], parsed: Understanding, before: Before): string[] {
  const { filter, intent, text } = parsed;
  const known = before.places ?? (before.filter.place === undefined ? [] : [before.filter.place]);
  const isAway = moves.some((move) => move.does === 'drop' && move.topic === 'place');
  if (isAway || filter.near || known.length === 0) return [];
  const { place } = filter;
  const isBeside = besideBefore.test(text) || (before.places && isPlaceAlone(filter) && !isFresh(parsed));
  if (place !== undefined) return isBeside && !known.includes(place) ? [...known, place] : [];
  return before.places && (intent === 'find' || intent === 'compare') ? [...known] : [];
}

const besideBefore =
  /\bcompar(?:e|es|ed|ing)(?: (?:it|that|this|them|these|those))? (?:with|to|against)\b|\b(?:versus|vs)\b/i;

function isPlaceAlone(filter: AdvisedFilter): boolean {
  return keysOf(filter).length > 0 && keysOf(filter).every((field) => fieldsOf.place.includes(field));
}

function intentOf({ intent, filter }: Understanding, picked: readonly string[], before: Before): Question['intent'] {
  if (intent === 'compare' || intent === 'price_check') return intent;
  // "Tell me about the second one" is about a home, and "and Roseville?" after a place about another place.
  if (picked.length > 0) return 'find';
  if (intent === 'explain_area' || (isPlaceAlone(filter) && before.intent === 'explain_area')) return 'explain_area';
  return 'find';
}

function merged(kept: AdvisedFilter, said: AdvisedFilter, moves: readonly Move[]): AdvisedFilter {
  const filter = { ...kept };
  const takeAway = (fields: readonly Field[]) => {
    for (const field of fields) delete filter[field];
  };
  for (const move of moves) if (move.does === 'drop' && move.topic) takeAway(fieldsOf[move.topic]);
  for (const group of replacedWhole) if (group.some((field) => said[field] !== undefined)) takeAway(group);
  if (said.currency !== undefined && said.currency !== filter.currency) takeAway(fieldsOf.price);
  Object.assign(filter, said);
  // What was said last stands.
  for (const [min, max] of pairs) {
    if ((filter[min] ?? 0) > (filter[max] ?? Number.POSITIVE_INFINITY))
      delete filter[said[min] === undefined ? min : max];
  }
  if (filter.sort === 'distance' && !filter.near) delete filter.sort;
  return filter;
}

/** Changes the filter by what is relative to it. What it has nothing to be relative to is a wish. */
function applyChanges(filter: AdvisedFilter, moves: readonly Move[], text: string, circumstances: Circumstances) {
  const understood: Understood[] = [];
  const wishes: string[] = [];
  for (const move of moves) {
    if (move.does !== 'change') continue;
    const { start, end, change } = move;
    const made = changed(change, filter, circumstances);
    if (!made) {
      wishes.push(text.slice(start, end));
      continue;
    }
    for (const field of made.without) delete filter[field];
    Object.assign(filter, made.values);
    understood.push({ start, end, label: made.label, fields: keysOf(made.values) });
  }
  return { understood, wishes };
}

/** What was wished for still is, but for what is dropped. */
function keptWishes(moves: readonly Move[], { wishes = [] }: Before): string[] {
  const dropped = moves.flatMap((move) => (move.does === 'drop' ? fold(move.words) : []));
  return wishes.filter((wish) => !dropped.some((words) => fold(wish).includes(words)));
}
