import type { AdvisedListing } from '@viewora/contracts/answer';
import { useMemo, useState } from 'react';
import { HomeMap } from '../map/home-map.tsx';
import type { Spotlight } from '../map/spotlight.ts';
import { fitBbox, type Padding, type Size } from '../map/viewport.ts';
import { MapPreview } from '../search/map-preview.tsx';
import type { MapView } from '../search/search-state.ts';
import { useHomeView } from '../search/use-home-view.ts';
import { useElementSize } from '../ui/use-element-size.ts';
import { advisedFeatures, bboxOf } from './advised-features.ts';

interface AdvisorMapProps {
  homes: readonly AdvisedListing[];
  spotlight: Spotlight;
  selected: string | null;
  onPick: (id: string | null) => void;
}

/** Prices stand around their places. */
const padding: Padding = { top: 56, right: 72, bottom: 72, left: 56 };

/** The homes of the latest answer where they are; before there are any, where most homes are. */
export function AdvisorMap({ homes, spotlight, selected, onPick }: AdvisorMapProps) {
  const [measure, size] = useElementSize();
  // Another answer is looked at where its homes are, wherever the map has been moved for the last.
  const [moved, setMoved] = useState<{ homes: readonly AdvisedListing[]; view: MapView } | null>(null);
  const { view: marketView } = useHomeView(size, bboxOf(homes) === null, 0);
  const view = (moved?.homes === homes ? moved.view : fittingView(homes, size)) ?? marketView;
  const features = useMemo(() => advisedFeatures(homes), [homes]);
  const picked = homes.find(({ id }) => id === selected) ?? null;
  return (
    <div ref={measure} className="relative size-full overflow-hidden">
      {view && size && (
        <HomeMap
          label="Map of the homes in the answer"
          view={view}
          size={size}
          onMove={(to) => setMoved({ homes, view: to })}
          features={features}
          spotlight={spotlight}
          selected={picked}
          onPick={onPick}
        />
      )}
      {picked && <MapPreview listing={picked} trail={null} onClose={() => onPick(null)} />}
    </div>
  );
}

function fittingView(homes: readonly AdvisedListing[], size: Size | null): MapView | null {
  const bbox = bboxOf(homes);
  return bbox && size ? fitBbox(bbox, size, padding) : null;
}
