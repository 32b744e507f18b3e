import type { MapFeature } from '@viewora/contracts/property';
import { densityHexes } from './density-hexes.ts';
import { type LabelCandidate, layOutLabels } from './label-layout.ts';

const home = (lon: number, lat: number): MapFeature => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [lon, lat] },
  properties: { kind: 'listing', id: '0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a', priceMinor: 1, currency: 'USD' },
});

describe('the density of homes', () => {
  it('gathers what is close and keeps apart what is not', () => {
    const near = densityHexes([home(-121.49, 38.58), home(-121.490_01, 38.58), home(-121.2, 38.7)], 11);
    const weights = near.features.map(({ properties }) => properties.weight);
    expect(Math.max(...weights)).toBe(1);
    expect(weights).toContain(Math.sqrt(0.5));
  });

  it('covers each home with its hexagon', () => {
    const hex = densityHexes([home(-121.49, 38.58)], 11).features.find(({ properties }) => properties.weight === 1);
    const lons = hex?.geometry.coordinates[0]?.map(([lon]) => lon ?? 0) ?? [];
    expect(Math.min(...lons)).toBeLessThan(-121.49);
    expect(Math.max(...lons)).toBeGreaterThan(-121.49);
  });
});

describe('the labels of places', () => {
  const label = (key: string, x: number, rank: number): LabelCandidate => ({
    key,
    text: key,
    x,
    y: 100,
    kind: 'city',
    rank,
  });
  const size = { width: 500, height: 200 };

  it('give way to the more important one', () => {
    const placed = layOutLabels(
      [label('Folsom', 100, 1), label('Sacramento', 120, 9), label('Davis', 300, 2)],
      [],
      size,
    );
    expect(placed.find(({ key }) => key === 'Sacramento')).toMatchObject({ x: 120, y: 100 });
    expect(placed.find(({ key }) => key === 'Folsom')?.y).not.toBe(100);
  });

  it('keep clear of pins and of the edge', () => {
    const pin = { left: 90, right: 110, top: 90, bottom: 110 };
    const [folsom, davis] = layOutLabels([label('Folsom', 100, 2), label('Davis', 2, 1)], [pin], size);
    expect(folsom?.y).not.toBe(100);
    expect(davis?.x).toBeGreaterThan(20);
  });
});
