import type { LatLon } from '@viewora/contracts/geo';
import type { Place } from '@viewora/contracts/property';
import { LocateFixed, MapPin } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { HomeMap } from '../map/home-map.tsx';
import { Spotlight } from '../map/spotlight.ts';
import { fitBbox, viewportBbox } from '../map/viewport.ts';
import { SearchBox } from '../places/search-box.tsx';
import type { MapView } from '../search/search-state.ts';
import { useHomeView } from '../search/use-home-view.ts';
import { Button } from '../ui/button.tsx';
import { FormField } from '../ui/form-field.tsx';
import { LiveRegion } from '../ui/live-region.tsx';
import { useDebounced } from '../ui/use-debounced.ts';
import { useElementSize } from '../ui/use-element-size.ts';
import type { StepProps } from './editor.tsx';
import { partOf } from './form-parts.ts';
import type { ListingForm } from './listing-form.ts';

const pinZoom = 15;
const placeZoom = 13;
/** About a tenth of a metre: finer than anybody can point. */
const digits = 6;
const noFeatures: never[] = [];

/** Where the home is: a pin to drag, to move with the arrow keys, or to type. */
export function PlaceMap({ form, onChange }: Pick<StepProps, 'form' | 'onChange'>) {
  const [measure, size] = useElementSize();
  const { lat, lon } = form;
  const location = useMemo(() => locationOf({ lat, lon }), [lat, lon]);
  const [moved, setMoved] = useState<MapView | null>(location && { ...location, zoom: pinZoom });
  const home = useHomeView(size, moved === null, 0, form.city.trim());
  const view = moved ?? home.view;
  const [spotlight] = useState(() => new Spotlight());
  const [said, setSaid] = useState('');
  const box = useRef<HTMLDivElement>(null);
  const isInView = location !== null && view !== null && size !== null && isInside(location, viewportBbox(view, size));
  const spoken = useDebounced(location ? `Pin at ${location.lat}, ${location.lon}` : '', 600);

  function put(to: LatLon): void {
    onChange({ lat: degrees(to.lat), lon: degrees(to.lon) });
  }
  const latestPut = useRef(put);
  latestPut.current = put;
  const pin = useMemo(
    () => ({
      location,
      label: `The pin, at ${location?.lat}, ${location?.lon}. Arrow keys move it, with Shift further.`,
      onMove: (to: LatLon) => latestPut.current(to),
    }),
    [location],
  );

  function jump(place: Place): void {
    if (size && place.bbox) setMoved(fitBbox(place.bbox, size, { top: 20, right: 20, bottom: 20, left: 20 }));
    else if (place.location) setMoved({ ...place.location, zoom: placeZoom });
    setSaid(`The map shows ${place.label}`);
    if (place.kind === 'city' && form.city.trim() === '') onChange({ city: place.name });
  }

  function putInMiddle(): void {
    if (!view) return;
    put(view);
    setMoved({ ...view, zoom: Math.max(view.zoom, placeZoom) });
    // Once it is there, its arrow keys are at hand.
    setTimeout(() => box.current?.querySelector<HTMLElement>('.drop-pin')?.focus(), 50);
  }

  /** A pair that was copied from another map goes into both fields. */
  function typeLat(text: string): void {
    const pair = /^\s*(-?\d+(?:\.\d+)?)\s*[,;]\s*(-?\d+(?:\.\d+)?)\s*$/.exec(text);
    onChange(pair ? { lat: pair[1] ?? '', lon: pair[2] ?? '' } : { lat: text });
  }

  // What is typed may be far away: the map goes there, once it is a whole place.
  const typed = useDebounced(location, 500);
  useEffect(() => {
    if (!typed) return;
    setMoved((before) => {
      const isSeen = before && size && isInside(typed, viewportBbox(before, size));
      return isSeen ? before : { ...typed, zoom: Math.max(before?.zoom ?? pinZoom, placeZoom) };
    });
  }, [typed, size]);

  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-sm font-semibold">Place on the map</legend>
      <div className="relative mb-2.5 flex">
        <SearchBox
          value=""
          label="Find a place on the map"
          placeholder="Find a place on the map"
          isForPlaces
          onPlace={jump}
          onWords={(q) => setSaid(q === undefined ? '' : `No place called “${q}” is known here. Move the map by hand.`)}
          onListing={() => {}}
        />
      </div>
      {said && <p className="mb-2 text-sm text-muted">{said}</p>}
      <div ref={box}>
        <div
          ref={measure}
          className="relative h-72 overflow-hidden rounded-card border border-hairline bg-[var(--map-land)] md:h-88"
        >
          {view && size && (
            <HomeMap
              label="Map to put the pin on"
              view={view}
              size={size}
              onMove={setMoved}
              features={noFeatures}
              spotlight={spotlight}
              selected={null}
              onPick={() => {}}
              pin={pin}
            />
          )}
          <div className="pointer-events-none absolute inset-x-3 bottom-9 z-10 flex justify-center *:pointer-events-auto">
            {location === null ? (
              <Button onClick={putInMiddle}>
                <MapPin size={16} aria-hidden /> Put the pin here
              </Button>
            ) : (
              view &&
              !isInView && (
                <Button onClick={() => setMoved({ ...location, zoom: Math.max(view.zoom, placeZoom) })}>
                  <LocateFixed size={16} aria-hidden /> Back to the pin
                </Button>
              )
            )}
          </div>
        </div>
      </div>
      <p className="mt-1.5 text-sm text-muted">
        {location
          ? 'Drag the pin, click the map, or move the pin with the arrow keys, with Shift further.'
          : 'Click where the home is, or put the pin in the middle and move it.'}
      </p>
      <div className="mt-4 grid grid-cols-2 gap-5 md:max-w-md">
        <FormField
          name="lat"
          label="Latitude"
          inputMode="text"
          autoComplete="off"
          value={lat}
          onChange={(event) => typeLat(event.target.value)}
        />
        <FormField
          name="lon"
          label="Longitude"
          inputMode="text"
          autoComplete="off"
          value={lon}
          onChange={(event) => onChange({ lon: event.target.value })}
        />
      </div>
      <LiveRegion message={said || spoken} />
    </fieldset>
  );
}

function locationOf(fields: Pick<ListingForm, 'lat' | 'lon'>): LatLon | null {
  const reading = partOf('lat').read(fields as ListingForm);
  return 'edit' in reading ? (reading.edit.location ?? null) : null;
}

function degrees(value: number): string {
  return String(Number(value.toFixed(digits)));
}

function isInside(
  { lat, lon }: LatLon,
  [west, south, east, north]: readonly [number, number, number, number],
): boolean {
  return lat >= south && lat <= north && lon >= west && lon <= east;
}
