import type { Place } from '@viewora/contracts/property';
import type { Lexeme } from './lexeme.ts';
import { type Measure, measureAt } from './measure.ts';
import type { Reading } from './reading.ts';

const metresPer: Partial<Record<string, number>> = { km: 1_000, mi: 1_609.344, metre: 1 };
/** What "near" means where no distance is given, as `GET /properties` has it. */
const nearM = 5_000;

/** "Within 5 km of Folsom", "Folsom within 3 miles", "Folsom से 5 किमी". Goes before the plain places. */
export function readDistances(reading: Reading): void {
  for (let i = 0; i < reading.lexemes.length; i++) {
    const measure = measureAt(reading, i);
    const metres = measure && metresOf(reading, measure);
    if (!measure || metres === undefined) continue;
    const first = reading.skip(i - 1, -1, ['limit', 'in'], 3) + 1;
    const end = isMetre(reading, measure) ? measure.end + 1 : measure.end;
    const target = reading.skip(end, 1, ['of', 'between', 'filler', 'limit', 'near', 'in'], 4);
    const behind = reading.skip(i - 1, -1, ['limit', 'filler', 'to', 'not'], 3);
    if (reading.at(target)?.is === 'place') around(reading, first, target + 1, target, metres);
    else if (reading.at(behind)?.is === 'place') around(reading, nearBefore(reading, behind), end, behind, metres);
    else if (isHere(reading, end, target)) reading.leaveOut(first, target + 1, 'unknown_place');
    i = measure.end - 1;
  }
}

/** "from me" is one phrase; "within 5 km of me" is two. */
function isHere(reading: Reading, end: number, target: number): boolean {
  return reading.at(target)?.is === 'here' || reading.at(end)?.is === 'here';
}

function metresOf(reading: Reading, measure: Measure): number | undefined {
  if (isMetre(reading, measure)) return measure.value;
  const each = metresPer[measure.unit ?? ''];
  return each === undefined ? undefined : Math.round(measure.value * each);
}

/** "500 m of the station": elsewhere the letter is a million. */
function isMetre(reading: Reading, measure: Measure): boolean {
  const scale = reading.when(measure.end, 'scale');
  return scale?.text === 'm' && measure.unit === undefined;
}

function nearBefore(reading: Reading, place: number): number {
  return isNear(reading, place - 1) ? place - 1 : place;
}

function around(reading: Reading, first: number, end: number, i: number, radiusM: number): void {
  const place = reading.when(i, 'place')?.place;
  if (!place?.location) {
    reading.leaveOut(first, end, 'unknown_place');
    return;
  }
  const words = new Intl.NumberFormat('en', { maximumFractionDigits: 1 }).format(radiusM / 1_000);
  const isOrder = reading.when(first, 'near')?.isOrder && reading.filter.sort === undefined;
  const order = isOrder ? { sort: 'distance' as const } : {};
  reading.understand(first, end, `Within ${words} km of ${place.name}`, { near: place.location, radiusM, ...order });
}

/** Places: in them, near them, or ruled out, which cannot be. */
export function readPlaces(reading: Reading): void {
  for (let i = 0; i < reading.lexemes.length; i++) {
    if (reading.when(i, 'here') && !isThingThere(reading, i - 1)) reading.leaveOut(i, i + 1, 'unknown_place');
    const lexeme = reading.when(i, 'place');
    if (lexeme) i = readPlace(reading, i, lexeme.place) - 1;
    else readUnknown(reading, i);
  }
}

/** "restaurants nearby" are wanted near the home, wherever that is; "near me" is somewhere. */
function isThingThere(reading: Reading, i: number): boolean {
  const isLoose = ['nearby', 'close by'].includes(reading.at(i + 1)?.text ?? '');
  return isLoose && ['word', 'amenity'].includes(reading.at(i)?.is ?? '');
}

function readPlace(reading: Reading, i: number, place: Place): number {
  const before = reading.skip(i - 1, -1, ['filler'], 2);
  const previous = reading.at(before);
  let end = i + 1;
  const not = previous?.is === 'not' ? before : reading.skip(before - 1, -1, ['filler'], 2);
  if (reading.at(not)?.is === 'not' && (previous?.is === 'not' || previous?.is === 'in' || isNear(reading, before))) {
    reading.leaveOut(not, end, 'cannot_exclude');
  } else if (isNear(reading, before) || reading.at(i + 1)?.is === 'nearby') {
    if (reading.at(i + 1)?.is === 'nearby') end = i + 2;
    around(reading, isNear(reading, before) ? before : i, end, i, nearM);
  } else {
    const first = previous?.is === 'in' ? before : i;
    if (!reading.places.includes(place.name)) reading.places.push(place.name);
    const isSecond = reading.filter.place !== undefined && reading.filter.place !== place.name;
    if (isSecond) reading.leaveOut(first, end, 'one_place');
    else reading.understand(first, end, `In ${place.name}`, { place: place.name });
  }
  return readRegion(reading, end, place);
}

/** Said of a number, "around" is a guess; said of a place, it is a distance. */
function isNear(reading: Reading, i: number): boolean {
  const lexeme = reading.at(i);
  return lexeme?.is === 'near' || (lexeme?.is === 'limit' && (lexeme.text === 'around' || lexeme.text === 'close to'));
}

/** ", CA" after a place: part of its label, or the state, which the market does not know. */
function readRegion(reading: Reading, end: number, place: Place): number {
  const comma = reading.when(end, 'sign')?.sign === ',' ? end : end - 1;
  const region = reading.at(comma + 1);
  if (!region) return end;
  const spelled = reading.text.slice(region.start, region.end);
  const isInLabel = place.label
    .toLowerCase()
    .split(/[,\s]+/)
    .slice(1)
    .includes(region.text);
  if (!isInLabel && !/^[A-Z]{2}$/.test(spelled)) return end;
  if (region.is !== 'word' && !/^[A-Z]{2}$/.test(spelled)) return end;
  if (isInLabel) reading.take(end, comma + 2);
  else reading.leaveOut(comma + 1, comma + 2, 'region');
  return comma + 2;
}

/** "in Springfield", where there is none: a name that is not known, not a wish. */
function readUnknown(reading: Reading, i: number): void {
  if (reading.at(i)?.is !== 'in' || !/\p{Ll}/u.test(reading.text)) return;
  let end = i + 1;
  while (isName(reading.at(end))) end++;
  if (end > i + 1) reading.leaveOut(i, end, 'unknown_place');
}

const isName = (lexeme: Lexeme | undefined) => lexeme?.is === 'word' && lexeme.isCapital;
