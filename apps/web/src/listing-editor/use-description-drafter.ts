import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { askDraft } from '../api/listing-text-queries.ts';
import { DescriptionDrafter, type Drafting } from './description-drafter.ts';
import { readFormer, writeFormer } from './kept-changes.ts';

/** A drafter for as long as the editor is open, on whichever of its steps, and how it stands with the draft. */
export function useDescriptionDrafter(userId: string, listingId: string | null): [DescriptionDrafter, Drafting] {
  const latestId = useRef(listingId);
  latestId.current = listingId;
  const [drafter] = useState(
    () =>
      new DescriptionDrafter(
        {
          ask: askDraft,
          keepFormer: (former) => latestId.current && writeFormer(userId, latestId.current, former),
        },
        listingId && readFormer(userId, listingId),
      ),
  );
  const drafting = useSyncExternalStore(drafter.subscribe, drafter.state);
  useEffect(() => () => drafter.stop(), [drafter]);
  return [drafter, drafting];
}
