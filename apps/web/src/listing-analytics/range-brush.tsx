import type { AnalyticsPoint, Granularity } from '@viewora/contracts/analytics';
import { Slider } from 'radix-ui';
import { useEffect, useState } from 'react';
import { barsPath } from '../ui/chart-paths.ts';
import { useElementSize } from '../ui/use-element-size.ts';
import { axisTop } from './series-figures.ts';
import { edgeText } from './step-text.ts';
import { type Selection, stepMs } from './time-range.ts';

const heightPx = 32;
/** Of a handle: the outermost ones stand on the first and the last edge. */
const handlePx = 20;

interface RangeBrushProps {
  points: readonly AnalyticsPoint[];
  granularity: Granularity;
  selection: Selection | null;
  onSelect: (selection: Selection | null) => void;
}

/** The whole range, small, with a handle at either end of the part that is looked at. */
export function RangeBrush({ points, granularity, selection, onSelect }: RangeBrushProps) {
  const [measure, size] = useElementSize();
  const start = Date.parse(points[0]?.at ?? '');
  const edgeAt = (edge: number) => start + edge * stepMs[granularity];
  const last = points.length;
  const [low, high] = selection
    ? [selection.from, selection.to].map((at) => Math.round((at - start) / stepMs[granularity]))
    : [0, last];
  const [edges, setEdges] = useState([low ?? 0, high ?? last]);
  useEffect(() => setEdges([low ?? 0, high ?? last]), [low, high, last]);
  const [from = 0, to = last] = edges;
  const width = Math.max(0, (size?.width ?? 0) - handlePx);
  const views = points.map((point) => point.views);

  function commit([first = 0, end = last]: number[]): void {
    const isAll = first === 0 && end === last;
    onSelect(isAll ? null : { from: edgeAt(first), to: edgeAt(end) });
  }

  return (
    <div ref={measure} className="mt-3">
      <svg aria-hidden width="100%" height={heightPx} className="block">
        <path
          d={barsPath(
            { left: handlePx / 2, width, steps: points.length },
            { top: 0, height: heightPx },
            axisTop(Math.max(...views)),
            views,
          )}
          className="fill-edge"
        />
      </svg>
      <Slider.Root
        min={0}
        max={last}
        step={1}
        minStepsBetweenThumbs={1}
        value={[from, to]}
        onValueChange={setEdges}
        onValueCommit={commit}
        className="relative flex h-5 touch-none items-center"
      >
        <Slider.Track className="h-0.5 flex-1 bg-hairline">
          <Slider.Range className="absolute h-0.5 bg-accent" />
        </Slider.Track>
        <Handle label="Show from" text={edgeText(edgeAt(from), granularity)} />
        <Handle label="Show until" text={edgeText(edgeAt(to), granularity)} />
      </Slider.Root>
      <p className="mt-1.5 flex items-center justify-between gap-4 text-xs text-muted">
        <span>{edgeText(edgeAt(from), granularity)}</span>
        {selection && (
          <button
            type="button"
            onClick={() => onSelect(null)}
            className="thumb font-semibold md:min-h-8 text-accent underline underline-offset-4"
          >
            Show all of it
          </button>
        )}
        <span>{edgeText(edgeAt(to), granularity)}</span>
      </p>
    </div>
  );
}

function Handle({ label, text }: { label: string; text: string }) {
  return (
    <Slider.Thumb
      aria-label={label}
      aria-valuetext={text}
      className="relative block size-5 rounded-full border-2 border-accent bg-surface after:absolute after:-inset-3"
    />
  );
}
