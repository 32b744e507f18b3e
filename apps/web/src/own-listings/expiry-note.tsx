import { useMutation } from '@tanstack/react-query';
import type { OwnListingItem } from '@viewora/contracts/own-listing';
import { propertyApi } from '@viewora/contracts/property';
import { CalendarCheck, CalendarClock } from 'lucide-react';
import { useEffect, useRef } from 'react';
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

/** That a listing will be archived, and the one press that keeps it; then, in the same place, that it is kept. */
export function ExpiryNote({ listing: { id, title, expiresAt, isExpiring }, className = '' }: ExpiryNoteProps) {
  const kept = useRef<HTMLParagraphElement>(null);
  const keep = useMutation({
    mutationFn: () => call(propertyApi.confirm, { id }),
    // Not waited for: the note follows the press, not the lists.
    onSuccess: (listing) => void listingChanged(listing),
    onError: (error) =>
      showToast({ text: `“${title}” could not be confirmed. ${failureText(error)}`, isFailure: true }),
  });
  useEffect(() => {
    // The button that was pressed went away; whoever has gone on meanwhile is left where they are.
    if (keep.isSuccess && document.activeElement === document.body) kept.current?.focus({ preventScroll: true });
  }, [keep.isSuccess]);
  const look = `flex flex-wrap items-center gap-x-3 gap-y-2 text-sm ${className}`;
  if (keep.data) {
    return (
      <p ref={kept} tabIndex={-1} className={`${look} outline-none`}>
        <span className="flex items-center gap-1.5 text-better">
          <CalendarCheck size={15} aria-hidden className="shrink-0" />
          <span>
            It stays on the market{keep.data.expiresAt && ` until ${formatDay(keep.data.expiresAt)}`}
            <span className="sr-only">: “{title}”</span>.
          </span>
        </span>
      </p>
    );
  }
  if (!isExpiring || expiresAt === null) return null;
  return (
    <div className={look}>
      <p className="flex items-center gap-1.5">
        <CalendarClock size={15} aria-hidden className="shrink-0" />
        <span>
          Still for sale? It is archived on <span className="whitespace-nowrap">{formatDay(expiresAt)}</span>.
        </span>
      </p>
      <Button aria-disabled={keep.isPending} onClick={() => keep.isPending || keep.mutate()}>
        {keep.isPending ? 'Keeping it …' : 'Keep it'}
        <span className="sr-only">on the market: “{title}”</span>
      </Button>
    </div>
  );
}
