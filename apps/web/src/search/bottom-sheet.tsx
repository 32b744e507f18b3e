import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useElementSize } from '../ui/use-element-size.ts';
import { useRemembered } from '../ui/use-remembered.ts';
import { peekPx } from './home-view.ts';
import { gripLook, handleLook, sheetLook } from './sheet-look.ts';

const stops = ['peek', 'half', 'full'] as const;
type Stop = (typeof stops)[number];

const stopNames: Record<Stop, string> = { peek: 'closed', half: 'half open', full: 'open' };
const flickPxPerMs = 0.4;

interface BottomSheetProps {
  header: ReactNode;
  children: ReactNode;
  map: ReactNode;
  mapRef: (element: HTMLElement | null) => (() => void) | undefined;
  /** What is in it to be read first: the sheet opens when it comes. */
  news: object | null;
}

/** The map whole, and over it a sheet with the list, at one of three heights. */
export function BottomSheet({ header, children, map, mapRef, news }: BottomSheetProps) {
  const [measure, room] = useElementSize();
  const [stop, setStop] = useRemembered<Stop>('sheet', 'peek');
  const [dragged, setDragged] = useState<number | null>(null);
  const drag = useRef({ startY: 0, startHeight: 0, lastY: 0, lastAt: 0, speed: 0, hasMoved: false });
  const full = Math.max(peekPx, (room?.height ?? 0) - 12);
  const heights: Record<Stop, number> = { peek: peekPx, half: Math.round(full * 0.52), full };
  const height = dragged ?? heights[stop];
  const isClosed = useRef(false);
  isClosed.current = stop === 'peek';
  useEffect(() => {
    if (news && isClosed.current) setStop('half');
  }, [news, setStop]);

  function onPointerDown(event: PointerEvent): void {
    event.currentTarget.setPointerCapture(event.pointerId);
    const { clientY, timeStamp } = event;
    drag.current = {
      startY: clientY,
      startHeight: heights[stop],
      lastY: clientY,
      lastAt: timeStamp,
      speed: 0,
      hasMoved: false,
    };
  }

  function onPointerMove(event: PointerEvent): void {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const now = drag.current;
    now.speed = (now.lastY - event.clientY) / Math.max(1, event.timeStamp - now.lastAt);
    now.lastY = event.clientY;
    now.lastAt = event.timeStamp;
    if (Math.abs(event.clientY - now.startY) > 4) now.hasMoved = true;
    if (now.hasMoved) setDragged(Math.max(peekPx, Math.min(full, now.startHeight + now.startY - event.clientY)));
  }

  function onPointerUp(): void {
    if (dragged === null) return;
    const { speed } = drag.current;
    // A flick goes on to the next stop in its direction; a slow drag settles at the nearest.
    const ahead = dragged + (Math.abs(speed) > flickPxPerMs ? Math.sign(speed) * full * 0.25 : 0);
    setStop(
      stops.reduce((best, other) =>
        Math.abs(heights[other] - ahead) < Math.abs(heights[best] - ahead) ? other : best,
      ),
    );
    setDragged(null);
  }

  function onClick(): void {
    // The click that ends a drag is none.
    if (drag.current.hasMoved) drag.current.hasMoved = false;
    else setStop(stop === 'peek' ? 'half' : stop === 'half' ? 'full' : 'peek');
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    setStop(stops[Math.max(0, Math.min(stops.length - 1, stops.indexOf(stop) + step))] ?? stop);
  }

  return (
    <main ref={measure} className="relative min-h-0 flex-1 overflow-hidden">
      <section
        aria-label="Homes in view"
        data-stop={stop}
        style={{ height: full, translate: `0 ${full - height}px`, top: (room?.height ?? 0) - full }}
        className={`${sheetLook} z-20 ${dragged === null ? 'transition-[translate] duration-200 ease-out' : ''}`}
      >
        <div style={{ height: dragged ?? height }} className="flex flex-col">
          <div
            className="shrink-0 touch-none"
            onPointerDown={onPointerDown}
            onPointerMove={onPointerMove}
            onPointerUp={onPointerUp}
            onPointerCancel={onPointerUp}
          >
            <button
              type="button"
              aria-label={`List of homes, ${stopNames[stop]}. Arrow keys change its height`}
              onClick={onClick}
              onKeyDown={onKeyDown}
              // For a thumb it is 44 px high, of which 12 are above the sheet.
              className={`${handleLook} relative -outline-offset-4 after:absolute after:inset-x-0 after:-top-3 after:-bottom-2`}
            >
              <span className={gripLook} />
            </button>
            {header}
          </div>
          {/* Closed, the list is out of sight and so out of reach. */}
          <div inert={stop === 'peek' && dragged === null} className="flex min-h-0 flex-1 flex-col">
            {children}
          </div>
        </div>
      </section>
      <section
        ref={mapRef}
        id="map"
        tabIndex={-1}
        aria-label="Map"
        className="over-sheet absolute inset-0 outline-none"
      >
        {map}
      </section>
    </main>
  );
}
