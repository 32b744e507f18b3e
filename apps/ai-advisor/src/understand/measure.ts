import type { LexemeOf, Side, Unit } from './lexeme.ts';
import type { Reading } from './reading.ts';

/** A number with everything that belongs to it: "₹ 1 crore 20 lakh", "3+ bed", "1,500 sq ft". */
export interface Measure {
  /** Of its lexemes; the end is exclusive. */
  first: number;
  end: number;
  value: number;
  /** What its last number was multiplied by; 1 where no word says so. */
  factor: number;
  currency?: string;
  unit?: Unit;
  /** "3+ beds", "3 or more beds". */
  side?: Side;
  isDigits: boolean;
}

export function measureAt(reading: Reading, first: number): Measure | undefined {
  const prefix = reading.when(first, 'currency');
  const number = amountAt(reading, prefix ? first + 1 : first);
  if (!number) return undefined;
  const { end, ...amount } = number;
  const measure: Measure = { first, end, ...amount };
  if (prefix) measure.currency = prefix.code;
  takePlus(reading, measure);
  // The hyphen of "3-bed".
  const isHyphenated =
    reading.when(measure.end, 'to')?.text === '-' && reading.when(measure.end + 1, 'unit') !== undefined;
  const next = measure.end + (isHyphenated ? 1 : 0);
  const unit = reading.when(next, 'unit');
  const suffix = reading.when(next, 'currency');
  if (unit) measure.unit = unit.unit;
  // The sign after a number may belong to the next: "3 $450k" is no price of three.
  else if (suffix && !prefix && !reading.when(next + 1, 'number')) measure.currency = suffix.code;
  else return measure;
  measure.end = next + 1;
  takePlus(reading, measure);
  return measure;
}

/** A bound between a number and its unit; what follows the unit is not the measure's own, but for the plus of "3 beds+". */
function takePlus(reading: Reading, measure: Measure): void {
  const limit = reading.when(measure.end, 'limit');
  if (limit?.at !== 'after') return;
  if (limit.text !== '+' && (measure.unit || !reading.when(measure.end + 1, 'unit'))) return;
  measure.side = limit.side;
  measure.end++;
}

/** "1 crore 20 lakh", "five hundred thousand", "twenty five". */
function amountAt(reading: Reading, first: number): Pick<Measure, 'end' | 'value' | 'factor' | 'isDigits'> | undefined {
  let i = first;
  let value = 0;
  let factor = Number.POSITIVE_INFINITY;
  for (;;) {
    const number = reading.when(i, 'number');
    if (!number) break;
    const part = scaledAt(reading, i, number);
    // A second number belongs to the first only as a smaller part of it.
    if (i > first && (part.factor === 1 || part.factor >= factor)) break;
    value += part.value;
    factor = part.factor;
    i = part.end;
    if (factor === 1) break;
  }
  if (i === first) return undefined;
  return { end: i, value, factor, isDigits: reading.lexemes[first]?.isDigits === true };
}

function scaledAt(reading: Reading, i: number, number: LexemeOf<'number'>) {
  const units = isTens(number) ? reading.when(i + 1, 'number') : undefined;
  const isPair = units !== undefined && !units.isDigits && units.value < 10 && Number.isInteger(units.value);
  const value = number.value + (isPair ? units.value : 0);
  let factor = 1;
  let end = i + (isPair ? 2 : 1);
  for (let scale = reading.when(end, 'scale'); scale && !isMetres(reading, end); scale = reading.when(++end, 'scale')) {
    factor *= scale.factor;
  }
  return { value: value * factor, factor, end };
}

/** "500 m of the station". */
function isMetres(reading: Reading, i: number): boolean {
  const next = reading.at(i + 1);
  return reading.at(i)?.text === 'm' && (next?.is === 'of' || next?.text === 'from');
}

const isTens = (number: LexemeOf<'number'>) => !number.isDigits && number.value >= 20 && number.value % 10 === 0;

/** A number between two bounds, as people write them: "300-450k" are both thousands. */
export function asRange(low: Measure, high: Measure): [number, number] {
  if (low.factor !== 1 || high.factor === 1) return [low.value, high.value];
  const alike = low.value * high.factor;
  if (alike <= high.value) return [alike, high.value];
  const thousands = low.value * 1_000;
  return [low.value >= 100 && thousands <= high.value ? thousands : low.value, high.value];
}
