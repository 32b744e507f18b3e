import type { AnalyticsPoint, Granularity } from '@viewora/contracts/analytics';
import { plural } from '../format/facts.ts';
import { barsPath, linePath, type Plot } from '../ui/chart-paths.ts';
import { Axis, LineOver, PointedStep, StepChart, Ticks, TipRow, TipTitle } from '../ui/step-chart.tsx';
import { axisTop, isRunning } from './series-figures.ts';
import { stepText, ticksOf } from './step-text.ts';

const viewsPlot = { top: 8, height: 176 };
const impressionsPlot = { top: 216, height: 56 };
const heightPx = 300;
const tickRoomPx = 64;
const leftPx = 40;

interface SeriesChartProps {
  points: readonly AnalyticsPoint[];
  granularity: Granularity;
  now: number;
}

/**
 * Views with their visitors, and below, on an axis of their own, how often the home was seen in results: there are ten times as
 * many of those. The table says the same.
 */
export function SeriesChart({ points, granularity, now }: SeriesChartProps) {
  return (
    <>
      <ChartKey hasVisitors={granularity !== 'minute'} />
      <StepChart
        label="Views over time"
        steps={points.length}
        heightPx={heightPx}
        leftPx={leftPx}
        spoken={(index) => spoken(points[index], granularity, now)}
        drawing={(plot, index) => <Drawing points={points} granularity={granularity} plot={plot} index={index} />}
        tip={(index) => <Tip point={points[index]} granularity={granularity} now={now} />}
      />
    </>
  );
}

function ChartKey({ hasVisitors }: { hasVisitors: boolean }) {
  return (
    <p className="mb-1 flex flex-wrap gap-x-5 gap-y-1 text-xs text-muted">
      <span className="flex items-center gap-1.5">
        <span aria-hidden className="size-2.5 rounded-[2px] bg-accent" /> Views
      </span>
      {hasVisitors && (
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="h-0.75 w-4 rounded-full bg-ink" /> Visitors, once the step is over
        </span>
      )}
    </p>
  );
}

interface DrawingProps {
  points: readonly AnalyticsPoint[];
  granularity: Granularity;
  plot: Plot;
  index: number | null;
}

function Drawing({ points, granularity, plot, index }: DrawingProps) {
  const viewsTop = axisTop(Math.max(...points.map(({ views, uniques }) => Math.max(views, uniques ?? 0))));
  const impressionsTop = axisTop(Math.max(...points.map(({ impressions }) => impressions)));
  const times = points.map(({ at }) => Date.parse(at));
  const ticks = ticksOf(times, granularity, Math.floor(plot.width / tickRoomPx));
  const line = linePath(
    plot,
    viewsPlot,
    viewsTop,
    points.map(({ uniques }) => uniques),
  );
  return (
    <svg aria-hidden width={plot.left + plot.width} height={heightPx} className="block">
      <Axis plot={plot} panel={viewsPlot} parts={2} text={(share) => compact.format(viewsTop * share)} />
      <Axis plot={plot} panel={impressionsPlot} parts={1} text={(share) => compact.format(impressionsTop * share)} />
      <PointedStep plot={plot} index={index} heightPx={impressionsPlot.top + impressionsPlot.height} />
      <path
        d={barsPath(
          plot,
          viewsPlot,
          viewsTop,
          points.map(({ views }) => views),
        )}
        className="fill-accent"
      />
      <LineOver d={line} />
      <text x={plot.left} y={impressionsPlot.top - 9} className="fill-muted text-xs">
        Times seen in results
      </text>
      <path
        d={barsPath(
          plot,
          impressionsPlot,
          impressionsTop,
          points.map(({ impressions }) => impressions),
        )}
        className="fill-muted"
      />
      <Ticks plot={plot} y={heightPx - 8} ticks={ticks} />
    </svg>
  );
}

const compact = new Intl.NumberFormat('en-US', { notation: 'compact' });

interface TipProps {
  point: AnalyticsPoint | undefined;
  granularity: Granularity;
  now: number;
}

function Tip({ point, granularity, now }: TipProps) {
  if (!point) return null;
  const { at, views, uniques, impressions, interests } = point;
  return (
    <>
      <TipTitle>
        {stepText(Date.parse(at), granularity)}
        {isRunning(point, granularity, now) && ', so far'}
      </TipTitle>
      <TipRow name="Views">{figureText(views)}</TipRow>
      {granularity !== 'minute' && <TipRow name="Visitors">{figureText(uniques)}</TipRow>}
      <TipRow name="Seen in results">{figureText(impressions)}</TipRow>
      <TipRow name="Interested">{figureText(interests)}</TipRow>
    </>
  );
}

function figureText(figure: number | null): string {
  return figure === null ? 'not known' : figure.toLocaleString('en-US');
}

function spoken(point: AnalyticsPoint | undefined, granularity: Granularity, now: number): string {
  if (!point) return 'Nothing';
  const { views, uniques, impressions, interests } = point;
  const parts = [
    plural(views, 'view'),
    uniques !== null && plural(uniques, 'visitor'),
    `${plural(impressions, 'time')} seen in results`,
    `${interests} interested`,
  ].filter(Boolean);
  const so = isRunning(point, granularity, now) ? ', so far' : '';
  return `${stepText(Date.parse(point.at), granularity)}${so}: ${parts.join(', ')}`;
}
