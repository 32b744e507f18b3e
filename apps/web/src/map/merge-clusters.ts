import type { MapFeature } from '@viewora/contracts/property';
import { project } from './viewport.ts';

/** Closer than this, two clusters would cover each other's counts, CSS pixels. */
const touchPx = 40;

/**
 * Clusters are counted in cells of the map, so neighbours can stand shoulder to shoulder across an edge. Those that
 * would touch on the screen become one, at the larger one's place, with everything both stood for.
 */
export function mergeClusters(features: readonly MapFeature[], zoom: number): MapFeature[] {
  const kept: { feature: MapFeature; x: number; y: number }[] = [];
  for (const feature of features.toSorted((a, b) => countOf(b) - countOf(a))) {
    const [lon, lat] = feature.geometry.coordinates;
    const { x, y } = project({ lat, lon }, zoom);
    const { properties } = feature;
    const near =
      properties.kind === 'cluster'
        ? kept.find((other) => countOf(other.feature) > 1 && Math.hypot(other.x - x, other.y - y) < touchPx)
        : undefined;
    if (near) near.feature = merged(near.feature, feature);
    else kept.push({ feature, x, y });
  }
  return kept.map(({ feature }) => feature);
}

function countOf({ properties }: MapFeature): number {
  return properties.kind === 'cluster' ? properties.count : 1;
}

function merged(into: MapFeature, other: MapFeature): MapFeature {
  const [a, b] = [into.properties, other.properties];
  if (a.kind !== 'cluster' || b.kind !== 'cluster') return into;
  return {
    ...into,
    properties: {
      ...a,
      count: a.count + b.count,
      // Prices in another currency cannot be compared; the larger cluster's stand for both.
      minPriceMinor: a.currency === b.currency ? Math.min(a.minPriceMinor, b.minPriceMinor) : a.minPriceMinor,
      maxPriceMinor: a.currency === b.currency ? Math.max(a.maxPriceMinor, b.maxPriceMinor) : a.maxPriceMinor,
    },
  };
}
