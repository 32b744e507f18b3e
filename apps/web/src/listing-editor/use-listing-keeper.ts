import type { OwnListing } from '@viewora/contracts/own-listing';
import { propertyApi } from '@viewora/contracts/property';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { call } from '../api/api-client.ts';
import { listingChanged } from '../api/own-listing-queries.ts';
import { readKept, writeKept } from './kept-changes.ts';
import { type KeeperState, ListingKeeper } from './listing-keeper.ts';

interface Opened {
  userId: string;
  listing: OwnListing | null;
  currency: string;
  /** A draft has been begun, and has an address now. */
  onBegun: (listing: OwnListing) => void;
}

/** A keeper for as long as the editor is open, and what it knows. */
export function useListingKeeper({ userId, listing, currency, onBegun }: Opened): [ListingKeeper, KeeperState] {
  const latest = useRef(onBegun);
  latest.current = onBegun;
  const [keeper] = useState(() => {
    let isBegun = listing !== null;
    return new ListingKeeper(
      {
        create: (draft, key) => call(propertyApi.create, draft, { headers: { 'idempotency-key': key } }),
        update: (id, version, edit) => call(propertyApi.update, { id, version, ...edit }),
        load: (id) => call(propertyApi.myListing, { id }),
        keep: (id, changes) => writeKept(userId, id, changes),
        newKey: () => crypto.randomUUID(),
        onSaved(saved) {
          void listingChanged(saved);
          if (!isBegun) latest.current(saved);
          isBegun = true;
        },
      },
      { listing, currency, kept: readKept(userId, listing?.id ?? null) },
    );
  });
  const state = useSyncExternalStore(keeper.subscribe, keeper.state);
  useEffect(() => {
    keeper.open();
    const retry = () => keeper.state().error && keeper.savesItself() && void keeper.save();
    addEventListener('online', retry);
    return () => {
      removeEventListener('online', retry);
      keeper.close();
    };
  }, [keeper]);
  return [keeper, state];
}
