import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react';
import { labelPlace, type Panel, type Plot } from './chart-paths.ts';
import { useElementSize } from './use-element-size.ts';

const tipPx = 190;

interface StepChartProps {
  /** What it is of; how to read it by keyboard is added. */
  label: string;
  steps: number;
  heightPx: number;
  /** Room for the figures of the axis. */
  leftPx: number;
  /** A step in words. */
  spoken: (index: number) => string;
  drawing: (plot: Plot, index: number | null) => ReactNode;
  /** What is read out beside a step. */
  tip: (index: number) => ReactNode;
}

/** A chart of steps side by side, of which one at a time is read out, under the pointer or by the arrow keys. */
export function StepChart({ label, steps, heightPx, leftPx, spoken, drawing, tip }: StepChartProps) {
  const [measure, size] = useElementSize();
  const [pointed, setPointed] = useState<number | null>(null);
  const width = size?.width ?? 0;
  const plot: Plot = { left: leftPx, width: Math.max(0, width - leftPx), steps };
  const last = steps - 1;
  const index = pointed === null || steps === 0 ? null : Math.min(pointed, last);

  function pointAt({ clientX, currentTarget }: PointerEvent): void {
    const x = clientX - currentTarget.getBoundingClientRect().left - leftPx;
    setPointed(Math.max(0, Math.min(last, Math.floor((x / plot.width) * steps))));
  }

  function step(event: KeyboardEvent): void {
    const at = index ?? last;
    const far = Math.max(1, Math.round(steps / 10));
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
    <div
      ref={measure}
      role="slider"
      tabIndex={0}
      aria-label={`${label}; arrow keys go from step to step`}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={index ?? last}
      aria-valuetext={steps > 0 ? spoken(index ?? last) : 'Nothing'}
      onPointerMove={pointAt}
      onPointerDown={pointAt}
      onPointerLeave={({ pointerType }) => pointerType === 'mouse' && setPointed(null)}
      onFocus={({ target }) => target.matches(':focus-visible') && setPointed((before) => before ?? last)}
      onBlur={() => setPointed(null)}
      onKeyDown={step}
      className="relative touch-pan-y overflow-x-clip rounded-sm"
      style={{ height: heightPx }}
    >
      {width > 0 && steps > 0 && drawing(plot, index)}
      {index !== null && width > 0 && (
        <div
          aria-hidden
          style={{ left: tipLeft(plot, index, width), width: tipPx }}
          className="pointer-events-none absolute top-1 rounded-sm border border-hairline bg-surface p-3 text-xs shadow-lift"
        >
          {tip(index)}
        </div>
      )}
    </div>
  );
}

function tipLeft({ left, width: plotWidth, steps }: Plot, index: number, width: number): number {
  const middle = left + ((index + 0.5) / steps) * plotWidth;
  // Beside the step and not over it, on the side that has room.
  const isRight = middle + 16 + tipPx <= width;
  return Math.max(0, isRight ? middle + 16 : middle - 16 - tipPx);
}

export function TipTitle({ children }: { children: ReactNode }) {
  return <p className="mb-1.5 text-muted">{children}</p>;
}

export function TipRow({ name, children }: { name: string; children: ReactNode }) {
  return (
    <p className="flex justify-between gap-3">
      {name} <span className="text-right font-semibold">{children}</span>
    </p>
  );
}

interface AxisProps {
  plot: Plot;
  panel: Panel;
  parts: number;
  /** The figure at a share of the height, as it is written beside its line. */
  text: (share: number) => string;
}

/** In equal parts. */
export function Axis({ plot, panel, parts, text }: AxisProps) {
  return Array.from({ length: parts + 1 }, (_, part) => {
    const y = panel.top + panel.height * (1 - part / parts);
    return (
      <g key={part}>
        <line x1={plot.left} x2={plot.left + plot.width} y1={y} y2={y} className="stroke-hairline" />
        <text x={plot.left - 8} y={y + 4} textAnchor="end" className="fill-muted text-xs">
          {text(part / parts)}
        </text>
      </g>
    );
  });
}

/** Behind everything: the step that is read out. */
export function PointedStep({ plot, index, heightPx }: { plot: Plot; index: number | null; heightPx: number }) {
  if (index === null) return null;
  const stepPx = plot.width / plot.steps;
  return (
    <rect x={plot.left + index * stepPx} y={0} width={Math.max(1, stepPx)} height={heightPx} className="fill-sunken" />
  );
}

interface TicksProps {
  plot: Plot;
  y: number;
  ticks: readonly { index: number; text: string }[];
}

export function Ticks({ plot, y, ticks }: TicksProps) {
  return ticks.map(({ index, text }) => (
    <text key={index} {...labelPlace(plot, index, text)} y={y} className="fill-muted text-xs">
      {text}
    </text>
  ));
}

/** With an edge of paper, so that it is seen where it crosses bars. */
export function LineOver({ d }: { d: string }) {
  return (
    <>
      <path d={d} fill="none" strokeWidth={5} strokeLinecap="round" strokeLinejoin="round" className="stroke-paper" />
      <path d={d} fill="none" strokeWidth={2.5} strokeLinecap="round" strokeLinejoin="round" className="stroke-ink" />
    </>
  );
}
