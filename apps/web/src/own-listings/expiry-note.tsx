import { useMutation } from '@tanstack/react-query';
import type { OwnListingItem } from '@viewora/contracts/own-listing';
import { propertyApi } from '@viewora/contracts/property';
import { CalendarClock } from 'lucide-react';
import { call } from '../api/api-client.ts';
import { listingChanged } from '../api/own-listing-queries.ts';
import { formatDay } from '../format/dates.ts';
import { failureText } from '../selling/failure-text.ts';
import { Button } from '../ui/button.tsx';
import { showToast } from '../ui/toast.tsx';

interface ExpiryNoteProps {
  listing: Pick<OwnListingItem, 'id' | 'title' | 'expiresAt' | 'isExpiring'>;
  className?: string;
}

/** That a listing will be archived, and the one press that keeps it. */
export function ExpiryNote({ listing: { id, title, expiresAt, isExpiring }, className = '' }: ExpiryNoteProps) {
  const keep = useMutation({
    mutationFn: () => call(propertyApi.confirm, { id }),
    onSuccess: async (kept) => {
      showToast({ text: `“${kept.title}” stays on the market.` });
      await listingChanged(kept);
    },
    onError: (error) =>
      showToast({ text: `“${title}” could not be confirmed. ${failureText(error)}`, isFailure: true }),
  });
  if (!isExpiring || expiresAt === null || keep.isSuccess) return null;
  return (
    <div className={`flex flex-wrap items-center gap-x-3 gap-y-2 text-sm ${className}`}>
      <p className="flex items-center gap-1.5">
        <CalendarClock size={15} aria-hidden className="shrink-0" />
        Still for sale? It is archived on {formatDay(expiresAt)}.
      </p>
      <Button aria-disabled={keep.isPending} onClick={() => keep.isPending || keep.mutate()}>
        {keep.isPending ? 'Keeping it …' : 'Keep it'}
        <span className="sr-only">on the market: “{title}”</span>
      </Button>
    </div>
  );
}
