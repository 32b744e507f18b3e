import type { ListingDetail } from '@viewora/contracts/listing';
import { MapPin } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { record } from '../analytics/record.ts';
import { CompareButton } from '../compare/compare-button.tsx';
import { cardReason, placeLine, plural, typeNames } from '../format/facts.ts';
import { formatPrice } from '../format/money.ts';
import { ListedBy } from '../people/listed-by.tsx';
import { SaveButton } from '../saved/heart-button.tsx';
import { buttonClass } from '../ui/button.tsx';
import { AreaText } from './area-text.tsx';
import { ListingInsights } from './listing-insights.tsx';
import { mapAddress } from './map-address.ts';
import { ShareButton } from './share-button.tsx';

const statusNotes: Partial<Record<ListingDetail['status'], string>> = {
  draft: 'A draft: only you can see it',
  sold: 'Sold',
  archived: 'No longer for sale',
};

/** Price, facts and place, and the next step: beside the page on a desk, at the thumb on a phone. */
export function ListingSummary({ listing }: { listing: ListingDetail }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const reason = cardReason(listing, true);
  const note = statusNotes[listing.status];
  // Whoever arrives by keyboard or ear starts at what the page is about.
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);

  return (
    <div className="px-5 pt-5 pb-6 md:row-span-2 md:px-0 md:pt-0">
      <div className="md:sticky md:top-6 md:rounded-card md:border md:border-hairline md:bg-surface md:p-6">
        {note && <p className="mb-3 rounded-sm bg-sunken px-3 py-2 text-sm font-semibold">{note}</p>}
        <p className="text-xl font-semibold">{formatPrice(listing.priceMinor, listing.currency)}</p>
        {reason && (
          <p className={`mt-1 text-sm ${reason.kind === 'cut' ? 'text-better' : 'text-muted'}`}>{reason.text}</p>
        )}
        <h1 ref={heading} tabIndex={-1} className="mt-3 text-lg font-semibold text-balance outline-none">
          {listing.title}
        </h1>
        <p className="mt-1 text-sm text-muted">{listing.address ?? placeLine(listing)}</p>
        <ul className="mt-4 flex flex-wrap gap-x-4 gap-y-1 text-base">
          {listing.beds !== null && <li>{plural(listing.beds, 'bed')}</li>}
          {listing.baths !== null && <li>{plural(listing.baths, 'bath')}</li>}
          {listing.areaSqm !== null && (
            <li>
              <AreaText listing={listing} />
            </li>
          )}
          <li>{typeNames[listing.type]}</li>
        </ul>
        <ListingInsights listing={listing} />
        <div className="mt-5 flex gap-2.5 *:flex-1">
          <SaveButton id={listing.id} title={listing.title} />
          <CompareButton home={listing} />
        </div>
        {listing.ownerId && <ListedBy ownerId={listing.ownerId} />}
        <div className="fixed inset-x-0 bottom-0 z-30 flex gap-2.5 border-t border-hairline bg-surface px-5 pt-3 pb-[calc(12px+env(safe-area-inset-bottom))] md:static md:mt-6 md:flex-col md:border-0 md:bg-transparent md:p-0">
          <ShareButton
            title={listing.title}
            onShared={(channel) =>
              record({ type: 'share', propertyId: listing.id, ...(channel && { data: { channel } }) })
            }
          />
          {listing.location && (
            <Link to={mapAddress(listing)} className={`${buttonClass()} flex-1`}>
              <MapPin size={16} aria-hidden /> Show on map
            </Link>
          )}
        </div>
      </div>
    </div>
  );
}
