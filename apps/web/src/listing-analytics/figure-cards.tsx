import type { Insights } from '@viewora/contracts/analytics';
import type { ReactNode } from 'react';
import { rankWords } from '../badges/insight-words.ts';
import { FigureCard } from '../ui/figure-card.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

const number = new Intl.NumberFormat('en-US');
const grid = 'mt-4 grid grid-cols-2 gap-3 lg:grid-cols-4';

/** How it does, in a few figures. What is not known is said to be so. */
export function FigureCards({ insights: { views, uniques, interests, trend, rank } }: { insights: Insights }) {
  return (
    <dl className={grid}>
      <FigureCard name="Views" figure={number.format(views.h24)} of="in 24 hours">
        {number.format(views.d7)} in 7 days, {number.format(views.total)} in all
      </FigureCard>
      <FigureCard name="Visitors" figure={number.format(uniques.h24)} of="in 24 hours">
        {number.format(uniques.d7)} in 7 days; estimated, to about 1%
      </FigureCard>
      <FigureCard name="Interested" figure={number.format(interests.d7)} of="in 7 days">
        Saved it or got in touch; {number.format(interests.total)} in all
      </FigureCard>
      <FigureCard name="Compared" {...standing({ trend, rank })}>
        {trend && rank && <>{rankWords(rank)}. </>}
        {trend ? `Compared with ${trend.versus}.` : 'Too few views to say how it changes.'}
      </FigureCard>
    </dl>
  );
}

function standing({ trend, rank }: Pick<Insights, 'trend' | 'rank'>): { figure: ReactNode; of?: string } {
  if (trend) return { figure: <Change percent={trend.changePercent} />, ...changeWord(trend.changePercent) };
  if (rank) return { figure: `${number.format(rank.position)}.`, of: `of ${number.format(rank.of)} in ${rank.place}` };
  return { figure: <span className="text-base text-muted">Not known yet</span> };
}

function changeWord(percent: number): { of?: string } {
  if (Math.round(percent) === 0) return {};
  return { of: percent > 0 ? 'more views' : 'fewer views' };
}

function Change({ percent }: { percent: number }) {
  const rounded = Math.round(percent);
  if (rounded === 0) return 'Steady';
  const isBetter = rounded > 0;
  return (
    <span className={isBetter ? 'text-better' : 'text-worse'}>
      <span aria-hidden>{isBetter ? '↑' : '↓'} </span>
      {number.format(Math.abs(rounded))}%
    </span>
  );
}

export function FigureCardsSkeleton() {
  return (
    <div role="status" className={grid}>
      <span className="sr-only">Loading the figures</span>
      {['views', 'visitors', 'interested', 'market'].map((name) => (
        <Skeleton key={name} className="h-32 rounded-card!" />
      ))}
    </div>
  );
}
