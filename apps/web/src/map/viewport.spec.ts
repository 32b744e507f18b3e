import type { Bbox } from '@viewora/contracts/geo';
import fc from 'fast-check';
import { fitBbox, isSameView, project, unproject, viewportBbox } from './viewport.ts';

const size = { width: 700, height: 800 };

describe('the viewport', () => {
  it('projects there and back', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -84, max: 84, noNaN: true }),
        fc.double({ min: -179, max: 179, noNaN: true }),
        fc.integer({ min: 0, max: 20 }),
        (lat, lon, zoom) => {
          const back = unproject(project({ lat, lon }, zoom), zoom);
          expect(back.lat).toBeCloseTo(lat, 6);
          expect(back.lon).toBeCloseTo(lon, 6);
        },
      ),
    );
  });

  it('contains every box that it was fitted to', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -60, max: 60, noNaN: true }),
        fc.double({ min: -170, max: 170, noNaN: true }),
        fc.double({ min: 0.0001, max: 5, noNaN: true }),
        fc.double({ min: 0.0001, max: 5, noNaN: true }),
        (south, west, height, width) => {
          const box: Bbox = [west, south, west + width, south + height];
          const seen = viewportBbox(fitBbox(box, size, { top: 40, right: 20, bottom: 90, left: 20 }), size);
          const margin = 1e-4;
          expect(seen[0]).toBeLessThanOrEqual(box[0] + margin);
          expect(seen[1]).toBeLessThanOrEqual(box[1] + margin);
          expect(seen[2]).toBeGreaterThanOrEqual(box[2] - margin);
          expect(seen[3]).toBeGreaterThanOrEqual(box[3] - margin);
        },
      ),
    );
  });

  it('leaves out what the sheet covers', () => {
    const view = { lat: 38.58, lon: -121.49, zoom: 11 };
    const [, southOfAll] = viewportBbox(view, size);
    const [, southOfVisible] = viewportBbox(view, size, 200);
    expect(southOfVisible).toBeGreaterThan(southOfAll);
  });

  it('takes views for the same that nobody could tell apart', () => {
    const view = { lat: 38.58, lon: -121.49, zoom: 11 };
    expect(isSameView(view, { ...view, lon: view.lon + 0.000_01 })).toBe(true);
    expect(isSameView(view, { ...view, lon: view.lon + 0.01 })).toBe(false);
    expect(isSameView(view, { ...view, zoom: 11.5 })).toBe(false);
  });
});
