import type { StyleSpecification } from 'maplibre-gl';

const patienceMs = 2_000;
const attempts = new Map<string, Promise<StyleSpecification | null>>();
const settledUnreachable = new Set<string>();

/** The style at a URL, asked for once a page load; null where it does not answer in time. */
export function loadRemoteStyle(url: string): Promise<StyleSpecification | null> {
  const attempt = attempts.get(url) ?? fetchStyle(url);
  attempts.set(url, attempt);
  return attempt;
}

export function isKnownUnreachable(url: string): boolean {
  return settledUnreachable.has(url);
}

/** A style whose tiles do not come is no better than none. */
export function markUnreachable(url: string): void {
  settledUnreachable.add(url);
  attempts.set(url, Promise.resolve(null));
}

async function fetchStyle(url: string): Promise<StyleSpecification | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(patienceMs) });
    const style: unknown = response.ok ? await response.json() : null;
    if (isStyle(style)) return style;
  } catch {
    // Unreachable, too slow or not a style: the embedded map takes over, which is no error to anybody.
  }
  markUnreachable(url);
  return null;
}

function isStyle(value: unknown): value is StyleSpecification {
  return typeof value === 'object' && value !== null && 'layers' in value && 'sources' in value;
}
