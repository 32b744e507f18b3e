import { useMutation } from '@tanstack/react-query';
import type { OwnListingItem } from '@viewora/contracts/own-listing';
import { propertyApi } from '@viewora/contracts/property';
import { useNavigate } from 'react-router';
import { call } from '../api/api-client.ts';
import { listingChanged, listsChanged, showInLists } from '../api/own-listing-queries.ts';
import { failureText, needsPapers } from '../selling/failure-text.ts';
import { closeToast, showToast } from '../ui/toast.tsx';
import { type Move, statusAfter } from './listing-moves.ts';

interface Asked {
  listing: OwnListingItem;
  move: Move;
  /** A dialog has asked for it, and shows what goes wrong. */
  isAsked?: boolean;
}

const done: Record<Move, string> = {
  publish: 'is on the market',
  relist: 'is back on the market',
  archive: 'is archived',
  sold: 'is marked as sold',
};
const undone: Record<Move, string> = {
  publish: 'published',
  relist: 'put back on the market',
  archive: 'archived',
  sold: 'marked as sold',
};

/** Steps in the life of one's listings: shown at once, taken back where the server refuses, undone where that is possible. */
export function useListingMoves() {
  const navigate = useNavigate();
  const move = useMutation({
    mutationFn: ({ listing, move }: Asked) => call(propertyApi[move], { id: listing.id }),
    onMutate: ({ listing, move, isAsked }) => {
      closeToast();
      if (!isAsked) showInLists(listing.id, (item) => ({ ...item, status: statusAfter[move] }));
    },
    onSuccess: async (changed, { listing, move: taken }) => {
      showInLists(listing.id, () => changed);
      const canUndo = taken === 'archive' && listing.status === 'published';
      showToast({
        text: `“${changed.title}” ${done[taken]}.`,
        ...(canUndo && {
          action: { label: 'Undo', run: () => move.mutate({ listing: changed, move: 'relist' }) },
        }),
      });
      await listingChanged(changed);
    },
    onError: async (error, { listing, move: tried, isAsked }) => {
      if (!isAsked) {
        showToast({
          text: `“${listing.title}” could not be ${undone[tried]}. ${failureText(error)}`,
          isFailure: true,
          ...(needsPapers(error) && { action: { label: 'Your papers', run: () => navigate('/verification') } }),
        });
      }
      await listsChanged();
    },
  });
  return {
    move,
    moving: move.isPending ? move.variables.listing.id : null,
  };
}
