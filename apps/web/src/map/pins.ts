import type { LatLon } from '@viewora/contracts/geo';
import type { MapFeature } from '@viewora/contracts/property';
import { plural } from '../format/facts.ts';
import { formatPriceShort } from '../format/money.ts';

/** What the map needs of a home to point at it. */
export interface PinnedHome {
  id: string;
  location: LatLon | null;
  priceMinor: number;
  currency: string;
}

interface PinBase {
  key: string;
  lon: number;
  lat: number;
  text: string;
  /** For whoever cannot see where it stands. */
  label: string;
}

export interface HomePin extends PinBase {
  kind: 'listing';
  home: PinnedHome;
  isSelected: boolean;
  isLifted: boolean;
}

export interface ClusterPin extends PinBase {
  kind: 'cluster';
  /** 1 to 3, by how many homes it stands for. */
  size: 1 | 2 | 3;
}

export type Pin = HomePin | ClusterPin;

interface PinSources {
  features: readonly MapFeature[];
  selected: PinnedHome | null;
  lifted: PinnedHome | null;
}

/** Everything that stands on the map. A home that is pointed at has its own pin even where a cluster has swallowed it. */
export function pinsOf({ features, selected, lifted }: PinSources): Pin[] {
  const pins = new Map<string, Pin>();
  for (const { geometry, properties } of features) {
    const [lon, lat] = geometry.coordinates;
    const pin: Pin =
      properties.kind === 'cluster'
        ? clusterPin(properties.count, lon, lat, properties)
        : homePin({ ...properties, location: { lat, lon } }, lat, lon, selected, lifted);
    pins.set(pin.key, pin);
  }
  for (const home of [selected, lifted]) {
    if (home?.location && !pins.has(home.id)) {
      pins.set(home.id, homePin(home, home.location.lat, home.location.lon, selected, lifted));
    }
  }
  return [...pins.values()];
}

function homePin(
  home: PinnedHome,
  lat: number,
  lon: number,
  selected: PinnedHome | null,
  lifted: PinnedHome | null,
): HomePin {
  const text = formatPriceShort(home.priceMinor, home.currency);
  return {
    kind: 'listing',
    key: home.id,
    home,
    lat,
    lon,
    text,
    // Says what it shows, for those who speak to their screen.
    label: `Home for ${text}`,
    isSelected: home.id === selected?.id,
    isLifted: home.id === lifted?.id,
  };
}

function clusterPin(
  count: number,
  lon: number,
  lat: number,
  prices: { minPriceMinor: number; maxPriceMinor: number; currency: string },
): ClusterPin {
  const from = formatPriceShort(prices.minPriceMinor, prices.currency);
  const to = formatPriceShort(prices.maxPriceMinor, prices.currency);
  return {
    kind: 'cluster',
    key: `cluster:${lon},${lat},${count}`,
    lat,
    lon,
    text: new Intl.NumberFormat('en-US').format(count),
    label: `${plural(count, 'home')}, ${from} to ${to}. Zoom in`,
    size: count < 10 ? 1 : count < 100 ? 2 : 3,
  };
}
