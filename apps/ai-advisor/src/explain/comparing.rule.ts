import type { Figure, Figures } from './figures.ts';

type Kind = NonNullable<Figure['measure']>['kind'];
type Claim = readonly [words: RegExp, kind: Kind, direction: 'more' | 'less'];

const comparatives: readonly Claim[] = [
  [/\b(?:cheaper|less expensive|lower[- ]priced|(?:costs|asks) less)\b/giu, 'price', 'less'],
  [/\b(?:dearer|more expensive|pricier|(?:costs|asks) more)\b/giu, 'price', 'more'],
  [/\b(?:larger|bigger|roomier|more space)\b/giu, 'area', 'more'],
  [/\b(?:smaller|less space)\b/giu, 'area', 'less'],
  [/\bnewer\b/giu, 'year', 'more'],
  [/\bolder\b/giu, 'year', 'less'],
  [/\bmore (?:bedrooms|beds)\b/giu, 'beds', 'more'],
  [/\bfewer (?:bedrooms|beds)\b/giu, 'beds', 'less'],
  [/\bmore (?:homes|houses|flats|listings|on the market)\b/giu, 'listings', 'more'],
  [/\bfewer (?:homes|houses|flats|listings|on the market)\b/giu, 'listings', 'less'],
];

const superlatives: readonly Claim[] = [
  [/\b(?:cheapest|least expensive|lowest[- ]priced|lowest price|(?:costs|asks) least)\b/giu, 'price', 'less'],
  [/\b(?:dearest|most expensive|priciest|highest price)\b/giu, 'price', 'more'],
  [/\b(?:largest|biggest|roomiest|most space)\b/giu, 'area', 'more'],
  [/\bsmallest\b/giu, 'area', 'less'],
  [/\bnewest\b/giu, 'year', 'more'],
  [/\boldest\b/giu, 'year', 'less'],
  [/\bmost (?:bedrooms|beds)\b/giu, 'beds', 'more'],
  [/\bmost (?:homes|houses|flats|listings|on the market)\b/giu, 'listings', 'more'],
];

/** Between two figures that stand there, of the same measure. */
const relations: readonly (readonly [words: RegExp, direction: 'more' | 'less'])[] = [
  [/\b(?:above|over|exceeds|exceeding|higher than|more than|greater than)\b/giu, 'more'],
  [/\b(?:below|under|beneath|lower than|less than)\b/giu, 'less'],
];

const proven = new RegExp(
  [...comparatives, ...superlatives, ...relations].map(([words]) => words.source).join('|'),
  'giu',
);

/** What a sentence says beside what `comparesTruly` has proven. */
export function withoutComparisons(sentence: string): string {
  return sentence.replace(proven, ' ');
}

/** What compares and no figure can show. */
const unprovable =
  /\b(?:best|better|worst|worse|nicest|nicer|finest|ideal|perfect|closest|closer|nearest|nearer|faster|slower|quicker|busier|hotter|safe|safer|safest|rougher|diverse|quieter|livelier|greener|friendly|friendlier|superior|unbeatable|bargain|steal)\b/iu;

/** A token where it stands in a sentence. */
export interface Placed {
  name: string;
  figure: Figure;
  index: number;
}

/**
 * Whether everything that a sentence compares is so. What is compared by words of which it is not clear what they are about,
 * or that no figure can show, is not.
 */
export function comparesTruly(sentence: string, placed: readonly Placed[], figures: Figures): boolean {
  if (unprovable.test(sentence)) return false;
  const homes = placed.filter(({ name, figure }) => figure.of === name);
  const before = (at: number) => homes.filter(({ index }) => index < at).at(-1);
  const after = (at: number) => homes.find(({ index }) => index > at);
  const isTrue = (claims: readonly Claim[], check: (at: number, kind: Kind, direction: 'more' | 'less') => boolean) =>
    claims.every(([words, kind, direction]) =>
      [...sentence.matchAll(words)].every(({ index }) => check(index, kind, direction)),
    );
  return (
    isTrue(comparatives, (at, kind, direction) =>
      differs(measureOf(before(at), kind, figures), measureOf(after(at), kind, figures), direction),
    ) &&
    isTrue(superlatives, (at, kind, direction) => isExtreme(before(at) ?? after(at), kind, direction, figures)) &&
    relations.every(([words, direction]) =>
      [...sentence.matchAll(words)].every(({ index }) => isRelated(placed, index, direction)),
    )
  );
}

function measureOf(home: Placed | undefined, kind: Kind, figures: Figures): number | undefined {
  return figures.get(`${home?.name}.${kind}`)?.measure?.value;
}

function differs(a: number | undefined, b: number | undefined, direction: 'more' | 'less'): boolean {
  if (a === undefined || b === undefined) return false;
  return direction === 'more' ? a > b : a < b;
}

/** Of all homes, or places, that are spoken of, each of which must be known. */
function isExtreme(home: Placed | undefined, kind: Kind, direction: 'more' | 'less', figures: Figures): boolean {
  const own = measureOf(home, kind, figures);
  const isAlike = (source: Figure['source']) => source !== undefined && source.kind === home?.figure.source?.kind;
  const others = [...figures].filter(([name, { source }]) => isAlike(source) && name !== home?.name);
  const isBeyond = others.every(([name]) => differs(own, figures.get(`${name}.${kind}`)?.measure?.value, direction));
  return own !== undefined && isBeyond;
}

function isRelated(placed: readonly Placed[], at: number, direction: 'more' | 'less'): boolean {
  const left = placed.filter(({ index, figure }) => index < at && figure.measure).at(-1)?.figure.measure;
  const right = placed.find(({ index, figure }) => index > at && figure.measure)?.figure.measure;
  return left !== undefined && right?.kind === left.kind && differs(left.value, right.value, direction);
}
