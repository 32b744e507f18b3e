import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { formatSearch, type HomeFilter, parseSearch, type SearchState } from './search-state.ts';

export interface SearchUpdates {
  /** Changes parts of the state. A step that people would undo gets its own entry in the history; a movement does not. */
  update: (change: Partial<SearchState>, as?: 'step' | 'movement') => void;
  /** Changes parts of the filter; `undefined` takes a part away. */
  refine: (change: Partial<HomeFilter>) => void;
}

/** Where the search lives. */
const searchPath = '/';

/** The search that the URL describes, and how to change it. */
export function useSearchState(): [SearchState, SearchUpdates] {
  const { search } = useLocation();
  const navigate = useNavigate();
  const state = useMemo(() => parseSearch(new URLSearchParams(search)), [search]);

  const update = useCallback(
    (change: Partial<SearchState>, as: 'step' | 'movement' = 'step') => {
      // While the next page's code loads, this one is hidden but alive: a map that comes to rest must not take the visitor back.
      if (window.location.pathname !== searchPath) return;
      // The address bar, not this render's state: two changes in one tick must add up.
      const now = parseSearch(new URLSearchParams(window.location.search));
      navigate({ search: formatSearch({ ...now, ...change }).toString() }, { replace: as === 'movement' });
    },
    [navigate],
  );

  const refine = useCallback(
    (change: Partial<HomeFilter>) => {
      const { filter, sort } = parseSearch(new URLSearchParams(window.location.search));
      const next = { ...filter, ...change };
      const needsWords = sort === 'relevance' && next.q === undefined;
      update({ filter: next, selected: null, ...(needsWords && { sort: 'newest' as const }) });
    },
    [update],
  );

  return [state, useMemo(() => ({ update, refine }), [update, refine])];
}
