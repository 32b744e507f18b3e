import type { EventType } from '@viewora/contracts/analytics';

/** What is counted of a listing. `uniques` are known for whole hours and days alone. */
export const measures = [
  'views',
  'impressions',
  'dwellSeconds',
  'photos',
  'videos',
  'shares',
  'uniques',
  'interests',
  'favourites',
  'contacts',
] as const;
export type Measure = (typeof measures)[number];
export type Figures = Partial<Record<Measure, number>>;

/** The letter that stands for an event's type in Redis and in the archive, and what the event adds to. */
export const typeLetters: Record<EventType, { letter: string; adds: readonly Measure[] }> = {
  view: { letter: 'v', adds: ['views'] },
  search_impression: { letter: 's', adds: ['impressions'] },
  dwell: { letter: 'd', adds: ['dwellSeconds'] },
  photo: { letter: 'p', adds: ['photos'] },
  video: { letter: 'f', adds: ['videos'] },
  share: { letter: 'h', adds: ['shares'] },
  favourite: { letter: 'l', adds: ['favourites', 'interests'] },
  contact: { letter: 'c', adds: ['contacts', 'interests'] },
};

export const letters = Object.values(typeLetters).map(({ letter }) => letter);

const measuresOf = new Map(Object.values(typeLetters).map(({ letter, adds }) => [letter, adds]));

/** Adds what a window says of one letter. */
export function addFigure(figures: Figures, letter: string, amount: number): void {
  for (const measure of measuresOf.get(letter) ?? []) figures[measure] = (figures[measure] ?? 0) + amount;
}
