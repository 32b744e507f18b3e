import { useQueryClient } from '@tanstack/react-query';
import type { ListingItem } from '@viewora/contracts/listing';
import { useRef } from 'react';
import { listingQuery } from '../api/property-queries.ts';
import { type Spotlight, useIsSpotlit } from '../map/spotlight.ts';
import { preloadListingPage } from '../routes.ts';

const hoverPauseMs = 80;

/** A card that lifts its home's pin while a pointer or the focus is on it, and is lifted by it. */
export function usePointing(listing: ListingItem, spotlight: Spotlight) {
  const queryClient = useQueryClient();
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isLifted = useIsSpotlit(spotlight, listing.id);

  function point(): void {
    spotlight.point(listing);
    // Only for those who stay: a pointer that crosses the list must not load all of it.
    pause.current = setTimeout(() => {
      preloadListingPage();
      queryClient.prefetchQuery(listingQuery(listing.id));
    }, hoverPauseMs);
  }

  function leave(): void {
    clearTimeout(pause.current);
    if (spotlight.current()?.id === listing.id) spotlight.point(null);
  }

  return {
    isLifted,
    pointing: { onPointerEnter: point, onPointerLeave: leave, onFocus: point, onBlur: leave },
  };
}
