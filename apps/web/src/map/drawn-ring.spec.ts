import { Polygon } from '@viewora/contracts/geo';
import fc from 'fast-check';
import { ringFromCorners, ringFromStroke, type ScreenPoint, signedArea } from './drawn-ring.ts';

function circle(turns: number, steps = 200): ScreenPoint[] {
  return Array.from({ length: steps }, (_, i) => {
    const angle = (i / steps) * turns * 2 * Math.PI;
    return { x: 200 + 100 * Math.cos(angle), y: 200 + (100 + i * 0.05) * Math.sin(angle) };
  });
}

function asPolygon(ring: readonly ScreenPoint[]): unknown {
  const positions = ring.map(({ x, y }) => [x / 100, y / 100]);
  return { type: 'Polygon', coordinates: [[...positions, positions[0]]] };
}

describe('an area drawn by hand', () => {
  it('keeps its size with far fewer corners', () => {
    const ring = ringFromStroke(circle(0.98));
    expect(ring?.length).toBeLessThan(40);
    expect(Math.abs(signedArea(ring ?? []))).toBeGreaterThan(0.9 * Math.PI * 100 * 100);
  });

  it('drops the tail of a stroke that overshoots', () => {
    const ring = ringFromStroke(circle(1.1));
    expect(Polygon.safeParse(asPolygon(ring ?? [])).success).toBe(true);
  });

  it('is always an area that search takes, or none', () => {
    const point = fc.record({ x: fc.integer({ min: 0, max: 800 }), y: fc.integer({ min: 0, max: 800 }) });
    fc.assert(
      fc.property(fc.array(point, { maxLength: 60 }), (stroke) => {
        for (const ring of [ringFromStroke(stroke), ringFromCorners(stroke.slice(0, 12))]) {
          if (ring) expect(Polygon.safeParse(asPolygon(ring)).success).toBe(true);
        }
      }),
    );
  });

  it('is nothing when it encloses nothing', () => {
    expect(ringFromStroke([{ x: 1, y: 1 }])).toBeNull();
    expect(
      ringFromCorners([
        { x: 0, y: 0 },
        { x: 100, y: 0 },
        { x: 200, y: 0 },
      ]),
    ).toBeNull();
  });
});
