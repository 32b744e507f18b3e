import type { ErrorEvent, Map as MapLibre, MapSourceDataEvent, StyleSpecification } from 'maplibre-gl';
import { useEffect, useState } from 'react';
import { config } from '../config.ts';
import { useTheme } from '../theme/theme-store.ts';
import { embeddedStyle, groundStyle } from './embedded-style.ts';
import { isKnownUnreachable, loadRemoteStyle, markUnreachable } from './remote-style.ts';

/** Which base map stands; a new object whenever a style has been put on, since its sources are then empty. */
export interface BaseMap {
  kind: 'remote' | 'embedded';
}

/** Puts the configured style on the map, or the embedded one where the style or its tiles cannot be had. */
export function useBaseMap(map: MapLibre | null): BaseMap | null {
  const theme = useTheme();
  const [baseMap, setBaseMap] = useState<BaseMap | null>(null);

  useEffect(() => {
    if (!map) return;
    const url = config.mapStyleUrl[theme];
    const swap = swapStyles(map, url, (kind) => setBaseMap({ kind }));
    return () => {
      setBaseMap(null);
      swap.stop();
    };
  }, [map, theme]);

  return baseMap;
}

function swapStyles(map: MapLibre, url: string, onStanding: (kind: BaseMap['kind']) => void): { stop: () => void } {
  let kind: BaseMap['kind'] | null = null;
  let hasTiles = false;
  let isStopped = false;

  function put(next: BaseMap['kind'], style: StyleSpecification): void {
    if (isStopped) return;
    kind = next;
    map.setStyle(style, { diff: false });
  }
  // The ground style loads too, while nothing stands yet.
  const onStyle = () => kind && onStanding(kind);
  const onData = (event: MapSourceDataEvent) => {
    if (event.tile) hasTiles = true;
  };
  const onError = (event: ErrorEvent) => {
    // One missing tile is no reason to take the map away; none at all is.
    if (kind !== 'remote' || hasTiles || !('sourceId' in event)) return;
    markUnreachable(url);
    put('embedded', embeddedStyle());
  };
  map.on('style.load', onStyle);
  map.on('sourcedata', onData);
  map.on('error', onError);

  if (isKnownUnreachable(url)) {
    put('embedded', embeddedStyle());
  } else {
    map.setStyle(groundStyle(), { diff: false });
    loadRemoteStyle(url).then((style) => (style ? put('remote', style) : put('embedded', embeddedStyle())));
  }
  return {
    stop() {
      isStopped = true;
      map.off('style.load', onStyle);
      map.off('sourcedata', onData);
      map.off('error', onError);
    },
  };
}
