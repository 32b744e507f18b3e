import { useQuery } from '@tanstack/react-query';
import type { Statistics } from '@viewora/contracts/admin';
import { RefreshCw } from 'lucide-react';
import { mostViewedQuery, statisticsQuery } from '../api/admin-queries.ts';
import { formatMoment } from '../format/dates.ts';
import { Chart } from '../ui/chart.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { LoadFailure } from '../ui/load-failure.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Bars, StackedBars } from './bars.tsx';
import {
  citiesAnswer,
  cityBars,
  dealBars,
  dealsAnswer,
  rankedBars,
  savedAnswer,
  typeBars,
  typesAnswer,
  userBars,
  usersAnswer,
  viewedAnswer,
} from './overview-answers.ts';
import { WorkPage } from './work-page.tsx';

const grid = 'mt-6 grid gap-x-12 gap-y-9 lg:grid-cols-2';

/** How the market and its people are, in six charts. */
export function OverviewPage() {
  const statistics = useQuery(statisticsQuery);
  const mostViewed = useQuery(mostViewedQuery);
  const at = statistics.data?.at;
  const isFetching = statistics.isFetching || mostViewed.isFetching;
  const countAgain = () => void Promise.all([statistics.refetch(), mostViewed.refetch()]);
  return (
    <WorkPage
      title="Overview"
      summary={at && <>As of {formatMoment(at)}</>}
      actions={
        <IconButton
          label="Count again"
          className="max-md:ml-auto"
          aria-disabled={isFetching}
          onClick={() => isFetching || countAgain()}
        >
          <RefreshCw size={16} aria-hidden className={isFetching ? 'animate-spin' : ''} />
        </IconButton>
      }
    >
      {statistics.data ? (
        <Charts statistics={statistics.data} />
      ) : statistics.isError ? (
        <LoadFailure title="The figures could not be loaded" error={statistics.error} onRetry={statistics.refetch} />
      ) : (
        <ChartsSkeleton />
      )}
    </WorkPage>
  );
}

function Charts({ statistics }: { statistics: Statistics }) {
  const { mostSaved, otherCities } = statistics;
  return (
    <div className={grid}>
      <Chart question="Who is here?" answer={usersAnswer(statistics)}>
        <StackedBars bars={userBars(statistics)} caption="People by status and role" />
      </Chart>
      <Chart question="What is listed?" answer={typesAnswer(statistics)}>
        <StackedBars bars={typeBars(statistics)} caption="Listings by type and status" />
      </Chart>
      <Chart question="Where are the homes?" answer={citiesAnswer(statistics)}>
        <Bars
          bars={cityBars(statistics)}
          caption="Published homes by city"
          counts="Homes"
          rest={{ name: 'All other places', count: otherCities }}
        />
      </Chart>
      <Chart question="Which homes do people save?" answer={savedAnswer(statistics)}>
        <Bars bars={rankedBars(mostSaved)} caption="Homes that most people have saved" counts="People" />
      </Chart>
      <MostViewedChart />
      <Chart question="Which brokers sell?" answer={dealsAnswer(statistics)}>
        <Bars bars={dealBars(statistics)} caption="Homes that brokers have sold" counts="Homes sold" />
      </Chart>
    </div>
  );
}

/** Its figures come from elsewhere, and may be away by themselves. */
function MostViewedChart() {
  const { data, isError, error, refetch } = useQuery(mostViewedQuery);
  const question = 'Which homes do people look at?';
  if (data) {
    return (
      <Chart question={question} answer={viewedAnswer(data)}>
        <Bars bars={rankedBars(data.items)} caption="Homes that are looked at most" counts="Views in 7 days" />
      </Chart>
    );
  }
  if (isError) {
    return (
      <Chart question={question} answer="Nobody knows just now.">
        <LoadFailure title="The views could not be loaded" error={error} onRetry={refetch} />
      </Chart>
    );
  }
  return <ChartSkeleton />;
}

function ChartSkeleton() {
  return (
    <div className="border-t border-hairline pt-5">
      <Skeleton className="h-4 w-32" />
      <Skeleton className="mt-2 h-5 w-72" />
      <Skeleton className="mt-5 h-56" />
    </div>
  );
}

function ChartsSkeleton() {
  return (
    <div role="status" className={grid}>
      <span className="sr-only">Counting</span>
      {['people', 'types', 'cities', 'saved', 'viewed', 'brokers'].map((name) => (
        <ChartSkeleton key={name} />
      ))}
    </div>
  );
}
