import { useQuery } from '@tanstack/react-query';
import type { Insights } from '@viewora/contracts/analytics';
import type { ListingDetail } from '@viewora/contracts/listing';
import { Eye, Trophy } from 'lucide-react';
import { insightsQuery } from '../api/analytics-queries.ts';
import { plural } from '../format/facts.ts';
import { insightsLook } from './listing-head.ts';

/** How many look at it. Nothing where there is nothing to say, or nobody knows: no figure is better than a wrong one. */
export function ListingInsights({ listing: { id, status } }: { listing: ListingDetail }) {
  const insights = useQuery({ ...insightsQuery(id), enabled: status === 'published' });
  if (status !== 'published') return null;
  const known = insights.isError ? undefined : insights.data;
  const text = known && insightsText(known);
  const badge = known?.badge;
  // Its line is kept, so that what is below does not move.
  return (
    <div className={`${insightsLook} flex flex-col gap-1.5 text-sm text-muted`}>
      {text && (
        <p className="flex gap-2">
          <Eye size={16} aria-hidden className="mt-0.5 shrink-0" /> {text}
        </p>
      )}
      {badge && <BadgeLine badge={badge} />}
    </div>
  );
}

/** A badge with the rule that it follows: nobody has to guess what it takes. */
export function BadgeLine({ badge: { label, rule } }: { badge: NonNullable<Insights['badge']> }) {
  return (
    <p className="flex gap-2 text-sm text-muted">
      <Trophy size={16} aria-hidden className="mt-0.5 shrink-0 text-accent" />
      <span>
        <span className="font-semibold text-ink">{label}</span>: {rule}
      </span>
    </p>
  );
}

/** The shortest time in which anybody looked. */
function insightsText({ views, interests }: Insights): string | null {
  const wanted = interests.d7 > 0 ? `, saved or asked about ${plural(interests.d7, 'time')} in 7 days` : '';
  if (views.h24 > 0) return `${plural(views.h24, 'view')} in the last 24 hours${wanted}`;
  if (views.d7 > 0) return `${plural(views.d7, 'view')} in the last 7 days${wanted}`;
  return null;
}
