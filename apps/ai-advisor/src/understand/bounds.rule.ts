import type { AreaUnit } from '@viewora/contracts/listing';
import { sqmPerUnit } from '@viewora/contracts/listing';
import type { LexemeOf, Side, Unit } from './lexeme.ts';
import { asRange, type Measure, measureAt } from './measure.ts';
import type { Reading } from './reading.ts';
import { areaWords, minorPerUnit, moneyWords, rangeWords } from './words.ts';

/** One or two numbers, which way they bound, and what they are about as far as words beside them say so. */
interface Bound {
  first: number;
  end: number;
  measure: Measure;
  low: number;
  /** The number itself where there is no second. */
  high: number;
  isRange: boolean;
  side?: Side;
  /** A word that only years have: "since". */
  ofYear: boolean;
  topic?: LexemeOf<'topic'>['of'] | 'lately';
}

/** Numbers with their bounds: prices, rooms, areas, years. */
export function readBounds(reading: Reading): void {
  for (let i = 0; i < reading.lexemes.length; i++) {
    const bound = boundAt(reading, i);
    if (!bound) continue;
    const { unit } = bound.measure;
    const settle = unit === undefined ? settleBare : settlers[unit];
    settle?.(reading, bound);
    i = Math.max(i, bound.measure.end - 1);
  }
}

function boundAt(reading: Reading, i: number): Bound | undefined {
  const measure = measureAt(reading, i);
  if (!measure) return undefined;
  const range = rangeAt(reading, measure);
  const bound: Bound = range ?? {
    first: i,
    end: measure.end,
    measure,
    low: measure.value,
    high: measure.value,
    isRange: false,
    ofYear: false,
  };
  if (measure.side) bound.side = measure.side;
  readBefore(reading, bound);
  readAfter(reading, bound);
  return bound;
}

/** "2-3 beds", "from 300 to 450k", "300k up to 450k", "between 1 and 1.5 crore", "3 or 4 bedrooms". */
function rangeAt(reading: Reading, low: Measure): Bound | undefined {
  const joint = reading.at(low.end);
  const isOpened = reading.at(low.first - 1)?.is === 'between';
  const isUpTo = joint?.is === 'limit' && /^up ?to$/.test(joint.text);
  const isJoined = joint?.is === 'to' || isUpTo || (joint?.is === 'and' && isOpened) || joint?.is === 'or';
  const high = isJoined ? measureAt(reading, low.end + 1) : undefined;
  if (!high || !areAlike(low, high)) return undefined;
  const [from, to] = asRange(low, high);
  const measure: Measure = { ...high, first: low.first };
  const currency = low.currency ?? high.currency;
  const unit = high.unit ?? low.unit;
  if (currency) measure.currency = currency;
  if (unit) measure.unit = unit;
  const first = isOpened ? low.first - 1 : low.first;
  return {
    first,
    end: high.end,
    measure,
    low: Math.min(from, to),
    high: Math.max(from, to),
    isRange: true,
    ofYear: false,
  };
}

function areAlike(low: Measure, high: Measure): boolean {
  if (low.unit && high.unit) return low.unit === high.unit || (low.unit === 'bhk' && high.unit === 'bed');
  if (low.unit) return high.factor === 1 && !high.currency;
  if (low.currency && high.currency) return low.currency === high.currency;
  return !(high.unit && (low.currency || low.factor !== 1));
}

/** What stands before: "under", "no more than about", "budget of up to", "built after". */
function readBefore(reading: Reading, bound: Bound): void {
  let passed = 0;
  for (let i = bound.first - 1; passed < 4; i--) {
    const lexeme = reading.at(i);
    if (lexeme?.is === 'limit' && lexeme.at !== 'after') readLimit(bound, lexeme);
    else if (lexeme?.is === 'topic') bound.topic = lexeme.of;
    else if (lexeme?.is === 'lately') bound.topic ??= 'lately';
    else if (lexeme?.is === 'filler' || lexeme?.is === 'of' || (lexeme?.is === 'sign' && lexeme.sign === ':')) {
      passed++;
      continue;
    } else if (lexeme?.is === 'between' && !bound.isRange) {
      // "from 450k" is where it begins.
      bound.side ??= 'min';
    } else return;
    bound.first = i;
  }
}

