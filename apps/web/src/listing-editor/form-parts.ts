import { ListingEdit } from '@viewora/contracts/own-listing';
import { parsePrice } from '../format/money.ts';
import type { FormKey, ListingForm } from './listing-form.ts';

/** The steps of the editor, in the order in which people tell of a home. */
export const steps = ['place', 'facts', 'price', 'words', 'review'] as const;
export type Step = (typeof steps)[number];

export type Problems = Partial<Record<FormKey, string>>;
export type Reading = { edit: ListingEdit } | { problems: Problems };

/** What is said, saved and merged as one: the price is nothing without its currency, a latitude without its longitude. */
export interface Part {
  name: string;
  label: string;
  step: Step;
  keys: readonly FormKey[];
  read: (form: ListingForm) => Reading;
}

type Field = keyof ListingEdit;
type TextField = Extract<Field, FormKey>;

const text = (name: TextField, label: string, step: Step): Part => ({
  name,
  label,
  step,
  keys: [name],
  read: (form) => checked(name, name, form[name].trim() || null),
});

const number = (name: TextField, label: string, step: Step): Part => ({
  name,
  label,
  step,
  keys: [name],
  read: (form) => {
    const value = readNumber(form[name]);
    return Number.isNaN(value) ? { problems: { [name]: 'must be a number' } } : checked(name, name, value);
  },
});

export const parts: readonly Part[] = [
  {
    name: 'type',
    label: 'What it is',
    step: 'place',
    keys: ['type'],
    read: ({ type }) => (type === '' ? { problems: { type: 'is missing' } } : checked('type', 'type', type)),
  },
  text('address', 'Address', 'place'),
  text('locality', 'Neighbourhood', 'place'),
  text('city', 'City', 'place'),
  text('postalCode', 'Postal code', 'place'),
  { name: 'location', label: 'Place on the map', step: 'place', keys: ['lat', 'lon'], read: readLocation },
  number('beds', 'Bedrooms', 'facts'),
  number('baths', 'Bathrooms', 'facts'),
  { name: 'area', label: 'Area', step: 'facts', keys: ['areaValue', 'areaUnit'], read: readArea },
  number('yearBuilt', 'Year built', 'facts'),
  number('yearRenovated', 'Renovated in', 'facts'),
  number('parkingSpaces', 'Parking spaces', 'facts'),
  text('furnishing', 'Furnishing', 'facts'),
  text('facing', 'Faces', 'facts'),
  number('ownershipCount', 'Owners so far', 'facts'),
  { name: 'price', label: 'Price', step: 'price', keys: ['price', 'currency'], read: readPrice },
  {
    name: 'priceNegotiable',
    label: 'Negotiable',
    step: 'price',
    keys: ['priceNegotiable'],
    read: ({ priceNegotiable }) => ({ edit: { priceNegotiable: priceNegotiable !== '' } }),
  },
  text('title', 'Title', 'words'),
  text('description', 'Description', 'words'),
  text('sellingReason', 'Reason for selling', 'words'),
  {
    name: 'nearbyPlaces',
    label: 'Nearby',
    step: 'words',
    keys: ['nearbyPlaces'],
    read: ({ nearbyPlaces }) => checked('nearbyPlaces', 'nearbyPlaces', linesOf(nearbyPlaces)),
  },
];

export function partOf(key: FormKey): Part {
  const part = parts.find(({ keys }) => keys.includes(key));
  if (!part) throw new Error(`No part has the field ${key}`);
  return part;
}

/** Whether two forms say the same of a part: "85 lakh" is ₹85,00,000, but half a number is only itself. */
export function saysTheSame(part: Part, a: ListingForm, b: ListingForm): boolean {
  if (part.keys.every((key) => a[key].trim() === b[key].trim())) return true;
  const [ofA, ofB] = [part.read(a), part.read(b)];
  return 'edit' in ofA && 'edit' in ofB && JSON.stringify(ofA.edit) === JSON.stringify(ofB.edit);
}

export function changedParts(form: ListingForm, known: ListingForm): Part[] {
  return parts.filter((part) => !saysTheSame(part, form, known));
}

/** What is wrong with what is typed, field by field. */
export function problemsOf(form: ListingForm): Problems {
  return Object.assign(
    {},
    ...parts.map((part) => part.read(form)).map((read) => ('problems' in read ? read.problems : {})),
  );
}

/** The parts' fields out of a form. */
export function textsOf(changed: readonly Part[], form: ListingForm): Partial<ListingForm> {
  return Object.fromEntries(changed.flatMap(({ keys }) => keys.map((key) => [key, form[key]])));
}

/** 1,240 and 12,34,567 as people write them; null for nothing, NaN for what is no number. */
export function readNumber(typed: string): number | null {
  const plain = typed.trim().replace(/(?<=\d)[,\s](?=\d{2,3}(\D|$))/g, '');
  if (plain === '') return null;
  return /^-?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : Number.NaN;
}

export function linesOf(typed: string): string[] {
  return typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function readLocation({ lat, lon }: ListingForm): Reading {
  const [latitude, longitude] = [readNumber(lat), readNumber(lon)];
  if (latitude === null && longitude === null) return { edit: { location: null } };
  const problems: Problems = {
    ...degreeProblem('lat', latitude, 90),
    ...degreeProblem('lon', longitude, 180),
  };
  if (latitude === null || longitude === null || Object.keys(problems).length > 0) return { problems };
  return { edit: { location: { lat: latitude, lon: longitude } } };
}

function degreeProblem(key: 'lat' | 'lon', degrees: number | null, most: number): Problems {
  if (degrees === null) return { [key]: 'is missing' };
  const isFine = Math.abs(degrees) <= most;
  return isFine ? {} : { [key]: `must be a number from −${most} to ${most}` };
}

function readArea({ areaValue, areaUnit }: ListingForm): Reading {
  const value = readNumber(areaValue);
  if (Number.isNaN(value)) return { problems: { areaValue: 'must be a number' } };
  const read = checked('areaValue', 'areaValue', value);
  return 'edit' in read ? { edit: { ...read.edit, areaUnit: areaUnit as ListingEdit['areaUnit'] } } : read;
}

function readPrice({ price, currency }: ListingForm): Reading {
  const isSaid = price.trim() !== '';
  // Before the market is known its currency is the server's to choose.
  const said = currency === '' ? {} : { currency };
  if (!isSaid) return { edit: { priceMinor: null, ...said } };
  const priceMinor = parsePrice(price, currency || 'USD');
  if (priceMinor === null) return { problems: { price: 'must be a price, such as 450k or 85 lakh' } };
  return { edit: { priceMinor, ...said } };
}

function checked(field: Field, key: FormKey, value: unknown): Reading {
  const parsed = ListingEdit.shape[field].safeParse(value);
  if (parsed.success) return { edit: { [field]: parsed.data } };
  const [issue] = parsed.error.issues;
  return { problems: { [key]: issue ? messageOf(issue) : 'is not understood' } };
}

type Issue = NonNullable<ReturnType<(typeof ListingEdit)['safeParse']>['error']>['issues'][number];

/** The second half of a sentence that begins with the field's label. */
function messageOf(issue: Issue): string {
  if (issue.code === 'too_big' && issue.origin === 'array') return `must be at most ${issue.maximum} lines`;
  if (issue.code === 'too_big' && issue.origin === 'string') return `must have at most ${issue.maximum} characters`;
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}`;
  if (issue.code === 'too_small') return `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
  if (issue.code === 'not_multiple_of') return 'must be in quarters, such as 2.25';
  if (issue.code === 'invalid_type') return 'must be a whole number';
  return 'is not understood';
}
