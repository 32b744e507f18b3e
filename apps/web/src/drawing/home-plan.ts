import type { ListingItem, PropertyType } from '@viewora/contracts/listing';
import { plural } from '../format/facts.ts';

/** What a drawing is made of: the facts that change what a home looks like, and the id that settles the rest. */
export type DrawnFacts = Pick<ListingItem, 'id' | 'type' | 'areaSqm' | 'beds' | 'yearBuilt'>;

export type RoofShape = 'gable' | 'hip' | 'cross' | 'flat';
export type TreeShape = 'round' | 'cypress' | 'pine';

export interface Tree {
  shape: TreeShape;
  x: number;
  /** Height, drawing units. */
  height: number;
  tone: 0 | 1;
}

export interface HomePlan {
  type: PropertyType;
  wall: number;
  roof: number;
  door: number;
  roofShape: RoofShape;
  storeys: 1 | 2;
  /** Of the main block, drawing units. */
  width: number;
  windows: number;
  hasWing: boolean;
  hasChimney: boolean;
  hasShutters: boolean;
  hasPorch: boolean;
  hasFence: boolean;
  isFlipped: boolean;
  /** Of a block of flats: only a picture of one, since how many floors it has is not known. */
  floors: number;
  columns: number;
  trees: Tree[];
  hill: number;
  sunX: number;
  cloudX: number;
  visitor: 'cat' | 'birds' | null;
}

export const wallCount = 7;
export const roofCount = 4;
export const doorCount = 4;

/** FNV-1a: spreads ids that differ in one character. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/** Mulberry32: the same numbers for the same id, in every browser. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * sides);
  };
}

const twoStoreysFromSqm = 175;

export function homePlan({ id, type, areaSqm, beds, yearBuilt }: DrawnFacts): HomePlan {
  const roll = dice(hash(id));
  const size = areaSqm ?? 60 + 35 * (beds ?? 2);
  const storeys = size >= twoStoreysFromSqm || (beds ?? 0) >= 5 ? 2 : 1;
  const isModern = yearBuilt === null ? roll(6) === 0 : yearBuilt >= 2005;
  const width = Math.round(Math.min(200, Math.max(118, 92 + (size / storeys) * 0.72)));
  const hasWing = type === 'house' && size >= 130 && width <= 190;
  return {
    type,
    wall: roll(wallCount),
    roof: roll(roofCount),
    door: roll(doorCount),
    roofShape: isModern ? 'flat' : ((['gable', 'hip', 'cross'] as const)[roll(3)] ?? 'hip'),
    storeys,
    width,
    windows: Math.max(2, Math.min(4, Math.max(Math.round(width / 48), Math.min(4, beds ?? 0)))),
    hasWing,
    hasChimney: !isModern && roll(3) > 0,
    hasShutters: !isModern && roll(2) === 0,
    hasPorch: roll(3) === 0,
    hasFence: roll(3) === 0,
    isFlipped: roll(2) === 0,
    floors: 3 + roll(3),
    columns: 3 + roll(2),
    trees: plantTrees(roll),
    hill: roll(40),
    sunX: 60 + roll(280),
    cloudX: roll(320),
    visitor: (['cat', 'birds', null, null] as const)[roll(4)] ?? null,
  };
}

function plantTrees(roll: (sides: number) => number): Tree[] {
  const shapes: readonly TreeShape[] = ['round', 'cypress', 'pine', 'round'];
  const places = [22 + roll(24), 352 + roll(30), roll(2) === 0 ? 66 + roll(14) : 318 + roll(18)];
  return places.slice(0, 2 + roll(2)).map((x) => ({
    x,
    shape: shapes[roll(shapes.length)] ?? 'round',
    height: 62 + roll(46),
    tone: roll(2) === 0 ? 0 : 1,
  }));
}

const nouns: Record<PropertyType, string> = {
  house: 'house',
  flat: 'block of flats',
  plot: 'plot of land',
  commercial: 'shop front',
};

/** What the drawing shows, and that it is one. Only facts of the listing are said. */
export function drawingAlt({ type, beds }: Pick<DrawnFacts, 'type' | 'beds'>): string {
  const bedrooms = beds === null || beds === 0 || type === 'plot' ? '' : `, for a home with ${plural(beds, 'bedroom')}`;
  return `Drawing, not a photograph: a ${nouns[type]}${bedrooms}`;
}