function readLimit(bound: Bound, { side, of }: LexemeOf<'limit'>): void {
  // "no more than about 450k" is a bound, not a guess.
  if (bound.side === undefined || bound.side === 'about') bound.side = side;
  if (of === 'year') bound.ofYear = true;
}

/** What stands after: "or more", "max", "से कम", "budget". */
function readAfter(reading: Reading, bound: Bound): void {
  const limit = reading.when(bound.end, 'limit');
  const isNext = limit?.at === 'either' && startsNumber(reading, bound.end + 1);
  if (limit && limit.at !== 'before' && !isNext && (bound.side === undefined || bound.side === 'about')) {
    readLimit(bound, limit);
    bound.end++;
  }
  const topic = reading.when(bound.end, 'topic');
  const belongs = topic?.of === 'age' ? bound.measure.unit === 'year' : topic?.of === 'price' && !bound.measure.unit;
  if (topic && belongs && !startsNumber(reading, bound.end + 1)) {
    bound.topic ??= topic.of;
    bound.end++;
  }
}

/** "3 beds max 450k": the limit is the price's. */
function startsNumber(reading: Reading, from: number): boolean {
  const i = reading.skip(from, 1, ['filler', 'topic', 'of'], 2);
  return reading.at(i)?.is === 'number' || reading.at(i)?.is === 'currency';
}

type Settle = (reading: Reading, bound: Bound) => void;

/**
 * What becomes of a bound in each unit. A distance to what is no place and a time on the way are not here: the rule for wishes
 * takes them up with their words.
 */
const settlers: Partial<Record<Unit, Settle>> = {
  bed: settleBeds,
  bhk: settleBeds,
  bath: settleBaths,
  sqft: (reading, bound) => settleArea(reading, bound, 'sqft'),
  sqm: (reading, bound) => settleArea(reading, bound, 'sqm'),
  cent: (reading, bound) => settleArea(reading, bound, 'cent'),
  acre: (reading, bound) => settleArea(reading, bound, 'acre'),
  year: settleAge,
  month: (reading, bound) => settleListed(reading, bound, 30),
  week: (reading, bound) => settleListed(reading, bound, 7),
  day: (reading, bound) => settleListed(reading, bound, 1),
};

/** What a bound asks for; `usual` is what a number alone means. */
function interval({ isRange, side, low, high }: Bound, usual: Side, about: (value: number) => [number, number]) {
  if (isRange) return { min: low, max: high };
  switch (side ?? usual) {
    case 'max':
      return { max: high };
    case 'min':
      return { min: low };
    case 'exact':
      return { min: low, max: high };
    case 'about': {
      const [min, max] = about(low);
      return { min, max };
    }
  }
}

/** "Around" is within ten per cent. */
const tenPercent = (value: number): [number, number] => [value * 0.9, value * 1.1];

function settleBeds(reading: Reading, bound: Bound): void {
  const usual = bound.measure.unit === 'bhk' ? 'exact' : 'min';
  const { min, max } = interval(bound, usual, (value) => [value, value]);
  const low = min === undefined ? undefined : Math.floor(min);
  const high = max === undefined ? undefined : Math.ceil(max);
  const label = low !== undefined && high === undefined ? `${low}+ beds` : `${rangeWords(text(low), text(high))} beds`;
  reading.understand(bound.first, bound.end, label, defined({ minBeds: low, maxBeds: high }));
}

function settleBaths(reading: Reading, bound: Bound): void {
  const { min, max } = interval(bound, 'min', (value) => [value, value]);
  // The most baths cannot be asked for.
  if (min === undefined) {
    reading.wish(bound.first, bound.end);
    return;
  }
  const label = max === undefined || max === min ? `${min}+ baths` : `${min}+ baths (of ${min} to ${max})`;
  reading.understand(bound.first, bound.end, label, { minBaths: min });
}

function settleArea(reading: Reading, bound: Bound, unit: AreaUnit): void {
  // Of a house, an area in acres is its plot's, which no field holds.
  if ((unit === 'acre' || unit === 'cent') && reading.isAboutRooms) {
    reading.wish(bound.first, bound.end);
    return;
  }
  const { min, max } = interval(bound, 'min', tenPercent);
  const sqm = (value: number | undefined) =>
    value === undefined ? undefined : Math.round(value * sqmPerUnit[unit] * 100) / 100;
  const words = (value: number | undefined) => (value === undefined ? undefined : areaWords(value, unit));
  reading.understand(
    bound.first,
    bound.end,
    rangeWords(words(min), words(max)),
    defined({ minAreaSqm: sqm(min), maxAreaSqm: sqm(max) }),
  );
}

