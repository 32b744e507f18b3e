import { useInfiniteQuery } from '@tanstack/react-query';
import type { ListingStatus } from '@viewora/contracts/listing';
import type { OwnListingItem } from '@viewora/contracts/own-listing';
import { useRef, useState } from 'react';
import { ownListingsQuery } from '../api/own-listing-queries.ts';
import { plural } from '../format/facts.ts';
import { failureText } from '../selling/failure-text.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { LiveRegion } from '../ui/live-region.tsx';
import { LoadFailure } from '../ui/load-failure.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { showToast } from '../ui/toast.tsx';
import { useMediaQuery, wideQuery } from '../ui/use-media-query.ts';
import { ListingCards } from './listing-cards.tsx';
import type { RowAction } from './listing-moves.ts';
import { ListingTable } from './listing-table.tsx';
import { movesButtonId } from './moves-button.ts';
import { NoListings } from './no-listings.tsx';
import { PriceDialog } from './price-dialog.tsx';
import { StatusTabs } from './status-tabs.tsx';
import { useListFilter } from './use-list-filter.ts';
import { useListingMoves } from './use-listing-moves.ts';

interface Asked {
  action: 'price' | 'sold' | 'archive';
  listing: OwnListingItem;
}

/** One's own listings, and what can be done with each. */
export function OwnListings() {
  const [filter, setFilter] = useListFilter();
  const query = useInfiniteQuery(ownListingsQuery(filter));
  const isWide = useMediaQuery(wideQuery);
  const list = useRef<HTMLElement>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const { move, moving } = useListingMoves();
  const counts = query.data?.pages[0]?.counts;
  const isShown = ({ status }: OwnListingItem) => filter.status === undefined || status === filter.status;
  const items = query.data?.pages.flatMap((page) => page.items).filter(isShown) ?? [];

  /** A step that can be undone is taken; one that cannot asks with the listing's name. */
  function act(listing: OwnListingItem, action: RowAction): void {
    const canBeUndone = action === 'archive' && listing.status === 'published';
    if (action === 'publish' || action === 'relist' || canBeUndone) {
      move.mutate({ listing, move: action });
      // Its row may leave the list, and the focus with it.
      if (filter.status) list.current?.focus({ preventScroll: true });
    } else {
      setAsked({ action, listing });
    }
  }

  function close(): void {
    // The menu that led here is gone; its button, or at least the list, is where one was.
    const button = asked && document.getElementById(movesButtonId(asked.listing.id));
    setAsked(null);
    move.reset();
    setTimeout(() => (button?.isConnected ? button : list.current)?.focus({ preventScroll: true }));
  }

  function confirm({ action, listing }: Asked): void {
    if (action !== 'price') move.mutate({ listing, move: action, isAsked: true }, { onSuccess: close });
  }

  if (query.isError && !query.data) {
    return (
      <LoadFailure
        title="Your listings could not be loaded"
        error={query.error}
        said={failureText(query.error)}
        onRetry={query.refetch}
      />
    );
  }
  const View = isWide ? ListingTable : ListingCards;
  const total = counts ? Object.values(counts).reduce((sum, count) => sum + count, 0) : undefined;
  return (
    <>
      {total !== 0 && (
        <div className="mt-6 flex flex-wrap items-center gap-x-6 gap-y-4 md:mt-8">
          <StatusTabs filter={filter} counts={counts} />
          <SearchField
            label="Search your listings"
            placeholder="Title or place"
            value={filter.q}
            onChange={(q) => setFilter({ q })}
            className="w-full lg:ml-auto lg:w-64"
          />
        </div>
      )}
      <section ref={list} tabIndex={-1} aria-label="Listings" aria-busy={query.isFetching} className="outline-none">
        {!query.data ? (
          <Rows />
        ) : items.length > 0 ? (
          <View listings={items} movingId={moving} onAct={act} />
        ) : (
          <NoListings filter={filter} total={total ?? 0} onClearWords={() => setFilter({ q: undefined })} />
        )}
        {query.hasNextPage && <MoreButton isPending={query.isFetchingNextPage} onMore={() => query.fetchNextPage()} />}
        {query.isFetchNextPageError && (
          <p role="alert" className="mt-2 text-sm text-worse">
            The rest could not be loaded. {failureText(query.error)}
          </p>
        )}
      </section>
      {asked?.action === 'price' && (
        <PriceDialog listing={asked.listing} onClose={close} onDone={(text) => showToast({ text })} />
      )}
      {asked && asked.action !== 'price' && (
        <ConfirmDialog
          title={
            asked.action === 'sold' ? `Mark “${asked.listing.title}” as sold?` : `Archive “${asked.listing.title}”?`
          }
          action={asked.action === 'sold' ? 'Mark as sold' : 'Archive'}
          pending={asked.action === 'sold' ? 'Marking …' : 'Archiving …'}
          isPending={move.isPending}
          error={move.error}
          onConfirm={() => confirm(asked)}
          onClose={close}
        >
          {asked.action === 'sold'
            ? 'It leaves the market and stays as it is. There is no way back.'
            : 'An archived draft cannot become a draft again: it can only go on the market, once nothing is missing.'}
        </ConfirmDialog>
      )}
      <LiveRegion message={query.isFetching || !query.data ? '' : shownText(items.length, filter.status)} />
    </>
  );
}

function shownText(count: number, status: ListingStatus | undefined): string {
  return `${plural(count, 'listing')} shown${status ? `, ${status}` : ''}`;
}

function Rows() {
  return (
    <div aria-hidden className="mt-4 flex flex-col gap-3">
      {[1, 2, 3, 4].map((row) => (
        <Skeleton key={row} className="h-18" />
      ))}
    </div>
  );
}

function MoreButton({ isPending, onMore }: { isPending: boolean; onMore: () => void }) {
  return (
    <div className="mt-6 flex justify-center">
      <Button aria-disabled={isPending} onClick={() => isPending || onMore()}>
        {isPending ? 'Loading more …' : 'Load more'}
      </Button>
    </div>
  );
}
