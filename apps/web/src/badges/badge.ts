import { skipToken, useQuery } from '@tanstack/react-query';
import type { Badge } from '@viewora/contracts/ranking';
import { useEffect } from 'react';

/** The map and the cards come first; who moves on sooner has no need of badges. */
const afterMs = 1_500;

/** What a listing's badge is kept by; null where it has none. */
export const badgeKey = (id: string) => ['badge', id];

/** The badge of a home on a card, once it is known. Whoever draws the cards asks for all of them by `useBadges`. */
export function useBadge(id: string): Badge | null {
  const { data = null } = useQuery<Badge | null>({ queryKey: badgeKey(id), queryFn: skipToken });
  return data;
}

/** Asks for the badges of all cards of a page at once, after they are painted. */
export function useBadges(homes: readonly { id: string }[]): void {
  const ids = homes.map(({ id }) => id).join();
  useEffect(() => {
    if (ids === '') return;
    const wait = setTimeout(() => {
      // Nobody misses a badge that did not come.
      import('./badge-reader.ts').then(({ readBadges }) => readBadges(ids.split(','))).catch(() => {});
    }, afterMs);
    return () => clearTimeout(wait);
  }, [ids]);
}