/** "Less than 10 years old", "built in the last 5 years". */
function settleAge(reading: Reading, bound: Bound): void {
  const isYoung =
    bound.side === 'max' || bound.topic === 'lately' || bound.topic === 'built' || bound.side === undefined;
  if (!isYoung || bound.isRange) {
    reading.wish(bound.first, bound.end);
    return;
  }
  if (bound.topic === 'listed') {
    settleListed(reading, bound, 365);
    return;
  }
  const year = reading.circumstances.now.getUTCFullYear() - Math.floor(bound.high);
  reading.understand(bound.first, bound.end, `Built ${year} or later`, { minYearBuilt: year });
}

const dayMs = 86_400_000;

function settleListed(reading: Reading, bound: Bound, days: number): void {
  if (bound.side === 'min') {
    reading.wish(bound.first, bound.end);
    return;
  }
  listedSince(reading, bound.first, bound.end, bound.high * days);
}

export function listedSince(reading: Reading, first: number, end: number, days: number): void {
  const at = reading.circumstances.now.getTime() - days * dayMs;
  if (!Number.isFinite(at) || at < 0) {
    reading.leaveOut(first, end, 'out_of_range');
    return;
  }
  const since = new Date(at).toISOString();
  reading.understand(first, end, `Listed since ${since.slice(0, 10)}`, { listedSince: since });
}

/** A number without a unit is a price if anything says so, or its size does; a year where it is spoken of as one. */
function settleBare(reading: Reading, bound: Bound): void {
  const { measure, topic, side, isRange } = bound;
  const isMoney =
    measure.currency !== undefined || (measure.factor > 100 && measure.isDigits) || measure.factor > 1_000;
  if (!isMoney && (bound.ofYear || topic === 'built')) {
    settleYear(reading, bound);
    return;
  }
  const isLarge = bound.low >= (side !== undefined || isRange || topic === 'price' ? 10_000 : 100_000);
  if (isMoney || measure.factor >= 1_000 || isLarge) {
    settlePrice(reading, bound);
    return;
  }
  // "the first one": a number in words alone says nothing.
  if (measure.isDigits) reading.leaveOut(bound.first, bound.end, 'unclear');
}

function settleYear(reading: Reading, bound: Bound): void {
  const { min } = interval(bound, 'min', (value) => [value - 5, value + 5]);
  // Homes can be asked for that were built since a year, not before one.
  if (min === undefined) {
    reading.wish(bound.first, bound.end);
    return;
  }
  // "after 2010" begins with the next year.
  const isAfter = reading.lexemes
    .slice(bound.first, bound.end)
    .some(({ text }) => /\b(after|newer than|later than)$/.test(text));
  const year = isAfter ? min + 1 : min;
  reading.understand(bound.first, bound.end, `Built ${year} or later`, { minYearBuilt: year });
}

function settlePrice(reading: Reading, bound: Bound): void {
  const currency = currencyOf(bound.measure, reading.circumstances.currency);
  const { min, max } = interval(bound, 'max', tenPercent);
  const minor = (value: number | undefined) => (value === undefined ? undefined : toMinor(value, currency));
  const words = (value: number | undefined) => (value === undefined ? undefined : moneyWords(value, currency));
  reading.understand(
    bound.first,
    bound.end,
    rangeWords(words(min), words(max)),
    defined({
      minPriceMinor: minor(min),
      maxPriceMinor: minor(max),
      currency: bound.measure.currency === undefined ? undefined : currency,
    }),
  );
}

/** Where the market pays in dollars of its own, those are meant. */
function currencyOf({ currency }: Measure, usual: string): string {
  if (currency === undefined) return usual;
  return currency === 'USD' && usual.endsWith('D') && usual !== 'AED' ? usual : currency;
}

function toMinor(amount: number, currency: string): number {
  return Math.round(amount * minorPerUnit(currency));
}

const text = (value: number | undefined) => (value === undefined ? undefined : String(value));

/** Without the fields that nothing was said about. */
function defined<T extends Record<string, unknown>>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
