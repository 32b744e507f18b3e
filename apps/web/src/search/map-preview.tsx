import type { ListingItem } from '@viewora/contracts/listing';
import { X } from 'lucide-react';
import { Link } from 'react-router';
import { HomeDrawing } from '../drawing/home-drawing.tsx';
import { placeLine } from '../format/facts.ts';
import { formatPriceShort } from '../format/money.ts';
import { FactLine } from '../listing/fact-line.tsx';
import type { Trail } from '../listing/trail.ts';

interface MapPreviewProps {
  listing: ListingItem;
  trail: Trail | null;
  onClose: () => void;
}

/** The home whose pin was picked, small, on the map. */
export function MapPreview({ listing, trail, onClose }: MapPreviewProps) {
  return (
    <section
      aria-label="Picked on the map"
      className="animate-rise absolute inset-x-3 bottom-24 z-10 mx-auto flex max-w-md overflow-hidden rounded-card border border-hairline bg-surface shadow-lift md:bottom-8"
    >
      <Link to={`/homes/${listing.id}`} state={trail} className="flex min-w-0 flex-1 rounded-card -outline-offset-2">
        <div className="picture w-32 shrink-0">
          <HomeDrawing facts={listing} />
        </div>
        <div className="min-w-0 flex-1 py-2 pr-1 pl-3.5">
          <p className="text-lg font-semibold">{formatPriceShort(listing.priceMinor, listing.currency)}</p>
          <FactLine listing={listing} />
          <p className="truncate text-sm text-muted">{placeLine(listing)}</p>
        </div>
      </Link>
      <button
        type="button"
        aria-label="Close"
        onClick={onClose}
        className="grid size-11 shrink-0 place-items-center text-muted hover:text-ink"
      >
        <X size={18} aria-hidden />
      </button>
    </section>
  );
}
