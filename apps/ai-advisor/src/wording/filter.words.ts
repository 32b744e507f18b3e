import type { PropertyType } from '@viewora/contracts/listing';
import type { AdvisedFilter } from '@viewora/contracts/understanding';
import { areaUnitFor, areaWords, plainName, priceWords } from './format.ts';

const typeWords: Record<PropertyType, string> = {
  house: 'houses',
  flat: 'flats',
  plot: 'plots',
  commercial: 'commercial',
};

/** What a filter asks for, a part of a sentence for each thing. */
export function filterWords(filter: AdvisedFilter, usualCurrency: string): string[] {
  const { type, place, near, minYearBuilt, minBeds, maxBeds, minBaths, listedSince } = filter;
  const currency = filter.currency ?? usualCurrency;
  const price = (minor: number) => priceWords(minor, currency);
  const area = (sqm: number) => areaWords(sqm, areaUnitFor(currency));
  const name = plainName(place ?? null);
  return [
    type?.map((one) => typeWords[one]).join(' or '),
    rangeWords(minBeds, maxBeds, String, 'bedrooms'),
    minBaths === undefined ? undefined : `at least ${minBaths} baths`,
    name === null ? undefined : `in ${name}`,
    near && filter.radiusM !== undefined ? `within ${Math.round(filter.radiusM / 100) / 10} km` : undefined,
    rangeWords(filter.minPriceMinor, filter.maxPriceMinor, price),
    rangeWords(filter.minAreaSqm, filter.maxAreaSqm, area),
    minYearBuilt === undefined ? undefined : `built in ${minYearBuilt} or later`,
    listedSince === undefined ? undefined : 'listed lately',
  ].filter((part) => part !== undefined);
}

function rangeWords(
  min: number | undefined,
  max: number | undefined,
  words: (value: number) => string,
  noun = '',
): string | undefined {
  const [low, high] = [min, max].map((value) => (value === undefined ? null : words(value)));
  const of = noun && ` ${noun}`;
  if (low && high) return low === high ? `${low}${of}` : `${low} to ${high}${of}`;
  if (low) return `at least ${low}${of}`;
  return high ? `at most ${high}${of}` : undefined;
}
