import type { Polygon } from '@viewora/contracts/geo';
import { PencilLine, X } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { HomeMap } from '../map/home-map.tsx';
import type { PinnedHome } from '../map/pins.ts';
import type { Spotlight } from '../map/spotlight.ts';
import { isSameView, type Size } from '../map/viewport.ts';
import { useDebouncedCall } from '../ui/use-debounced.ts';
import type { MapView, SearchState } from './search-state.ts';
import type { Results } from './use-results.ts';
import type { SearchUpdates } from './use-search-state.ts';

/** Few draw, so its code comes when somebody does. */
const DrawArea = lazy(() => import('../map/draw-area.tsx').then((module) => ({ default: module.DrawArea })));

interface MapPaneProps {
  state: SearchState;
  updates: SearchUpdates;
  view: MapView | null;
  size: Size | null;
  results: Results;
  selected: PinnedHome | null;
  spotlight: Spotlight;
}

/** A map is moved in many small steps; the search follows when it rests. */
const restMs = 150;
const controlClass =
  'flex min-h-11 items-center gap-2 rounded-card border border-hairline bg-surface px-3.5 text-sm font-semibold md:min-h-10';

export function MapPane({ state, updates, view, size, results, selected, spotlight }: MapPaneProps) {
  const [isDrawing, setIsDrawing] = useState(false);
  const follow = useDebouncedCall<MapView>((moved) => updates.update({ view: moved }, 'movement'), restMs);

  function finishArea(area: Polygon): void {
    setIsDrawing(false);
    updates.update({ area, held: null });
  }

  if (!view || !size) return null;
  return (
    <>
      <HomeMap
        label="Map of homes"
        view={view}
        size={size}
        onMove={follow}
        features={results.pins.data?.features ?? []}
        spotlight={spotlight}
        selected={selected}
        onPick={(id) => updates.update({ selected: id, view }, 'movement')}
        area={state.area}
        isStill={isDrawing}
      />
      {isDrawing ? (
        <Suspense>
          <DrawArea view={view} size={size} onDone={finishArea} onCancel={() => setIsDrawing(false)} />
        </Suspense>
      ) : (
        <div className="absolute top-3 right-16 left-3 flex flex-wrap items-start gap-2">
          {!state.area && <FollowControl state={state} updates={updates} view={view} />}
          {state.area ? (
            <button type="button" className={controlClass} onClick={() => updates.update({ area: null })}>
              <X size={16} aria-hidden /> Remove area
            </button>
          ) : (
            <button type="button" className={controlClass} onClick={() => setIsDrawing(true)}>
              <PencilLine size={16} aria-hidden /> Draw area
            </button>
          )}
        </div>
      )}
    </>
  );
}

/** Whether the list follows the map. Where it does not, a button brings it to where the map is now. */
function FollowControl({ state, updates, view }: { state: SearchState; updates: SearchUpdates; view: MapView }) {
  const isFollowing = state.held === null;
  const hasMovedAway = state.held !== null && !isSameView(state.held, view);
  return (
    <>
      <label className={`${controlClass} cursor-pointer font-normal`}>
        <input
          type="checkbox"
          checked={isFollowing}
          onChange={() => updates.update({ view, held: isFollowing ? view : null }, 'movement')}
          className="size-4 accent-accent"
        />
        Search as I move
      </label>
      {hasMovedAway && (
        <button
          type="button"
          className={`${controlClass} border-accent bg-accent text-on-accent`}
          onClick={() => updates.update({ view, held: view })}
        >
          Search this area
        </button>
      )}
    </>
  );
}
