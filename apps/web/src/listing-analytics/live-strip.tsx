import type { useQuery } from '@tanstack/react-query';
import type { ListingAnalytics } from '@viewora/contracts/analytics';
import { plural } from '../format/facts.ts';
import { LiveRegion } from '../ui/live-region.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

interface LiveStripProps {
  live: Pick<ReturnType<typeof useQuery<ListingAnalytics>>, 'data' | 'isError'>;
}

/** Who looks now: a bar for each of the last thirty minutes, the running one at the right. */
export function LiveStrip({ live: { data, isError } }: LiveStripProps) {
  const text = isError ? 'Cannot be read just now' : data && viewsText(data.totals.views);
  return (
    <section
      aria-label="Right now"
      className="grid items-end gap-x-8 gap-y-3 rounded-card border border-hairline bg-surface p-5 md:grid-cols-[auto_minmax(0,1fr)]"
    >
      <div>
        <h2 className="flex items-center gap-2 text-sm text-muted">
          <span aria-hidden className={`size-2 rounded-full ${isError ? 'bg-edge' : 'animate-breathe bg-accent'}`} />
          Right now
        </h2>
        {text ? <p className="mt-0.5 text-base font-semibold">{text}</p> : <Skeleton className="mt-1 h-6 w-56" />}
      </div>
      <div aria-hidden className="flex h-12 items-end gap-0.5 border-b border-hairline">
        {!isError && data && <Minutes data={data} />}
      </div>
      <LiveRegion message={text ?? ''} />
    </section>
  );
}

function viewsText(views: number): string {
  return views === 0 ? 'No views in the last 30 minutes' : `${plural(views, 'view')} in the last 30 minutes`;
}

function Minutes({ data: { series } }: { data: ListingAnalytics }) {
  const most = Math.max(2, ...series.map(({ views }) => views));
  return series.map(({ at, views }, i) => (
    <span
      key={at}
      style={{ height: `${(views / most) * 100}%` }}
      className={`min-h-px flex-1 rounded-t-[2px] transition-[height] ${i === series.length - 1 ? 'bg-accent' : 'bg-edge'}`}
    />
  ));
}
