import { useQuery } from '@tanstack/react-query';
import type { LatLon } from '@viewora/contracts/geo';
import type { ListingDetail } from '@viewora/contracts/listing';
import { useState } from 'react';
import { listingQuery, mapQuery } from '../api/property-queries.ts';
import { HomeMap } from '../map/home-map.tsx';
import { Spotlight } from '../map/spotlight.ts';
import { viewportBbox } from '../map/viewport.ts';
import { MapPreview } from '../search/map-preview.tsx';
import type { MapView } from '../search/search-state.ts';
import { useElementSize } from '../ui/use-element-size.ts';
import { Section } from './section.tsx';
import { useTrailOnwards } from './trail.ts';

const startZoom = 13.5;

/** Where it is, and what else is for sale around it. */
export function ListingMap({ listing, location }: { listing: ListingDetail; location: LatLon }) {
  const [measure, size] = useElementSize();
  const [view, setView] = useState<MapView>({ ...location, zoom: startZoom });
  const [spotlight] = useState(() => new Spotlight());
  const trail = useTrailOnwards();
  const [pickedId, setPickedId] = useState<string | null>(null);
  const bbox = viewportBbox(view, size ?? { width: 1, height: 1 });
  const around = useQuery({ ...mapQuery({ filter: {}, bbox, zoom: view.zoom, area: null }), enabled: size !== null });
  const other = useQuery({ ...listingQuery(pickedId ?? ''), enabled: pickedId !== null && pickedId !== listing.id });

  return (
    <Section title="Where it is">
      <div ref={measure} className="relative h-[380px] overflow-hidden rounded-card border border-hairline">
        {size && (
          <HomeMap
            label="Map of this home and what is for sale nearby"
            view={view}
            size={size}
            onMove={setView}
            features={around.data?.features ?? []}
            spotlight={spotlight}
            selected={listing}
            onPick={setPickedId}
          />
        )}
        {pickedId !== null && pickedId !== listing.id && other.data && (
          <MapPreview listing={other.data} trail={trail} onClose={() => setPickedId(null)} />
        )}
      </div>
      <p className="mt-2 text-xs text-muted">This home is the marked one. The others are for sale nearby.</p>
    </Section>
  );
}
