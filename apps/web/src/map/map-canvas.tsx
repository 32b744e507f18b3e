import 'maplibre-gl/dist/maplibre-gl.css';
import type { Polygon } from '@viewora/contracts/geo';
import type { MapFeature } from '@viewora/contracts/property';
import { Minus, Plus } from 'lucide-react';
import { Map as MapLibre, ScaleControl, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { useEffect, useRef, useState } from 'react';
import type { MapView } from '../search/search-state.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { AreaLayer } from './area-layer.ts';
import { DropPin, type MovablePin } from './drop-pin.ts';
import { groundStyle } from './embedded-style.ts';
import { mergeClusters } from './merge-clusters.ts';
import { PinLayer } from './pin-layer.ts';
import { type PinnedHome, pinsOf } from './pins.ts';
import type { Spotlight } from './spotlight.ts';
import { useBaseMap } from './use-base-map.ts';
import { useEmbeddedMap } from './use-embedded-map.ts';
import { isSameView, type Size } from './viewport.ts';

setWorkerUrl(workerUrl);

export interface MapCanvasProps {
  label: string;
  view: MapView;
  size: Size;
  /** Called when the map has come to rest somewhere else. */
  onMove: (view: MapView) => void;
  features: readonly MapFeature[];
  spotlight: Spotlight;
  selected: PinnedHome | null;
  onPick: (id: string | null) => void;
  area?: Polygon | null;
  /** A pin that the visitor puts somewhere; the map is about nothing else then. */
  pin?: MovablePin;
  /** While something lies on it that must not be moved away. */
  isStill?: boolean;
}

/** The map library and all that needs it: loaded apart from the page, which is usable before it arrives. */
export function MapCanvas({
  label,
  view,
  size,
  onMove,
  features,
  spotlight,
  selected,
  onPick,
  area = null,
  pin,
  isStill = false,
}: MapCanvasProps) {
  const container = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<MapLibre | null>(null);
  const [layers, setLayers] = useState<{ pins: PinLayer; area: AreaLayer; pin: DropPin | null } | null>(null);
  // The map outlives these; it always calls the newest.
  const latest = useRef({ view, label, onMove, onPick, spotlight, pin });
  latest.current = { view, label, onMove, onPick, spotlight, pin };

  useEffect(() => {
    if (!container.current) return;
    const created = createMap(container.current, latest.current.view, latest.current.label);
    const pins = new PinLayer(created, {
      onPick: (id) => latest.current.onPick(id),
      onHover: (home) => latest.current.spotlight.point(home),
    });
    created.on('moveend', () => {
      const { lat, lng } = created.getCenter().wrap();
      const next = { lat, lon: lng, zoom: created.getZoom() };
      if (!isSameView(next, latest.current.view)) latest.current.onMove(next);
    });
    created.on('click', ({ originalEvent }) => {
      if (originalEvent.target === created.getCanvas()) latest.current.onPick(null);
    });
    const say = (isBusy: boolean) => created.getContainer().setAttribute('aria-busy', String(isBusy));
    created.on('dataloading', () => say(true));
    created.on('idle', () => say(false));
    setMap(created);
    const dropPin = latest.current.pin ? new DropPin(created, (to) => latest.current.pin?.onMove(to)) : null;
    setLayers({ pins, area: new AreaLayer(created), pin: dropPin });
    return () => {
      setMap(null);
      setLayers(null);
      created.remove();
    };
  }, []);

  useEffect(() => {
    if (!map || map.isMoving()) return;
    const { lat, lng } = map.getCenter();
    const target = { lat: view.lat, lon: view.lon, zoom: view.zoom };
    if (!isSameView(target, { lat, lon: lng, zoom: map.getZoom() })) {
      map.jumpTo({ center: [view.lon, view.lat], zoom: view.zoom });
    }
  }, [map, view.lat, view.lon, view.zoom]);

  const { zoom } = view;
  useEffect(() => {
    if (!layers) return;
    const merged = mergeClusters(features, zoom);
    const show = () => layers.pins.show(pinsOf({ features: merged, selected, lifted: spotlight.current() }));
    show();
    return spotlight.subscribe(show);
  }, [layers, features, zoom, selected, spotlight]);

  useEffect(() => layers?.area.show(area), [layers, area]);

  useEffect(() => {
    if (pin) layers?.pin?.show(pin);
  }, [layers, pin]);

  const baseMap = useBaseMap(map);
  useEmbeddedMap({ map, pins: layers?.pins ?? null, baseMap, view, size });

  return (
    <>
      {/* The library positions it; only its size is ours. */}
      <div ref={container} className="isolate size-full" />
      <div className={`absolute top-3 right-3 flex flex-col gap-1.5 ${isStill ? 'invisible' : ''}`}>
        <IconButton label="Zoom in" onClick={() => map?.zoomIn({ duration: 180 })}>
          <Plus size={18} aria-hidden />
        </IconButton>
        <IconButton label="Zoom out" onClick={() => map?.zoomOut({ duration: 180 })}>
          <Minus size={18} aria-hidden />
        </IconButton>
      </div>
    </>
  );
}

function createMap(container: HTMLElement, view: MapView, label: string): MapLibre {
  const map = new MapLibre({
    container,
    style: groundStyle(),
    center: [view.lon, view.lat],
    zoom: view.zoom,
    maxZoom: 18,
    dragRotate: false,
    pitchWithRotate: false,
    maxPitch: 0,
    attributionControl: { compact: false },
    locale: { 'Map.Title': label },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new ScaleControl({ maxWidth: 90 }), 'bottom-left');
  return map;
}
