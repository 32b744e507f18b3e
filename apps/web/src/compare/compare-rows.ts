import { type AreaUnit, type ListingDetail, sqmPerUnit } from '@viewora/contracts/listing';
import { formatArea, formatAreaIn } from '../format/area.ts';
import { formatDay } from '../format/dates.ts';
import { formatPrice } from '../format/money.ts';
import { factRows, pricePerArea } from '../listing/fact-rows.ts';

export interface CompareCell {
  /** Null where it is not known. */
  text: string | null;
  /** What this home is beside the others: "Largest". */
  note: string | null;
}

export interface CompareRow {
  name: string;
  cells: CompareCell[];
  /** Whether the homes are not alike in this. */
  differs: boolean;
}

interface Measure {
  of: (home: ListingDetail) => number | null;
  best: 'most' | 'least';
  note: string;
}

/** Facts that say which home has more of something, and what having most of it is called. */
const measures: Record<string, Measure> = {
  Bedrooms: { of: (home) => home.beds, best: 'most', note: 'Most bedrooms' },
  Bathrooms: { of: (home) => home.baths, best: 'most', note: 'Most bathrooms' },
  'Year built': { of: (home) => home.yearBuilt, best: 'most', note: 'Newest' },
  'Parking spaces': { of: (home) => home.parkingSpaces, best: 'most', note: 'Most parking' },
};

/** In another unit for each home they would not compare; and of a listing's number nobody chooses by it. */
const left = new Set(['Price', 'Place', 'Listing number']);

/** Homes side by side, a fact to a row; what is known of none of them has no row. */
export function compareRows(homes: readonly ListingDetail[]): CompareRow[] {
  const unit = commonUnit(homes);
  const unitName = formatAreaIn(sqmPerUnit[unit], unit).replace(/^1 /, '').replace(/s$/, '');
  const perArea = homes.map((home) => pricePerArea({ ...home, areaUnit: unit }));
  const isOneCurrency = new Set(homes.map(({ currency }) => currency)).size === 1;
  const priced = (amounts: (number | null)[], note: string) =>
    isOneCurrency ? notesFor(amounts, 'least', note) : homes.map(() => null);

  const rows = [
    row(
      'Price',
      homes.map(({ priceMinor, currency }) => formatPrice(priceMinor, currency)),
      priced(
        homes.map(({ priceMinor }) => priceMinor),
        'Lowest price',
      ),
    ),
    row('Last change of price', homes.map(priceChangeText)),
    row(
      'Area',
      homes.map((home) => areaText(home, unit)),
      notesFor(
        homes.map(({ areaSqm }) => areaSqm),
        'most',
        'Largest',
      ),
    ),
    row(
      `Price per ${unitName}`,
      perArea.map((price) => price?.text.replace(/ per .*/, '') ?? null),
      priced(
        perArea.map((price) => price?.amount ?? null),
        `Cheapest per ${unitName}`,
      ),
    ),
    ...factNames(homes).map((name) => {
      const measure = measures[name];
      const notes = measure && notesFor(homes.map(measure.of), measure.best, measure.note);
      return row(
        name,
        homes.map((home) => factOf(home, name)),
        notes,
      );
    }),
  ];
  return rows.filter(({ cells }) => cells.some(({ text }) => text !== null));
}

function row(name: string, texts: (string | null)[], notes: (string | null)[] = []): CompareRow {
  const cells = texts.map((text, i) => ({ text, note: notes[i] ?? null }));
  return { name, cells, differs: new Set(texts).size > 1 };
}

/** The note for those that have most, or least, of what is known; for none where that says nothing. */
export function notesFor(values: (number | null)[], best: 'most' | 'least', note: string): (string | null)[] {
  const known = values.filter((value) => value !== null);
  const isTold = known.length > 1 && new Set(known).size > 1;
  const mark = best === 'most' ? Math.max(...known) : Math.min(...known);
  return values.map((value) => (isTold && value === mark ? note : null));
}

/** The unit that all sellers count in; square metres where they do not agree. */
function commonUnit(homes: readonly ListingDetail[]): AreaUnit {
  const units = new Set(homes.filter(({ areaSqm }) => areaSqm !== null).map(({ areaUnit }) => areaUnit ?? 'sqm'));
  const [unit = 'sqm'] = units;
  return units.size === 1 ? unit : 'sqm';
}

function areaText(home: ListingDetail, unit: AreaUnit): string | null {
  const area = formatArea(home);
  if (!area || home.areaSqm === null) return null;
  return (home.areaUnit ?? 'sqm') === unit ? area.own : `${formatAreaIn(home.areaSqm, unit)} (${area.own})`;
}

function priceChangeText({ priceMinor, priceChange }: ListingDetail): string | null {
  if (!priceChange || priceChange.fromMinor <= 0) return null;
  const percent = Math.round((priceMinor / priceChange.fromMinor - 1) * 1000) / 10;
  return `${percent < 0 ? '↓ cut' : '↑ raised'} ${Math.abs(percent)}% on ${formatDay(priceChange.at)}`;
}

function facts(home: ListingDetail) {
  const { before, after } = factRows(home);
  return [...before, ...after].filter(({ name }) => !left.has(name));
}

function factOf(home: ListingDetail, name: string): string | null {
  return facts(home).find((fact) => fact.name === name)?.value ?? null;
}

/** In the order in which the homes name them, none twice. */
function factNames(homes: readonly ListingDetail[]): string[] {
  const longest = homes.map((home) => facts(home).map(({ name }) => name)).toSorted((a, b) => b.length - a.length);
  return [...new Set(longest.flat())];
}
