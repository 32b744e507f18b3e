import { useSyncExternalStore } from 'react';

const storageKey = 'viewora.counting';
/** Everything that counting keeps on a device begins so. */
export const keptPrefix = 'viewora.counted.';

/** Why this browser’s visits are counted or not. */
export type Counting = 'on' | 'off' | 'refused';

const listeners = new Set<() => void>();

/** `refused`: by the browser itself, for all sites (Global Privacy Control, Do Not Track). No choice of ours outdoes it. */
export function counting(): Counting {
  const { globalPrivacyControl, doNotTrack } = navigator as Navigator & { globalPrivacyControl?: boolean };
  if (globalPrivacyControl || doNotTrack === '1') return 'refused';
  try {
    return localStorage.getItem(storageKey) === 'off' ? 'off' : 'on';
  } catch {
    // Who forbids storage has chosen.
    return 'off';
  }
}

/** A refusal is kept, for how else would it hold; with it goes whatever counting has kept. */
export function chooseCounting(choice: 'on' | 'off'): void {
  try {
    if (choice === 'on') localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, choice);
  } catch {
    // Nothing is counted then.
  }
  if (choice === 'off') forgetCounted();
  for (const notify of listeners) notify();
}

export function forgetCounted(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(keptPrefix)) localStorage.removeItem(key);
  } catch {
    // Then nothing was kept.
  }
}

function subscribe(notify: () => void): () => void {
  listeners.add(notify);
  addEventListener('storage', notify);
  return () => {
    listeners.delete(notify);
    removeEventListener('storage', notify);
  };
}

export function useCounting(): Counting {
  return useSyncExternalStore(subscribe, counting);
}
