import type { AdvisedFilter, LeftOut, LeftOutReason, Understood } from '@viewora/contracts/understanding';
import { AdvisedFilter as FilterSchema } from '@viewora/contracts/understanding';
import type { Lexeme, LexemeOf, Meaning } from './lexeme.ts';
import { explanations } from './words.ts';

export interface Circumstances {
  /** What prices are in where none is named. */
  currency: string;
  now: Date;
}

type Field = keyof AdvisedFilter;

/** Bounds of the same thing, the lower first. */
export const pairs = [
  ['minPriceMinor', 'maxPriceMinor'],
  ['minBeds', 'maxBeds'],
  ['minAreaSqm', 'maxAreaSqm'],
] as const;

/** A question while it is being read: what each rule has taken of it, and what has come of that. */
export class Reading {
  readonly filter: AdvisedFilter = {};
  readonly understood: Understood[] = [];
  readonly leftOut: LeftOut[] = [];
  readonly wishes: { start: number; text: string }[] = [];
  /** All that are named, but for those that are ruled out, or the middle of a circle. */
  readonly places: string[] = [];
  /** Whether it is about a home with rooms, whose plot no field describes. */
  readonly isAboutRooms: boolean;
  private readonly taken: boolean[];

  constructor(
    readonly text: string,
    readonly lexemes: readonly Lexeme[],
    readonly circumstances: Circumstances,
  ) {
    this.taken = lexemes.map(() => false);
    this.isAboutRooms = lexemes.some(isOfRooms);
  }

  /** The lexeme there, unless a rule has taken it. */
  at(i: number): Lexeme | undefined {
    return this.taken[i] === false ? this.lexemes[i] : undefined;
  }

  /** The lexeme there, if it means that and no rule has taken it. */
  when<K extends Meaning['is']>(i: number, is: K): LexemeOf<K> | undefined {
    const lexeme = this.at(i);
    return lexeme?.is === is ? (lexeme as LexemeOf<K>) : undefined;
  }

  /** Where the first lexeme is, from there on or back, that none of these meanings has. At most so many are passed over. */
  skip(from: number, step: 1 | -1, meanings: readonly Meaning['is'][], most = 4): number {
    let i = from;
    for (let n = 0; n < most; n++, i += step) {
      const lexeme = this.at(i);
      if (!lexeme || !meanings.includes(lexeme.is)) return i;
    }
    return i;
  }

  /** Marks a stretch as dealt with. */
  take(first: number, end: number): void {
    this.taken.fill(true, first, end);
  }

  /** What a stretch says of the filter; or why it cannot. */
  understand(first: number, end: number, label: string, values: Partial<AdvisedFilter>): void {
    const refusal = this.refusalOf(values);
    if (refusal) {
      this.leaveOut(first, end, refusal);
      return;
    }
    Object.assign(this.filter, values);
    const { start, end: stop } = this.spanOf(first, end);
    this.understood.push({ start, end: stop, label, fields: Object.keys(values) as Field[] });
    this.take(first, end);
  }

  leaveOut(first: number, end: number, reason: LeftOutReason): void {
    const span = this.spanOf(first, end);
    const text = this.text.slice(span.start, span.end);
    this.leftOut.push({ ...span, text, reason, explanation: explanations[reason] });
    this.take(first, end);
  }

  wish(first: number, end: number): void {
    const { start, end: stop } = this.spanOf(first, end);
    this.wishes.push({ start, text: this.text.slice(start, stop).replace(/\s+/g, ' ') });
    this.take(first, end);
  }

  private refusalOf(values: Partial<AdvisedFilter>): LeftOutReason | undefined {
    const merged = { ...this.filter, ...values };
    for (const [name, value] of Object.entries(values)) {
      if (!FilterSchema.shape[name as Field].safeParse(value).success) return 'out_of_range';
      const before = this.filter[name as Field];
      if (before !== undefined && JSON.stringify(before) !== JSON.stringify(value)) return 'contradiction';
    }
    const isCrossed = pairs.some(([min, max]) => (merged[min] ?? 0) > (merged[max] ?? Number.POSITIVE_INFINITY));
    return isCrossed ? 'contradiction' : undefined;
  }

  private spanOf(first: number, end: number): { start: number; end: number } {
    return { start: this.lexemes[first]?.start ?? 0, end: this.lexemes[end - 1]?.end ?? 0 };
  }
}

const roomUnits: readonly string[] = ['bed', 'bhk', 'bath'];

function isOfRooms(lexeme: Lexeme): boolean {
  if (lexeme.is === 'unit') return roomUnits.includes(lexeme.unit);
  return lexeme.is === 'type' && (lexeme.types.includes('house') || lexeme.types.includes('flat'));
}
