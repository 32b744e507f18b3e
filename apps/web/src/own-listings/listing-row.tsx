import type { OwnListingItem } from '@viewora/contracts/own-listing';
import { Archive, Ban, ChartNoAxesColumn, CircleDashed, Handshake, Store } from 'lucide-react';
import { Link } from 'react-router';
import { formatPrice } from '../format/money.ts';
import { listWords, missingOf, type RowAction, statusNames } from './listing-moves.ts';

/** What the table and the cards have in common. */
export interface ListingViewProps {
  listings: readonly OwnListingItem[];
  /** The one that is being changed. */
  movingId: string | null;
  onAct: (listing: OwnListingItem, action: RowAction) => void;
}

const icons = { draft: CircleDashed, published: Store, sold: Handshake, archived: Archive };

export function StatusText({ listing: { status, isBlocked } }: { listing: OwnListingItem }) {
  const Icon = isBlocked ? Ban : icons[status];
  return (
    <span
      className={`inline-flex items-center gap-1.5 text-sm whitespace-nowrap ${isBlocked ? 'font-semibold text-worse' : status === 'published' ? 'font-semibold' : 'text-muted'}`}
    >
      <Icon size={15} aria-hidden className="shrink-0" />
      {isBlocked ? 'Blocked' : statusNames[status]}
    </span>
  );
}

export function PriceText({ listing: { priceMinor, currency, priceChange } }: { listing: OwnListingItem }) {
  if (priceMinor === null) return <span className="block text-sm text-muted">No price yet</span>;
  return (
    <>
      <span className="block text-base font-semibold whitespace-nowrap">{formatPrice(priceMinor, currency)}</span>
      {priceChange && priceChange.fromMinor !== priceMinor && (
        <span className="block text-xs whitespace-nowrap text-muted">
          {priceChange.fromMinor > priceMinor ? '↓' : '↑'} was {formatPrice(priceChange.fromMinor, currency)}
        </span>
      )}
    </>
  );
}

/** What keeps it off the market, if anything does. */
export function Obstacle({ listing }: { listing: OwnListingItem }) {
  const missing = missingOf(listing);
  if (listing.isBlocked) {
    return (
      <p className="text-sm text-worse">
        An administrator has blocked it: nobody else sees it.
        {listing.blockedReason && ` Reason: ${listing.blockedReason}`}
      </p>
    );
  }
  if (listing.status !== 'draft' || missing.length === 0) return null;
  return <p className="text-sm text-muted">Still needed: {listWords(missing)}</p>;
}

/** To how often it is looked at. */
export function FiguresLink({ listing: { id, title } }: { listing: OwnListingItem }) {
  return (
    <Link
      to={`/sell/${id}/analytics`}
      aria-label={`Figures of “${title}”`}
      title="Figures"
      className="inline-grid size-11 place-items-center rounded-card border border-hairline bg-surface transition-colors hover:bg-sunken md:size-10"
    >
      <ChartNoAxesColumn size={18} aria-hidden />
    </Link>
  );
}
