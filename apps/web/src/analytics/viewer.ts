import { keptPrefix } from './counting.ts';

const storageKey = `${keptPrefix}viewer`;
const renewedAfterMs = 90 * 86_400_000;

interface Viewer {
  id: string;
  since: number;
}

/** Where there is no room to keep it, it lasts as long as the page. */
let unkept: Viewer | null = null;

/** Says that two views are one visitor’s, and nothing about who that is. Made when there is something to count, not before. */
export function viewerId(now: number): string {
  const viewer = read() ?? unkept;
  if (viewer && now - viewer.since < renewedAfterMs) return viewer.id;
  return begin({ id: crypto.randomUUID(), since: now }).id;
}

function begin(viewer: Viewer): Viewer {
  try {
    localStorage.setItem(storageKey, JSON.stringify(viewer));
    unkept = null;
  } catch {
    unkept = viewer;
  }
  return viewer;
}

function read(): Viewer | null {
  try {
    const kept = JSON.parse(localStorage.getItem(storageKey) ?? 'null') as Viewer | null;
    return kept && /^[\w-]{8,64}$/.test(kept.id) && Number.isFinite(kept.since) ? kept : null;
  } catch {
    return null;
  }
}
