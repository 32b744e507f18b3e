import type { FilterKey } from './active-filters.ts';

export type SectionKey = Exclude<FilterKey, 'q' | 'place'>;

/** Every part of the filter that has a panel, in the order people decide. */
export const filterSections: readonly { key: SectionKey; name: string }[] = [
  { key: 'type', name: 'Type' },
  { key: 'price', name: 'Price' },
  { key: 'beds', name: 'Beds' },
  { key: 'baths', name: 'Baths' },
  { key: 'area', name: 'Area' },
  { key: 'year', name: 'Year built' },
  { key: 'listed', name: 'Listed' },
];
