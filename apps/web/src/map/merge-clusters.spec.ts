import type { MapFeature } from '@viewora/contracts/property';
import fc from 'fast-check';
import { mergeClusters } from './merge-clusters.ts';

const cluster = (lon: number, lat: number, count: number): MapFeature => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [lon, lat] },
  properties: { kind: 'cluster', count, minPriceMinor: count * 10, maxPriceMinor: count * 20, currency: 'USD' },
});
const counts = (features: MapFeature[]) =>
  features.map(({ properties }) => (properties.kind === 'cluster' ? properties.count : 1));

describe('clusters', () => {
  it('that would cover each other become one, with the prices of both', () => {
    const [one, ...rest] = mergeClusters([cluster(-121.4, 38.5, 3), cluster(-121.41, 38.5, 9)], 6);
    expect(rest).toEqual([]);
    expect(one?.properties).toMatchObject({ count: 12, minPriceMinor: 30, maxPriceMinor: 180 });
    expect(one?.geometry.coordinates[0]).toBe(-121.41);
  });

  it('stay apart where there is room', () => {
    expect(counts(mergeClusters([cluster(-121.4, 38.5, 3), cluster(-121.41, 38.5, 9)], 15))).toEqual([9, 3]);
  });

  it('never lose a home', () => {
    const some = fc.array(
      fc
        .tuple(fc.double({ min: -122, max: -121, noNaN: true }), fc.integer({ min: 2, max: 500 }))
        .map(([lon, count]) => cluster(lon, 38.5, count)),
    );
    fc.assert(
      fc.property(some, fc.integer({ min: 0, max: 18 }), (features, zoom) => {
        const sum = (all: MapFeature[]) => counts(all).reduce((total, count) => total + count, 0);
        expect(sum(mergeClusters(features, zoom))).toBe(sum(features));
      }),
    );
  });
});
