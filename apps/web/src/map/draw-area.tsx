import { Polygon } from '@viewora/contracts/geo';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { plural } from '../format/facts.ts';
import type { MapView } from '../search/search-state.ts';
import { Button } from '../ui/button.tsx';
import { ringFromCorners, ringFromStroke, type ScreenPoint } from './drawn-ring.ts';
import { project, type Size, unproject } from './viewport.ts';

interface DrawAreaProps {
  view: MapView;
  size: Size;
  onDone: (area: Polygon) => void;
  onCancel: () => void;
}

/** Further than a hand trembles on a click. */
const strokeFromPx = 8;
const closeWithinPx = 14;
const stepPx = 16;
const longStepPx = 64;

/**
 * A sheet over the map that takes a stroke drawn in one go, corners clicked one by one, or corners set with the arrow
 * keys and the space bar. The map lies still below, so screen points can be turned into places when the ring is closed.
 */
export function DrawArea({ view, size, onDone, onCancel }: DrawAreaProps) {
  const surface = useRef<SVGSVGElement>(null);
  const [corners, setCorners] = useState<ScreenPoint[]>([]);
  const [stroke, setStroke] = useState<ScreenPoint[]>([]);
  const [cursor, setCursor] = useState<ScreenPoint | null>(null);
  const [complaint, setComplaint] = useState('');
  useEffect(() => surface.current?.focus(), []);

  function finish(ring: ScreenPoint[] | null): void {
    const area = ring && toPolygon(ring, view, size);
    if (area) {
      onDone(area);
      return;
    }
    setCorners([]);
    setStroke([]);
    setComplaint('That encloses nothing. Draw around the homes you want.');
  }

  function addCorner(point: ScreenPoint): void {
    const [first] = corners;
    const isClosing = first && corners.length >= 3 && distance(first, point) <= closeWithinPx;
    if (isClosing) finish(ringFromCorners(corners));
    else setCorners([...corners, point]);
  }

  function onPointerDown(event: PointerEvent<SVGSVGElement>): void {
    event.currentTarget.setPointerCapture(event.pointerId);
    setComplaint('');
    setStroke([pointOf(event)]);
  }

  function onPointerMove(event: PointerEvent<SVGSVGElement>): void {
    if (stroke.length > 0) setStroke([...stroke, pointOf(event)]);
  }

  function onPointerUp(event: PointerEvent<SVGSVGElement>): void {
    const [start] = stroke;
    setStroke([]);
    if (!start) return;
    const isStroke = stroke.some((point) => distance(point, start) > strokeFromPx);
    if (isStroke && corners.length === 0) finish(ringFromStroke(stroke));
    else addCorner(pointOf(event));
  }

  function onKeyDown(event: KeyboardEvent): void {
    const at = cursor ?? { x: size.width / 2, y: size.height / 2 };
    const step = event.shiftKey ? longStepPx : stepPx;
    const moves: Record<string, ScreenPoint> = {
      ArrowLeft: { x: -step, y: 0 },
      ArrowRight: { x: step, y: 0 },
      ArrowUp: { x: 0, y: -step },
      ArrowDown: { x: 0, y: step },
    };
    const move = moves[event.key];
    if (move) setCursor({ x: clamp(at.x + move.x, size.width), y: clamp(at.y + move.y, size.height) });
    else if (event.key === ' ') addCorner(at);
    else if (event.key === 'Enter') finish(ringFromCorners(corners));
    else if (event.key === 'Backspace') setCorners(corners.slice(0, -1));
    else if (event.key === 'Escape') onCancel();
    else return;
    event.preventDefault();
  }

  const line = stroke.length > 1 ? stroke : corners;
  return (
    <div className="absolute inset-0 z-10">
      <svg
        ref={surface}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: drawn upon with the keyboard as well
        tabIndex={0}
        role="application"
        aria-label="Draw an area: arrow keys move, space sets a corner, Enter closes the area, Escape cancels"
        className="size-full cursor-crosshair touch-none bg-ink/5 outline-2 -outline-offset-2 outline-accent"
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onKeyDown={onKeyDown}
      >
        <polyline
          points={line.map(({ x, y }) => `${x},${y}`).join(' ')}
          className="fill-accent/10 stroke-accent"
          strokeWidth="2.5"
          strokeLinejoin="round"
        />
        {corners.map(({ x, y }, i) => (
          <circle
            key={`${x},${y}`}
            cx={x}
            cy={y}
            r={i === 0 ? 7 : 4.5}
            className="fill-surface stroke-accent"
            strokeWidth="2.5"
          />
        ))}
        {cursor && (
          <path
            d={`M${cursor.x - 14} ${cursor.y}h28M${cursor.x} ${cursor.y - 14}v28`}
            className="stroke-ink"
            strokeWidth="2"
          />
        )}
      </svg>
      <div className="absolute inset-x-3 top-3 mx-auto flex max-w-md items-center gap-3 rounded-card border border-hairline bg-surface py-2 pr-2 pl-4 shadow-lift">
        <p role="status" className="flex-1 text-sm">
          {complaint ||
            (corners.length > 0
              ? `${plural(corners.length, 'corner')} set.${corners.length >= 3 ? ' The first one closes the area.' : ''}`
              : 'Draw around an area, or set its corners.')}
        </p>
        {corners.length >= 3 && (
          <Button look="primary" onClick={() => finish(ringFromCorners(corners))}>
            Done
          </Button>
        )}
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </div>
  );
}

function pointOf({ currentTarget, clientX, clientY }: PointerEvent<SVGSVGElement>): ScreenPoint {
  const { left, top } = currentTarget.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
}

function distance(a: ScreenPoint, b: ScreenPoint): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function clamp(value: number, max: number): number {
  return Math.max(0, Math.min(max, value));
}

function toPolygon(ring: readonly ScreenPoint[], view: MapView, size: Size): Polygon | null {
  const centre = project(view, view.zoom);
  const positions = ring.map(({ x, y }) => {
    const { lat, lon } = unproject({ x: centre.x + x - size.width / 2, y: centre.y + y - size.height / 2 }, view.zoom);
    // As the URL will write it, so that what is checked here is what comes back from there.
    return [Math.round(lon * 1e5) / 1e5, Math.round(lat * 1e5) / 1e5];
  });
  const polygon = Polygon.safeParse({ type: 'Polygon', coordinates: [[...positions, positions[0]]] });
  return polygon.success ? polygon.data : null;
}
