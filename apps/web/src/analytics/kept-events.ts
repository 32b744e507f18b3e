import type { AnalyticsEvent } from '@viewora/contracts/analytics';
import { keptPrefix } from './counting.ts';
import { keptForMs, mostKept } from './event-queue.ts';

const storageKey = `${keptPrefix}events`;
/** Younger ones have a page that sends them still. */
const leftBehindAfterMs = 60_000;

function read(): AnalyticsEvent[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isEvent) : [];
  } catch {
    return [];
  }
}

/** Whatever another release has kept, the server judges; here it only has to be sortable. */
function isEvent(kept: unknown): kept is AnalyticsEvent {
  return (
    typeof kept === 'object' &&
    kept !== null &&
    'id' in kept &&
    typeof kept.id === 'string' &&
    'at' in kept &&
    typeof kept.at === 'string'
  );
}

function write(events: readonly AnalyticsEvent[]): void {
  try {
    if (events.length === 0) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, JSON.stringify(events));
  } catch {
    // Without storage, or with a full one, an event lives as long as its page.
  }
}

/** All tabs share one list, and each takes out what it has sent. */
export function keepEvent(event: AnalyticsEvent): void {
  write([...read(), event].slice(-mostKept));
}

export function dropEvents(ids: ReadonlySet<string>): void {
  write(read().filter(({ id }) => !ids.has(id)));
}

export function eventsLeftBehind(now: number): AnalyticsEvent[] {
  return read().filter(({ at }) => {
    const age = now - Date.parse(at);
    return age >= leftBehindAfterMs && age < keptForMs;
  });
}
