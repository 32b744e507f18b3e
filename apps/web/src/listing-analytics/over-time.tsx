import { useQuery } from '@tanstack/react-query';
import type { ListingAnalytics } from '@viewora/contracts/analytics';
import type { OwnListing } from '@viewora/contracts/own-listing';
import { Download } from 'lucide-react';
import { saveFile } from '../account/save-file.ts';
import { seriesQuery } from '../api/analytics-queries.ts';
import { plural } from '../format/facts.ts';
import { Button } from '../ui/button.tsx';
import { Chart } from '../ui/chart.tsx';
import { ChoiceBar } from '../ui/choice-bar.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Funnel, funnelAnswer } from './funnel.tsx';
import { RangeBrush } from './range-brush.tsx';
import { SeriesChart } from './series-chart.tsx';
import { seriesCsv } from './series-csv.ts';
import { bestOf, type Sums, secondsText, sumOf } from './series-figures.ts';
import { SeriesTable } from './series-table.tsx';
import { edgeText, stepText } from './step-text.ts';
import { rangeKinds, rangeNames, type Selection, type TimeRange, visibleSelection, windowOf } from './time-range.ts';
import { OldFigures, Unreadable } from './unreadable.tsx';
import { useMinute, useTimeRange } from './use-time-range.ts';

const stepNames = { minute: 'By minute', hour: 'By hour', day: 'By day' };

/** The figures of a range of time, of which a part can be looked at more closely. */
export function OverTime({ listing: { id } }: { listing: OwnListing }) {
  const [shown, setShown] = useTimeRange();
  const now = useMinute();
  const window = windowOf(shown, now);
  const figures = useQuery(seriesQuery(id, window));
  return (
    <div className="mt-9">
      <RangeTools shown={shown} onChange={setShown} />
      {figures.data ? (
        <>
          {figures.isError && <OldFigures at={figures.dataUpdatedAt} />}
          <div className={`transition-opacity ${figures.isPlaceholderData ? 'opacity-60' : ''}`}>
            <Shown
              figures={figures.data}
              range={shown}
              selection={figures.isPlaceholderData ? null : visibleSelection(shown.selection, window)}
              now={now}
              onSelect={(selection) => setShown({ selection })}
            />
          </div>
        </>
      ) : figures.isError ? (
        <Unreadable onRetry={() => void figures.refetch()} />
      ) : (
        <OverTimeSkeleton />
      )}
    </div>
  );
}

interface RangeToolsProps {
  shown: TimeRange;
  onChange: (change: Partial<TimeRange>) => void;
}

function RangeTools({ shown, onChange }: RangeToolsProps) {
  const { steps } = rangeKinds[shown.range];
  return (
    <div className="flex flex-wrap gap-3">
      <ChoiceBar
        label="How far back"
        choices={rangeNames.map((value) => ({ value, label: rangeKinds[value].name }))}
        value={shown.range}
        onChange={(range) => onChange({ range, granularity: rangeKinds[range].steps[0], selection: null })}
      />
      {steps.length > 1 && (
        <ChoiceBar
          label="Cut into"
          choices={steps.map((value) => ({ value, label: stepNames[value] }))}
          value={shown.granularity}
          onChange={(granularity) => onChange({ granularity })}
        />
      )}
    </div>
  );
}

interface ShownProps {
  figures: ListingAnalytics;
  range: TimeRange;
  selection: Selection | null;
  now: number;
  onSelect: (selection: Selection | null) => void;
}

function Shown({ figures, range, selection, now, onSelect }: ShownProps) {
  const { granularity, series, totals } = figures;
  const points = selection
    ? series.filter(({ at }) => Date.parse(at) >= selection.from && Date.parse(at) < selection.to)
    : series;
  const sums = sumOf(points);
  const when = selection
    ? `from ${edgeText(selection.from, granularity)} to ${edgeText(selection.to, granularity)}`
    : rangeKinds[range.range].words;
  const best = bestOf(points);
  const visitors = selection || totals.uniques === null ? '' : ` from ${plural(totals.uniques, 'visitor')}`;
  const most = best
    ? `, most ${granularity === 'minute' ? 'at' : 'on'} ${stepText(Date.parse(best.at), granularity)}`
    : '';

  function exportCsv(): void {
    saveFile(`viewora-figures-${new Date(now).toISOString().slice(0, 10)}.csv`, seriesCsv(points), 'text/csv');
  }

  return (
    <div className="mt-5 grid gap-y-9">
      <Chart
        question="How many look at it?"
        answer={sums.views === 0 ? `Nobody ${when}.` : `${plural(sums.views, 'view')}${visitors} ${when}${most}.`}
        tools={
          <Button onClick={exportCsv}>
            <Download size={16} aria-hidden /> Export CSV
          </Button>
        }
      >
        <SeriesChart points={points} granularity={granularity} now={now} />
        {series.length > 2 && (
          <RangeBrush points={series} granularity={granularity} selection={selection} onSelect={onSelect} />
        )}
        {granularity === 'day' && <p className="mt-2 text-xs text-muted">Days are counted from midnight UTC.</p>}
        <SeriesTable points={points} granularity={granularity} now={now} />
      </Chart>
      <div className="grid gap-x-12 gap-y-9 lg:grid-cols-2">
        <Chart question="What becomes of being seen?" answer={funnelAnswer(sums)}>
          <Funnel sums={sums} />
        </Chart>
        <Chart question="What do visitors do?" answer={doingsAnswer(sums)}>
          <Doings sums={sums} shares={selection ? null : totals.shares} />
        </Chart>
      </div>
    </div>
  );
}

function doingsAnswer({ views, dwellSeconds }: Sums): string {
  if (views === 0) return 'Nobody has opened it in this time.';
  if (dwellSeconds === 0) return 'How long they stay is not known yet.';
  return `They stay for ${secondsText(dwellSeconds / views)} a view.`;
}

function Doings({ sums: { interests, contacts }, shares }: { sums: Sums; shares: number | null }) {
  const doings = [
    { name: 'Saved it', count: interests - contacts },
    { name: 'Shared it', count: shares },
    { name: 'Got in touch', count: contacts },
  ];
  return (
    <dl className="text-sm">
      {doings.map(
        ({ name, count }) =>
          count !== null && (
            <div key={name} className="flex justify-between border-b border-hairline py-2.5 last:border-0">
              <dt>{name}</dt>
              <dd className="font-semibold">{count.toLocaleString('en-US')}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function OverTimeSkeleton() {
  return (
    <div role="status" className="mt-5 border-t border-hairline pt-5">
      <span className="sr-only">Loading the figures over time</span>
      <Skeleton className="h-4 w-40" />
      <Skeleton className="mt-2 h-5 w-80 max-w-full" />
      <Skeleton className="mt-5 h-80" />
    </div>
  );
}
