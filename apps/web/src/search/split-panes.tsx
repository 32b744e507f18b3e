import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react';
import { useRemembered } from '../ui/use-remembered.ts';

interface SplitPanesProps {
  list: ReactNode;
  map: ReactNode;
  mapRef: (element: HTMLElement | null) => (() => void) | undefined;
}

const half = 50;
const least = 30;
const most = 70;
const keyStep = 4;

/** List and map side by side, with a line between them that can be moved. */
export function SplitPanes({ list, map, mapRef }: SplitPanesProps) {
  const panes = useRef<HTMLElement>(null);
  const [share, setShare] = useRemembered<number>('list-share', half);
  const set = (value: number) => setShare(Math.round(Math.max(least, Math.min(most, value)) * 10) / 10);

  function onPointerMove(event: PointerEvent): void {
    if (!panes.current || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const { left, width } = panes.current.getBoundingClientRect();
    set(((event.clientX - left) / width) * 100);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const moves: Record<string, number> = {
      ArrowLeft: share - keyStep,
      ArrowRight: share + keyStep,
      Home: least,
      End: most,
    };
    const next = moves[event.key];
    if (next === undefined) return;
    event.preventDefault();
    set(next);
  }

  return (
    <main ref={panes} className="flex min-h-0 min-w-0 flex-1">
      <div className="flex min-h-0 min-w-0 flex-col" style={{ width: `${share}%` }}>
        {list}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a separator that moves has no element of its own */}
      <div
        role="separator"
        aria-label="Width of the list"
        aria-orientation="vertical"
        aria-valuemin={least}
        aria-valuemax={most}
        aria-valuenow={Math.round(share)}
        tabIndex={0}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={onPointerMove}
        onDoubleClick={() => set(half)}
        onKeyDown={onKeyDown}
        className="group relative z-10 -mr-1.5 w-3 shrink-0 cursor-col-resize touch-none"
      >
        <span className="absolute inset-y-0 left-1 w-px bg-hairline transition-colors group-hover:bg-accent" />
        <span className="absolute top-1/2 left-0 h-10 w-2.5 -translate-y-1/2 rounded-full border border-edge bg-surface transition-colors group-hover:border-accent" />
      </div>
      <section
        ref={mapRef}
        id="map"
        tabIndex={-1}
        aria-label="Map"
        className="relative min-w-0 flex-1 overflow-hidden outline-none"
      >
        {map}
      </section>
    </main>
  );
}
