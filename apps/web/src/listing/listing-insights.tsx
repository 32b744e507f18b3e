import { useQuery } from '@tanstack/react-query';
import type { Insights } from '@viewora/contracts/analytics';
import type { ListingDetail } from '@viewora/contracts/listing';
import { Eye, ListOrdered, TrendingDown, TrendingUp, Trophy } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { insightsQuery } from '../api/analytics-queries.ts';
import { rankWords, trendWords } from '../badges/insight-words.ts';
import { plural } from '../format/facts.ts';
import { trendingAddress } from '../trending/trending-state.ts';
import { insightsLook } from './listing-head.ts';

/** The first of three is no distinction. */
const fewestRanked = 5;

/** How many look at it. Nothing where there is nothing to say, or nobody knows: no figure is better than a wrong one. */
export function ListingInsights({ listing: { id, status } }: { listing: ListingDetail }) {
  const insights = useQuery({ ...insightsQuery(id), enabled: status === 'published' });
  if (status !== 'published') return null;
  const known = insights.isError ? undefined : insights.data;
  // Its line is kept, so that what is below does not move.
  return (
    <div className={`${insightsLook} flex flex-col gap-1.5 text-sm text-muted`}>
      {known && <InsightLines insights={known} />}
    </div>
  );
}

function InsightLines({ insights }: { insights: Insights }) {
  const { trend, rank, badge } = insights;
  const text = insightsText(insights);
  const Trend = trend && trend.changePercent < 0 ? TrendingDown : TrendingUp;
  return (
    <>
      {text && <Line icon={<Eye size={16} aria-hidden />}>{text}</Line>}
      {trend && <Line icon={<Trend size={16} aria-hidden />}>{trendWords(trend)}</Line>}
      {rank && rank.of >= fewestRanked && (
        <Line icon={<ListOrdered size={16} aria-hidden />}>
          <Link
            to={trendingAddress({ list: 'popular', place: rank.place })}
            className="underline decoration-edge underline-offset-4 hover:text-ink hover:decoration-current max-md:-my-3 max-md:inline-block max-md:py-3"
          >
            {rankWords(rank)}
          </Link>
        </Line>
      )}
      {badge && <BadgeLine badge={badge} />}
    </>
  );
}

function Line({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <p className="flex gap-2 *:first:mt-0.5 *:first:shrink-0">
      {icon} <span className="min-w-0">{children}</span>
    </p>
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
