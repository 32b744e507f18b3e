import { Link } from 'react-router';
import { HomeDrawing } from '../drawing/home-drawing.tsx';
import { formatAgo } from '../format/dates.ts';
import { placeLine } from '../format/facts.ts';
import { FactLine } from '../listing/fact-line.tsx';
import { ExpiryNote } from './expiry-note.tsx';
import { FiguresLink, type ListingViewProps, Obstacle, PriceText, StatusText } from './listing-row.tsx';
import { MoveMenu } from './move-menu.tsx';

/** The same as the table, where there is no room for columns. The title's link is as large as picture and facts, for a thumb. */
export function ListingCards({ listings, movingId, onAct }: ListingViewProps) {
  return (
    <ul className="mt-4 flex flex-col gap-3">
      {listings.map((listing) => (
        <li
          key={listing.id}
          aria-busy={listing.id === movingId}
          className="rounded-card border border-hairline bg-surface p-3 transition-opacity aria-busy:opacity-60"
        >
          <div className="relative flex gap-3">
            <div className="picture w-24 shrink-0 self-start rounded-sm">
              <HomeDrawing facts={listing} />
            </div>
            <div className="min-w-0 flex-1">
              <PriceText listing={listing} />
              <Link
                to={`/sell/${listing.id}/edit`}
                className="block text-sm font-semibold after:absolute after:inset-0"
              >
                {listing.title}
              </Link>
              <FactLine listing={{ ...listing, priceMinor: 0 }} />
              <p className="truncate text-sm text-muted">{placeLine(listing)}</p>
            </div>
          </div>
          <div className="mt-2 empty:hidden">
            <Obstacle listing={listing} />
            <ExpiryNote listing={listing} />
          </div>
          <div className="mt-2 flex items-center gap-3 border-t border-hairline pt-2">
            <StatusText listing={listing} />
            <time dateTime={listing.updatedAt} className="mr-auto text-xs text-muted">
              {formatAgo(listing.updatedAt)}
            </time>
            <FiguresLink listing={listing} />
            <MoveMenu listing={listing} onAct={(action) => onAct(listing, action)} />
          </div>
        </li>
      ))}
    </ul>
  );
}
