import { useQueries } from '@tanstack/react-query';
import type { Bbox } from '@viewora/contracts/geo';
import { type HomeSearch, homeCountQuery } from '../api/property-queries.ts';
import { type ActiveFilter, activeFilters } from '../filters/active-filters.ts';
import { totalText } from '../search/total-text.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

interface ResultsEmptyProps {
  search: HomeSearch;
  currency: string;
  /** What the map shows, for when the drawn area is what rules homes out. */
  viewport: Bbox;
  onDrop: (change: ActiveFilter['cleared']) => void;
  onDropArea: () => void;
  onGoHome: () => void;
}

interface WayOut {
  label: string;
  search: HomeSearch;
  take: () => void;
}

/** Nothing found: which part of the search rules out the most, and what it would give without it. */
export function ResultsEmpty({ search, currency, viewport, onDrop, onDropArea, onGoHome }: ResultsEmptyProps) {
  const ways: WayOut[] = activeFilters(search.filter, currency).map(({ label, cleared }) => ({
    label: `without “${label.replace(/[“”]/g, '')}”`,
    search: { ...search, filter: { ...search.filter, ...cleared } },
    take: () => onDrop(cleared),
  }));
  if (search.area) {
    ways.push({ label: 'outside the drawn area', search: { ...search, area: null, bbox: viewport }, take: onDropArea });
  }
  const counts = useQueries({ queries: ways.map((way) => homeCountQuery(way.search)) });
  const best = ways
    .map((way, i) => ({ ...way, total: counts[i]?.data?.total ?? null }))
    .filter(({ total }) => total !== null && total.value > 0)
    .sort((a, b) => (b.total?.value ?? 0) - (a.total?.value ?? 0))[0];

  if (best?.total) {
    return (
      <Notice
        title="No homes match all of this here"
        action={
          <Button look="primary" onClick={best.take}>
            Show {totalText(best.total)} {best.label}
          </Button>
        }
      >
        Of everything that is set, this rules out the most.
      </Notice>
    );
  }
  if (counts.some(({ isPending }) => isPending)) {
    return (
      <Notice title="No homes match all of this here">
        <Skeleton className="h-6 w-72" />
      </Notice>
    );
  }
  return (
    <Notice
      title="No homes in this part of the map"
      action={
        <Button look="primary" onClick={onGoHome}>
          Go to where the homes are
        </Button>
      }
    >
      {ways.length > 0
        ? 'Taking away a single filter would not bring any back. Zoom out, or look elsewhere.'
        : 'Zoom out or move the map to find some.'}
    </Notice>
  );
}
