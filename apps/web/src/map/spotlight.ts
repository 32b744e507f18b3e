import { useCallback, useSyncExternalStore } from 'react';
import type { PinnedHome } from './pins.ts';

/**
 * The home that a pointer or the focus is on, wherever: its card lifts its pin and its pin lifts its card. A store of
 * its own, because it changes with every movement and must not draw the whole page again.
 */
export class Spotlight {
  private home: PinnedHome | null = null;
  private readonly listeners = new Set<() => void>();

  readonly current = (): PinnedHome | null => this.home;

  readonly point = (home: PinnedHome | null): void => {
    if (home?.id === this.home?.id) return;
    this.home = home;
    for (const notify of this.listeners) notify();
  };

  readonly subscribe = (notify: () => void): (() => void) => {
    this.listeners.add(notify);
    return () => this.listeners.delete(notify);
  };
}

export function useIsSpotlit(spotlight: Spotlight, id: string): boolean {
  const isSpotlit = useCallback(() => spotlight.current()?.id === id, [spotlight, id]);
  return useSyncExternalStore(spotlight.subscribe, isSpotlit);
}
