import { type AnalyticsEvent, analyticsApi } from '@viewora/contracts/analytics';
import { toHttpRequest } from '@viewora/contracts/http-client';
import { counting } from './counting.ts';
import { EventQueue, type Outcome } from './event-queue.ts';
import type { Happening } from './happening.ts';
import { dropEvents, eventsLeftBehind, keepEvent } from './kept-events.ts';
import { watchSeen } from './seen-cards.ts';
import { viewerId } from './viewer.ts';

const { url: address } = toHttpRequest(analyticsApi.events, { events: [] });
const timeoutMs = 15_000;
const adoptsAfterMs = 60_000;

const queue = new EventQueue({
  send,
  handOver: (events) => navigator.onLine && navigator.sendBeacon(address, bodyOf(events)),
  keep: keepEvent,
  drop: dropEvents,
  now: Date.now,
  random: Math.random,
});

function adopt(): void {
  if (counting() === 'on') queue.adopt(eventsLeftBehind(Date.now()));
}

adopt();
// A page that was closed a moment ago may have left some that cannot be told from another tab’s yet.
setTimeout(adopt, adoptsAfterMs);
addEventListener('online', () => queue.wake());
// On `window`: whatever listens on the document has said its last by then.
addEventListener('visibilitychange', leaveIfHidden);
addEventListener('pagehide', () => leave());

/** Never throws: that something is not counted is nobody’s trouble who looks at homes. */
export function tell(happening: Happening): void {
  try {
    if (counting() !== 'on') return;
    const now = Date.now();
    queue.add({ ...happening, id: crypto.randomUUID(), viewerId: viewerId(now), at: new Date(now).toISOString() });
    leaveIfHidden();
  } catch {
    // A browser without what this needs is not counted.
  }
}

export function watchCards(list: HTMLElement): () => void {
  return watchSeen(list, (propertyId, position) => tell({ type: 'search_impression', propertyId, data: { position } }));
}

function leaveIfHidden(): void {
  if (document.visibilityState === 'hidden') leave();
}

function leave(): void {
  if (counting() === 'on') queue.leave();
}

async function send(events: readonly AnalyticsEvent[]): Promise<Outcome> {
  // Chosen meanwhile, here or in another tab: what waits goes with the choice.
  if (counting() !== 'on') return { kind: 'refused' };
  const signal = AbortSignal.timeout(timeoutMs);
  const response = await fetch(address, { method: 'POST', body: bodyOf(events), keepalive: true, signal });
  if (response.ok) return { kind: 'taken' };
  const isForLater = response.status === 408 || response.status === 429 || response.status >= 500;
  if (!isForLater) return { kind: 'refused' };
  const seconds = Number(response.headers.get('retry-after'));
  return { kind: 'later', afterMs: seconds > 0 ? seconds * 1_000 : null };
}

/** As text, which a page may always send as it goes away. */
function bodyOf(events: readonly AnalyticsEvent[]): string {
  return JSON.stringify({ events });
}
