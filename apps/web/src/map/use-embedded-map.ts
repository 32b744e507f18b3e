import { useQuery } from '@tanstack/react-query';
import type { Map as MapLibre } from 'maplibre-gl';
import { useEffect, useState } from 'react';
import { mapQuery, placesInQuery } from '../api/property-queries.ts';
import type { MapView } from '../search/search-state.ts';
import {
  drawCounties,
  drawCountries,
  drawDensity,
  drawGrid,
  isLookingAtUnitedStates,
  placeLabels,
} from './embedded-map.ts';
import { LabelLayer, type MapLabel } from './label-layer.ts';
import type { PinLayer } from './pin-layer.ts';
import type { BaseMap } from './use-base-map.ts';
import { type Size, tileBbox, viewportBbox } from './viewport.ts';

interface EmbeddedMapProps {
  map: MapLibre | null;
  pins: PinLayer | null;
  baseMap: BaseMap | null;
  view: MapView;
  size: Size;
}

/** How much finer than the view homes are counted for the density: two steps are about one cluster to a hexagon. */
const finer = 2;

/** Keeps the embedded base map filled for where the map looks. Asks for nothing while another base map stands. */
export function useEmbeddedMap({ map, pins, baseMap, view, size }: EmbeddedMapProps): void {
  const isEmbedded = baseMap?.kind === 'embedded';
  const level = Math.floor(view.zoom);
  const bbox = tileBbox(viewportBbox(view, size), view.zoom);
  const density = useQuery({ ...mapQuery({ filter: {}, bbox, zoom: level + finer, area: null }), enabled: isEmbedded });
  const places = useQuery({ ...placesInQuery(bbox), enabled: isEmbedded });
  const [boundaryLabels, setBoundaryLabels] = useState<MapLabel[]>([]);
  const [labels, setLabels] = useState<LabelLayer | null>(null);

  useEffect(() => {
    if (!map || !isEmbedded) return;
    // A fresh style has empty sources, so all of it is drawn for each one, and only once: tiling an atlas is work.
    let isCurrent = true;
    let hasCounties = false;
    const add = (drawn: MapLabel[]) => isCurrent && setBoundaryLabels((before) => [...before, ...drawn]);
    // Without the atlases the grid and the density still say where one is.
    const giveUp = () => {};
    const follow = () => {
      drawGrid(map);
      if (hasCounties || !isLookingAtUnitedStates(map)) return;
      hasCounties = true;
      drawCounties(map).then(add, giveUp);
    };
    setBoundaryLabels([]);
    follow();
    drawCountries(map).then(add, giveUp);
    map.on('moveend', follow);
    return () => {
      isCurrent = false;
      map.off('moveend', follow);
    };
  }, [map, isEmbedded, baseMap]);

  useEffect(() => {
    if (map && isEmbedded && density.data) drawDensity(map, density.data.features, level);
  }, [map, isEmbedded, baseMap, density.data, level]);

  useEffect(() => {
    if (!map || !isEmbedded || !pins) return;
    const layer = new LabelLayer(map, () => pins.boxes());
    setLabels(layer);
    return () => {
      layer.remove();
      setLabels(null);
    };
  }, [map, isEmbedded, pins]);

  useEffect(() => {
    labels?.show([...boundaryLabels, ...placeLabels(places.data?.items ?? [])]);
  }, [labels, boundaryLabels, places.data]);

  useEffect(() => {
    if (map && baseMap) map.getContainer().dataset.baseMap = baseMap.kind;
  }, [map, baseMap]);
}
