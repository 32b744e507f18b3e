import type { OwnListingItem } from '@viewora/contracts/own-listing';
import { Link } from 'react-router';
import { HomeDrawing } from '../drawing/home-drawing.tsx';
import { formatAgo } from '../format/dates.ts';
import { placeLine, shortFacts } from '../format/facts.ts';
import { ExpiryNote } from './expiry-note.tsx';
import { FiguresLink, type ListingViewProps, Obstacle, PriceText, StatusText } from './listing-row.tsx';
import { MoveMenu } from './move-menu.tsx';

const headClass = 'border-b border-hairline px-3 pb-2 text-left text-xs font-normal text-muted';
const cellClass = 'border-b border-hairline px-3 py-3 align-middle';

export function ListingTable({ listings, movingId, onAct }: ListingViewProps) {
  return (
    <table className="mt-6 w-full border-separate border-spacing-0">
      <thead>
        <tr>
          <th scope="col" className={`${headClass} pl-0`}>
            Listing
          </th>
          <th scope="col" className={headClass}>
            State
          </th>
          <th scope="col" className={`${headClass} text-right!`}>
            Price
          </th>
          <th scope="col" className={`${headClass} hidden lg:table-cell`}>
            Changed
          </th>
          <th scope="col" className={headClass}>
            <span className="sr-only">What to do</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {listings.map((listing) => (
          <Row key={listing.id} listing={listing} isMoving={listing.id === movingId} onAct={onAct} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  listing: OwnListingItem;
  isMoving: boolean;
  onAct: ListingViewProps['onAct'];
}

function Row({ listing, isMoving, onAct }: RowProps) {
  return (
    <tr aria-busy={isMoving} className="transition-opacity hover:bg-surface aria-busy:opacity-60">
      <th scope="row" className={`${cellClass} pl-0 text-left font-normal`}>
        <div className="flex items-center gap-4">
          <div className="picture w-22 shrink-0 rounded-sm">
            <HomeDrawing facts={listing} />
          </div>
          <div className="min-w-0">
            <Link
              to={`/sell/${listing.id}/edit`}
              className="text-base font-semibold underline-offset-4 hover:underline"
            >
              {listing.title}
            </Link>
            <p className="text-sm text-muted">{placeLine(listing)}</p>
            <p className="text-sm text-muted">{shortFacts({ ...listing, priceMinor: 0 }).join(' · ')}</p>
            <Obstacle listing={listing} />
            <ExpiryNote listing={listing} className="mt-1" />
          </div>
        </div>
      </th>
      <td className={cellClass}>
        <StatusText listing={listing} />
      </td>
      <td className={`${cellClass} text-right`}>
        <PriceText listing={listing} />
      </td>
      <td className={`${cellClass} hidden text-sm whitespace-nowrap text-muted lg:table-cell`}>
        <time dateTime={listing.updatedAt}>{formatAgo(listing.updatedAt)}</time>
      </td>
      <td className={`${cellClass} pr-0 text-right whitespace-nowrap *:ml-2`}>
        <FiguresLink listing={listing} />
        <MoveMenu listing={listing} onAct={(action) => onAct(listing, action)} />
      </td>
    </tr>
  );
}
