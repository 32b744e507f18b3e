export interface LabelCandidate {
  key: string;
  text: string;
  /** Centre on the screen, CSS pixels. */
  x: number;
  y: number;
  kind: LabelKind;
  /** Larger wins where two would touch. */
  rank: number;
}

export type LabelKind = 'country' | 'state' | 'county' | 'city' | 'minor';

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const charPx: Record<LabelKind, number> = { country: 9, state: 8.5, county: 7.5, city: 7.5, minor: 6 };
const heightPx = 18;
const marginPx = 4;

/** Where a label may stand beside its point, in the order of liking, CSS pixels. */
const seats: Record<LabelKind, readonly (readonly [number, number])[]> = {
  country: ring([0, 24]),
  state: ring([0, 22]),
  county: ring([0, 24, 48]),
  city: ring([0, 22, 36, 52]),
  minor: ring([0, 22]),
};

function ring(distances: readonly number[]): (readonly [number, number])[] {
  return distances.flatMap((d) =>
    d === 0
      ? [[0, 0] as const]
      : ([
          [0, -d],
          [0, d],
          [d, -d * 0.6],
          [-d, -d * 0.6],
          [d, d * 0.6],
          [-d, d * 0.6],
        ] as const),
  );
}

/** The labels that fit without touching each other or what is already there, most important first. */
export function layOutLabels(
  candidates: readonly LabelCandidate[],
  obstacles: readonly Box[],
  size: { width: number; height: number },
): LabelCandidate[] {
  const taken: Box[] = [...obstacles];
  const placed: LabelCandidate[] = [];
  for (const label of [...candidates].sort((a, b) => b.rank - a.rank)) {
    const seated = seats[label.kind]
      .map(([dx, dy]) => ({ ...label, x: label.x + dx, y: label.y + dy }))
      .find((seat) => isFree(boxOf(seat), taken, size));
    if (!seated) continue;
    taken.push(boxOf(seated));
    placed.push(seated);
  }
  return placed;
}

function isFree(box: Box, taken: readonly Box[], size: { width: number; height: number }): boolean {
  const isInside = box.left >= 0 && box.top >= 0 && box.right <= size.width && box.bottom <= size.height;
  return isInside && !taken.some((other) => overlap(box, other));
}

function boxOf({ text, kind, x, y }: LabelCandidate): Box {
  const half = (text.length * charPx[kind]) / 2 + marginPx;
  return { left: x - half, right: x + half, top: y - heightPx / 2, bottom: y + heightPx / 2 };
}

export function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
