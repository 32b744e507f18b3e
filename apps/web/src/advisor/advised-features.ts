import type { Bbox } from '@viewora/contracts/geo';
import type { ListingItem } from '@viewora/contracts/listing';
import type { MapFeature } from '@viewora/contracts/property';

/** The homes of an answer as the map takes them. */
export function advisedFeatures(homes: readonly ListingItem[]): MapFeature[] {
  return homes.flatMap(({ id, location, priceMinor, currency }) =>
    location === null
      ? []
      : [
          {
            type: 'Feature' as const,
            geometry: { type: 'Point' as const, coordinates: [location.lon, location.lat] as [number, number] },
            properties: { kind: 'listing' as const, id, priceMinor, currency },
          },
        ],
  );
}

/** The smallest box around them; null where none has a place on the map. */
export function bboxOf(homes: readonly ListingItem[]): Bbox | null {
  const places = homes.map(({ location }) => location).filter((location) => location !== null);
  if (places.length === 0) return null;
  const lats = places.map(({ lat }) => lat);
  const lons = places.map(({ lon }) => lon);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}
