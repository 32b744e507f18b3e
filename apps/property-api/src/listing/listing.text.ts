import type { AreaUnit, PropertyType } from '@viewora/contracts/listing';
import { placeKeys, searchTexts } from '@viewora/contracts/property-filter';
import { tokenize } from '@viewora/contracts/text';
import { remembering } from './remembering.ts';

/** The facts that a listing's text is made of. */
export interface TextFacts {
  type: PropertyType;
  beds: number | null;
  baths: number | null;
  areaValue: number | null;
  areaUnit: AreaUnit | null;
  city: string | null;
  locality: string | null;
  postalCode: string | null;
  yearBuilt: number | null;
}

const knownKeys = remembering((names) => {
  const [city = null, locality = null, postalCode = null] = JSON.parse(names);
  return placeKeys({ city, locality, postalCode });
});

/** What `place` is compared with. */
export function keysOf({ city, locality, postalCode }: Parameters<typeof placeKeys>[0]): string[] {
  return knownKeys(JSON.stringify([city, locality, postalCode]));
}

/** To a centimetre: what lies below is noise, and a float too small for arithmetic. */
export function roundDegrees(degrees: number | null): number | null {
  return degrees === null ? null : Math.round(degrees * 1e7) / 1e7;
}

const typeNames: Record<PropertyType, string> = {
  plot: 'plot',
  house: 'house',
  flat: 'flat',
  commercial: 'commercial property',
};

/** "3-bed house in Elk Grove". */
export function composeTitle({
  type,
  beds,
  city,
  locality,
}: Pick<TextFacts, 'type' | 'beds' | 'city' | 'locality'>): string {
  const rooms = beds === null || beds === 0 ? '' : `${beds}-bed `;
  const place = locality ?? city;
  const title = `${rooms}${typeNames[type]}${place === null ? '' : ` in ${place}`}`;
  return title.charAt(0).toUpperCase() + title.slice(1);
}

const digits = new Intl.NumberFormat('en');
const grouped = remembering((number) => digits.format(Number(number)));

/** The facts as sentences, and nothing else. */
export function composeDescription(row: TextFacts): string {
  const place = [row.locality, row.city, row.postalCode].filter((part) => part !== null).join(', ');
  const rooms = [count(row.beds, 'bedroom'), count(row.baths, 'bathroom')].filter((part) => part !== '').join(' and ');
  const subject = typeNames[row.type];
  const first = `${subject.charAt(0).toUpperCase()}${subject.slice(1)}${rooms && ` with ${rooms}`}${place && ` in ${place}`}.`;
  const area = row.areaValue === null ? '' : ` ${grouped(String(row.areaValue))} ${row.areaUnit}.`;
  const built = row.yearBuilt === null ? '' : ` Built in ${row.yearBuilt}.`;
  return first + area + built;
}

function count(value: number | null, noun: string): string {
  if (value === null || value === 0) return '';
  return `${value} ${noun}${value === 1 ? '' : 's'}`;
}

/** Postgres keeps positions up to this one. */
const lastPosition = 16_383;
/** More occurrences of a word in one listing say nothing more. */
const mostPositions = 16;

const knownWords = remembering(tokenize);

/** A `tsvector` literal from the contracts' own tokens; they hold nothing that would need escaping. */
export function toTsvector(listing: Parameters<typeof searchTexts>[0]): string {
  const { title, place, description } = searchTexts(listing);
  const positions = new Map<string, string[]>();
  let position = 0;
  // Titles and places repeat from row to row, descriptions do not.
  for (const [words, weight] of [
    [knownWords(title), 'A'],
    [knownWords(place), 'B'],
    [tokenize(description), 'C'],
  ] as const) {
    for (const word of words) {
      if (position < lastPosition) position++;
      const places = positions.get(word);
      if (!places) positions.set(word, [position + weight]);
      else if (places.length < mostPositions) places.push(position + weight);
    }
  }
  const entries: string[] = [];
  for (const [word, places] of positions) entries.push(`'${word}':${places.join(',')}`);
  return entries.join(' ');
}
