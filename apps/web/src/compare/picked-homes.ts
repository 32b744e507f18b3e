import { ListingItem } from '@viewora/contracts/listing';
import { compareLimits } from '@viewora/contracts/saved-listing';
import { useCallback, useSyncExternalStore } from 'react';
import { showToast } from '../ui/toast.tsx';

const storageKey = 'viewora.compare';

/** Homes that were picked to be compared, in the order of the picking; kept as long as the tab. */
let picked: readonly ListingItem[] = read();
const listeners = new Set<() => void>();

function read(): readonly ListingItem[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? '[]');
    return ListingItem.array().max(compareLimits.max).parse(stored);
  } catch {
    return [];
  }
}

export function setPicked(homes: readonly ListingItem[]): void {
  picked = homes;
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(homes));
  } catch {
    // Without storage they are kept as long as the page.
  }
  for (const notify of listeners) notify();
}

/** Picks a home, or lets it go. */
export function togglePicked(home: ListingItem): void {
  const others = picked.filter(({ id }) => id !== home.id);
  if (others.length < picked.length) setPicked(others);
  else if (picked.length < compareLimits.max) setPicked([...picked, home]);
  else showToast({ text: `${compareLimits.max} homes at most. Take one out to add another` });
}

function subscribe(notify: () => void): () => void {
  listeners.add(notify);
  return () => listeners.delete(notify);
}

export function usePicked(): readonly ListingItem[] {
  return useSyncExternalStore(subscribe, () => picked);
}

export function useIsPicked(id: string): boolean {
  return useSyncExternalStore(
    subscribe,
    useCallback(() => picked.some((home) => home.id === id), [id]),
  );
}
