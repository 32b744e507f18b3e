import { areaUnitFor, formatAreaIn } from '../format/area.ts';
import { formatDay } from '../format/dates.ts';
import { plural, typeNames } from '../format/facts.ts';
import { formatPriceRange } from '../format/money.ts';
import type { HomeFilter } from '../search/search-state.ts';

export type FilterKey = 'q' | 'place' | 'type' | 'price' | 'beds' | 'baths' | 'area' | 'year' | 'listed';

/** A part of the filter that is set: how to say it, and what takes it away. */
export interface ActiveFilter {
  key: FilterKey;
  label: string;
  cleared: Partial<HomeFilter>;
}

export function activeFilters(filter: HomeFilter, currency: string): ActiveFilter[] {
  const unit = areaUnitFor(currency);
  const area = (sqm: number | undefined) => (sqm === undefined ? undefined : formatAreaIn(sqm, unit));
  const found: (ActiveFilter | null)[] = [
    filter.q === undefined ? null : { key: 'q', label: `“${filter.q}”`, cleared: { q: undefined } },
    filter.place === undefined ? null : { key: 'place', label: `In ${filter.place}`, cleared: { place: undefined } },
    filter.type === undefined
      ? null
      : { key: 'type', label: filter.type.map((type) => typeNames[type]).join(', '), cleared: { type: undefined } },
    filter.minPriceMinor === undefined && filter.maxPriceMinor === undefined
      ? null
      : {
          key: 'price',
          label: formatPriceRange(filter.minPriceMinor, filter.maxPriceMinor, filter.currency ?? currency),
          cleared: { minPriceMinor: undefined, maxPriceMinor: undefined, currency: undefined },
        },
    rangeFilter('beds', filter.minBeds, filter.maxBeds, 'bed', { minBeds: undefined, maxBeds: undefined }),
    filter.minBaths === undefined
      ? null
      : { key: 'baths', label: `${filter.minBaths}+ baths`, cleared: { minBaths: undefined } },
    textRange('area', area(filter.minAreaSqm), area(filter.maxAreaSqm), {
      minAreaSqm: undefined,
      maxAreaSqm: undefined,
    }),
    filter.minYearBuilt === undefined
      ? null
      : { key: 'year', label: `Built ${filter.minYearBuilt} or later`, cleared: { minYearBuilt: undefined } },
    filter.listedSince === undefined
      ? null
      : {
          key: 'listed',
          label: `Listed since ${formatDay(filter.listedSince)}`,
          cleared: { listedSince: undefined },
        },
  ];
  return found.filter((active) => active !== null);
}

function rangeFilter(
  key: FilterKey,
  min: number | undefined,
  max: number | undefined,
  noun: string,
  cleared: Partial<HomeFilter>,
): ActiveFilter | null {
  if (min === undefined && max === undefined) return null;
  if (max === undefined) return { key, label: `${min}+ ${noun}s`, cleared };
  if (min === undefined) return { key, label: `Up to ${plural(max, noun)}`, cleared };
  return { key, label: min === max ? plural(min, noun) : `${min}–${max} ${noun}s`, cleared };
}

function textRange(
  key: FilterKey,
  min: string | undefined,
  max: string | undefined,
  cleared: Partial<HomeFilter>,
): ActiveFilter | null {
  if (min === undefined && max === undefined) return null;
  if (max === undefined) return { key, label: `From ${min}`, cleared };
  if (min === undefined) return { key, label: `Up to ${max}`, cleared };
  return { key, label: `${min.replace(/ \D+$/, '')}–${max}`, cleared };
}
