import { PropertyType } from '@viewora/contracts/listing';
import type { Reading } from './reading.ts';
import { typeWords } from './words.ts';

/** "Not a condo", "no flats or plots", "without HOA": types are ruled out, the rest is a wish. */
export function readNegations(reading: Reading): void {
  const excluded = new Set<PropertyType>();
  for (let i = 0; i < reading.lexemes.length; i++) {
    if (!reading.when(i, 'not')) continue;
    const types = typesFrom(reading, i + 1);
    if (types.found.length > 0) {
      for (const type of types.found) excluded.add(type);
      exclude(reading, i, types.end, excluded);
    } else {
      const end = endOfWish(reading, i + 1);
      if (end > i + 1) reading.wish(i, end);
    }
  }
}

function typesFrom(reading: Reading, from: number): { found: PropertyType[]; end: number } {
  const found: PropertyType[] = [];
  let end = from;
  for (;;) {
    const i = reading.skip(found.length > 0 ? end : from, 1, ['filler', 'or', 'and', 'sign', 'not'], 3);
    const type = reading.when(i, 'type');
    if (!type || (found.length > 0 && !isListed(reading, end, i))) return { found, end };
    found.push(...type.types);
    end = i + 1;
  }
}

/** "no flats, no plots" goes on; "no flats. A house" does not. */
function isListed(reading: Reading, from: number, to: number): boolean {
  const between = reading.lexemes.slice(from, to);
  const hasNegation = between.some(({ is }) => is === 'not');
  return hasNegation || between.some(({ is }) => is === 'or') || (between.length === 1 && between[0]?.is === 'and');
}

function exclude(reading: Reading, first: number, end: number, excluded: ReadonlySet<PropertyType>): void {
  const left = PropertyType.options.filter((type) => !excluded.has(type));
  const label = `No ${[...excluded].map((type) => typeWords[type].toLowerCase()).join(' or ')}`;
  if (left.length === 0) {
    reading.leaveOut(first, end, 'contradiction');
    return;
  }
  // What was ruled out before is ruled out still: the narrower choice takes the place of the wider.
  delete reading.filter.type;
  reading.understand(first, end, label, { type: left });
}

const wishful = [
  'word',
  'amenity',
  'home',
  'area-word',
  'filler',
  'in',
  'of',
  'unit',
  'people',
  'near',
  'topic',
  'perhaps-steering',
  'perhaps-protected',
];

function endOfWish(reading: Reading, from: number): number {
  let end = from;
  for (let i = from; wishful.includes(reading.at(i)?.is ?? ''); i++) {
    if (!['filler', 'in', 'of', 'near'].includes(reading.at(i)?.is ?? '')) end = i + 1;
  }
  return end;
}

/** Kinds of property that are wanted; more than one means any of them. What is wanted says more than what was ruled out. */
export function readTypes(reading: Reading): void {
  const wanted = new Set<PropertyType>();
  for (let i = 0; i < reading.lexemes.length; i++) {
    const lexeme = reading.when(i, 'type');
    if (!lexeme || isOfSomethingElse(reading, i)) continue;
    for (const type of lexeme.types) wanted.add(type);
    delete reading.filter.type;
    const { beds } = lexeme;
    const isFree = reading.filter.minBeds === undefined && reading.filter.maxBeds === undefined;
    const label = beds === undefined ? lexeme.types.map((type) => typeWords[type]).join(', ') : 'Studio';
    reading.understand(i, i + 1, label, {
      type: PropertyType.options.filter((type) => wanted.has(type)),
      ...(beds !== undefined && isFree && { minBeds: beds, maxBeds: beds }),
    });
  }
}

/** "with land", "near shops", "two acres of land": a part or a neighbour of the home, not its kind. */
function isOfSomethingElse(reading: Reading, i: number): boolean {
  const before = reading.at(reading.skip(i - 1, -1, ['filler'], 2));
  if (before?.is === 'with' || before?.is === 'near') return true;
  return before?.is === 'of' && reading.isAboutRooms && reading.when(i, 'type')?.types[0] === 'plot';
}
