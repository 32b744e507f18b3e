import type { AnalyticsPoint, Granularity } from '@viewora/contracts/analytics';
import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { plural } from '../format/facts.ts';
import { useElementSize } from '../ui/use-element-size.ts';
import { axisTop, isRunning } from './series-figures.ts';
import { barsPath, linePath, type Plot } from './series-paths.ts';
import { stepText, ticksOf } from './step-text.ts';

const viewsPlot = { top: 8, height: 176 };
const impressionsPlot = { top: 216, height: 56 };
const heightPx = 300;
const tickRoomPx = 64;
/** Room for the figures of the axis. */
const leftPx = 40;
const tipPx = 190;

interface SeriesChartProps {
  points: readonly AnalyticsPoint[];
  granularity: Granularity;
  now: number;
}

/**
 * Views with their visitors, and below, on an axis of their own, how often the home was seen in results: there are ten times as
 * many of those. One step at a time is read out, under the pointer or by the arrow keys; the table says the same.
 */
export function SeriesChart({ points, granularity, now }: SeriesChartProps) {
  const [measure, size] = useElementSize();
  const [pointed, setPointed] = useState<number | null>(null);
  const width = size?.width ?? 0;
  const plot: Plot = { left: leftPx, width: Math.max(0, width - leftPx), steps: points.length };
  const last = points.length - 1;
  const index = pointed === null ? null : Math.min(pointed, last);
  const point = index === null ? undefined : points[index];

  function pointAt({ clientX, currentTarget }: PointerEvent): void {
    const x = clientX - currentTarget.getBoundingClientRect().left - leftPx;
    setPointed(Math.max(0, Math.min(last, Math.floor((x / plot.width) * points.length))));
  }

  function step(event: KeyboardEvent): void {
    const at = index ?? last;
    const far = Math.max(1, Math.round(points.length / 10));
    const moves: Record<string, number> = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      PageDown: at - far,
      PageUp: at + far,
      Home: 0,
      End: last,
    };
    const next = moves[event.key];
    if (next === undefined) return;
    event.preventDefault();
    setPointed(Math.max(0, Math.min(last, next)));
  }

  return (
    <>
      <ChartKey hasVisitors={granularity !== 'minute'} />
      <div
        ref={measure}
        role="slider"
        tabIndex={0}
        aria-label="Views over time; arrow keys go from step to step"
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={index ?? last}
        aria-valuetext={spoken(points[index ?? last], granularity, now)}
        onPointerMove={pointAt}
        onPointerDown={pointAt}
        onPointerLeave={({ pointerType }) => pointerType === 'mouse' && setPointed(null)}
        onFocus={({ target }) => target.matches(':focus-visible') && setPointed((before) => before ?? last)}
        onBlur={() => setPointed(null)}
        onKeyDown={step}
        className="relative touch-pan-y rounded-sm"
        style={{ height: heightPx }}
      >
        {width > 0 && points.length > 0 && (
          <Drawing points={points} granularity={granularity} plot={plot} index={index} />
        )}
        {point && index !== null && width > 0 && (
          <Tip point={point} granularity={granularity} now={now} left={tipLeft(plot, index, width)} />
        )}
      </div>
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
  const right = plot.left + plot.width;
  const stepPx = plot.width / points.length;
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
    <svg aria-hidden width={right} height={heightPx} className="block">
      <Axis plot={plot} panel={viewsPlot} top={viewsTop} parts={2} />
      <Axis plot={plot} panel={impressionsPlot} top={impressionsTop} parts={1} />
      {index !== null && (
        <rect
          x={plot.left + index * stepPx}
          y={0}
          width={Math.max(1, stepPx)}
          height={impressionsPlot.top + impressionsPlot.height}
          className="fill-sunken"
        />
      )}
      <path
        d={barsPath(
          plot,
          viewsPlot,
          viewsTop,
          points.map(({ views }) => views),
        )}
        className="fill-accent"
      />
      <path
        d={line}
        fill="none"
        strokeWidth={5}
        strokeLinecap="round"
        strokeLinejoin="round"
        className="stroke-paper"
      />
      <path
        d={line}
        fill="none"
        strokeWidth={2.5}
        strokeLinecap="round"
        strokeLinejoin="round"
        className="stroke-ink"
      />
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
      {ticks.map(({ index: at, text }) => {
        const x = plot.left + (at + 0.5) * stepPx;
        const anchor = x < plot.left + 24 ? 'start' : x > right - 24 ? 'end' : 'middle';
        return (
          <text
            key={at}
            x={anchor === 'start' ? plot.left : anchor === 'end' ? right : x}
            y={heightPx - 8}
            textAnchor={anchor}
            className="fill-muted text-xs"
          >
            {text}
          </text>
        );
      })}
    </svg>
  );
}

interface AxisProps {
  plot: Plot;
  panel: { top: number; height: number };
  top: number;
  parts: number;
}

/** From zero, in equal parts. */
function Axis({ plot, panel, top, parts }: AxisProps) {
  return Array.from({ length: parts + 1 }, (_, part) => {
    const y = panel.top + panel.height * (1 - part / parts);
    return (
      <g key={part}>
        <line x1={plot.left} x2={plot.left + plot.width} y1={y} y2={y} className="stroke-hairline" />
        <text x={plot.left - 8} y={y + 4} textAnchor="end" className="fill-muted text-xs">
          {compact.format((top * part) / parts)}
        </text>
      </g>
    );
  });
}

const compact = new Intl.NumberFormat('en-US', { notation: 'compact' });

function tipLeft({ left, width: plotWidth, steps }: Plot, index: number, width: number): number {
  const middle = left + ((index + 0.5) / steps) * plotWidth;
  // Beside the step and not over it, on the side that has room.
  const isRight = middle + 16 + tipPx <= width;
  return Math.max(0, isRight ? middle + 16 : middle - 16 - tipPx);
}

interface TipProps {
  point: AnalyticsPoint;
  granularity: Granularity;
  now: number;
  left: number;
}

function Tip({ point, granularity, now, left }: TipProps) {
  const { at, views, uniques, impressions, interests } = point;
  return (
    <div
      aria-hidden
      style={{ left, width: tipPx }}
      className="pointer-events-none absolute top-1 rounded-sm border border-hairline bg-surface p-3 text-xs shadow-lift"
    >
      <p className="mb-1.5 text-muted">
        {stepText(Date.parse(at), granularity)}
        {isRunning(point, granularity, now) && ', so far'}
      </p>
      <TipRow name="Views" figure={views} />
      {granularity !== 'minute' && <TipRow name="Visitors" figure={uniques} />}
      <TipRow name="Seen in results" figure={impressions} />
      <TipRow name="Interested" figure={interests} />
    </div>
  );
}

function TipRow({ name, figure }: { name: string; figure: number | null }) {
  return (
    <p className="flex justify-between">
      {name} <span className="font-semibold">{figure === null ? 'not known' : figure.toLocaleString('en-US')}</span>
    </p>
  );
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
