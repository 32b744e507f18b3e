/** A point on the screen, CSS pixels from the map's top left. */
export interface ScreenPoint {
  x: number;
  y: number;
}

const tolerancePx = 3;
const mostCorners = 80;

/**
 * A hand-drawn stroke as a ring that does not cross itself, first corner not repeated; null when it encloses nothing.
 * Whoever draws a lasso overshoots: the largest loop is what was meant. Should the loop still cross itself, its hull stands.
 */
export function ringFromStroke(stroke: readonly ScreenPoint[]): ScreenPoint[] | null {
  const loop = largestLoop(simplify(stroke, tolerancePx));
  let ring = loop;
  for (let tolerance = tolerancePx * 2; ring.length > mostCorners; tolerance *= 2) ring = simplify(loop, tolerance);
  return ringFromCorners(ring);
}

/** Corners set one by one: as they are, or their hull where the lines cross. */
export function ringFromCorners(corners: readonly ScreenPoint[]): ScreenPoint[] | null {
  const ring = corners.filter((point, i) => i === 0 || !isSamePoint(point, corners[i - 1]));
  if (ring.length > 1 && isSamePoint(ring[0], ring.at(-1))) ring.pop();
  const simple = crossesItself(ring) ? hull(ring) : ring;
  return simple.length >= 3 && Math.abs(signedArea(simple)) > 64 ? simple : null;
}

/** Ramer–Douglas–Peucker: the fewest corners from which no point of the line is further than the tolerance. */
export function simplify(points: readonly ScreenPoint[], tolerance: number): ScreenPoint[] {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || points.length < 3) return [...points];
  let furthest = 0;
  let distance = 0;
  points.forEach((point, i) => {
    const d = distanceToSegment(point, first, last);
    if (d > distance) {
      distance = d;
      furthest = i;
    }
  });
  if (distance <= tolerance) return [first, last];
  const before = simplify(points.slice(0, furthest + 1), tolerance);
  return [...before.slice(0, -1), ...simplify(points.slice(furthest), tolerance)];
}

function largestLoop(stroke: readonly ScreenPoint[]): ScreenPoint[] {
  let best: ScreenPoint[] = [...stroke];
  let most = 0;
  for (let i = 0; i < stroke.length - 1; i++) {
    for (let j = i + 2; j < stroke.length - 1; j++) {
      const crossing = intersection(stroke[i], stroke[i + 1], stroke[j], stroke[j + 1]);
      if (!crossing) continue;
      const loop = [crossing, ...stroke.slice(i + 1, j + 1)];
      const enclosed = Math.abs(signedArea(loop));
      if (enclosed > most) {
        most = enclosed;
        best = loop;
      }
    }
  }
  return best;
}

function crossesItself(ring: readonly ScreenPoint[]): boolean {
  for (let i = 0; i < ring.length; i++) {
    for (let j = i + 2; j < ring.length; j++) {
      const isNeighbour = i === 0 && j === ring.length - 1;
      if (!isNeighbour && intersection(ring[i], ring[i + 1], ring[j], ring[(j + 1) % ring.length])) return true;
    }
  }
  return false;
}

type MaybePoint = ScreenPoint | undefined;

function intersection(a: MaybePoint, b: MaybePoint, c: MaybePoint, d: MaybePoint): ScreenPoint | null {
  if (!a || !b || !c || !d) return null;
  const denominator = (b.x - a.x) * (d.y - c.y) - (b.y - a.y) * (d.x - c.x);
  if (denominator === 0) return null;
  const t = ((c.x - a.x) * (d.y - c.y) - (c.y - a.y) * (d.x - c.x)) / denominator;
  const u = ((c.x - a.x) * (b.y - a.y) - (c.y - a.y) * (b.x - a.x)) / denominator;
  if (t < 0 || t > 1 || u < 0 || u > 1) return null;
  return { x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y) };
}

/** Andrew's monotone chain. */
function hull(points: readonly ScreenPoint[]): ScreenPoint[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const half = (ordered: ScreenPoint[]): ScreenPoint[] => {
    const chain: ScreenPoint[] = [];
    for (const point of ordered) {
      while (chain.length >= 2 && turn(chain.at(-2), chain.at(-1), point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.toReversed())];
}

function turn(a: MaybePoint, b: MaybePoint, c: ScreenPoint): number {
  return a && b ? (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) : 0;
}

export function signedArea(ring: readonly ScreenPoint[]): number {
  return ring.reduce((sum, point, i) => {
    const next = ring[(i + 1) % ring.length] ?? point;
    return sum + (point.x * next.y - next.x * point.y) / 2;
  }, 0);
}

function distanceToSegment(p: ScreenPoint, a: ScreenPoint, b: ScreenPoint): number {
  const length = (b.x - a.x) ** 2 + (b.y - a.y) ** 2;
  const t =
    length === 0 ? 0 : Math.max(0, Math.min(1, ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / length));
  return Math.hypot(p.x - a.x - t * (b.x - a.x), p.y - a.y - t * (b.y - a.y));
}

function isSamePoint(a: MaybePoint, b: MaybePoint): boolean {
  return a !== undefined && b !== undefined && Math.hypot(a.x - b.x, a.y - b.y) < 1;
}
