import { counting } from './counting.ts';
import type { Happening } from './happening.ts';

type Beacon = typeof import('./beacon.ts');

let beacon: Beacon | undefined;
let loading: Promise<Beacon | undefined> | undefined;

/** Remembers what happened and tells the server in its own time. Never throws, never waits. */
export function record(happening: Happening): void {
  if (beacon) beacon.tell(happening);
  else void loadBeacon().then((loaded) => loaded?.tell(happening));
}

/** The map comes first: nobody has really seen a card sooner. */
const cardsAfterMs = 1_500;

/** Tells of every card of a list that is really seen, until it is told to stop. */
export function watchCards(list: HTMLElement): () => void {
  let stop: (() => void) | null = () => {};
  const wait = setTimeout(async () => {
    const loaded = await loadBeacon();
    if (stop) stop = loaded?.watchCards(list) ?? null;
  }, cardsAfterMs);
  return () => {
    clearTimeout(wait);
    stop?.();
    stop = null;
  };
}

/** What counts comes after what is looked at; whoever is not counted never loads it. */
export async function loadBeacon(): Promise<Beacon | undefined> {
  if (counting() !== 'on') return undefined;
  loading ??= idle()
    .then(() => import('./beacon.ts'))
    .then((loaded) => {
      beacon = loaded;
      return loaded;
    })
    .catch(() => {
      loading = undefined;
      return undefined;
    });
  return loading;
}

/** The first moment with nothing else to do, which not every browser tells. */
function idle(): Promise<void> {
  return new Promise((done) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => done(), { timeout: 700 });
    else setTimeout(done, 200);
  });
}
