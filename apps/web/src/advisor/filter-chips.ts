import { activeFilters, type FilterKey } from '../filters/active-filters.ts';
import { searchOf } from '../question/question.ts';
import { emptySearch, formatSearch } from '../search/search-state.ts';
import { sortNames } from '../search/sort-select.tsx';
import type { AnswerFilter } from './answer-view.ts';

/** A part of the filter that was understood, and what is asked to be without it; null where there are no words for that. */
export interface FilterChip {
  label: string;
  without: string | null;
}

/** What the advisor takes for "never mind that". */
const withoutWords: Record<FilterKey, string | null> = {
  q: null,
  place: 'Any place',
  type: 'Any type',
  price: 'Any price',
  beds: 'Any number of bedrooms',
  baths: 'Any number of bathrooms',
  area: 'Any size',
  year: 'Any age',
  listed: 'Any listing date',
};

/** In the words of the search page; what only a question can say, in those of the question. */
export function filterChips({ filter, understood }: AnswerFilter, currency: string): FilterChip[] {
  const { near, radiusM, bbox, sort, ...homeFilter } = filter;
  const chips = activeFilters(homeFilter, currency).map(({ key, label }) => ({ label, without: withoutWords[key] }));
  const labelOf = (field: keyof AnswerFilter['filter']) =>
    understood.find(({ fields }) => fields.includes(field))?.label;
  if (near) chips.push({ label: labelOf('near') ?? 'Nearby', without: withoutWords.place });
  // By distance or by words the homes of a circle or of words come anyhow.
  if (sort && sort !== 'distance' && sort !== 'relevance')
    chips.push({ label: labelOf('sort') ?? sortNames[sort], without: 'Any order' });
  return chips;
}

/** Of a map on a desk: how far a place named in the question reaches in it. */
const usualMap = { width: 720, height: 760 };

/** Where the search page shows the same homes, with a conversation beside them or without. */
export function searchAddress({ filter }: Pick<AnswerFilter, 'filter'>, advisor: string | null): string {
  return `/?${formatSearch({ ...emptySearch, ...searchOf({ filter }, usualMap), advisor })}`;
}
