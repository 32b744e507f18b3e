import type { ListingDetail } from '@viewora/contracts/listing';
import { MapPin } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { record } from '../analytics/record.ts';
import { CompareButton } from '../compare/compare-button.tsx';
import { ListedBy } from '../people/listed-by.tsx';
import { SaveButton } from '../saved/heart-button.tsx';
import { buttonClass } from '../ui/button.tsx';
import { AreaText } from './area-text.tsx';
import { factsLook, summaryFacts, summaryLines, summaryLook } from './listing-head.ts';
import { ListingInsights } from './listing-insights.tsx';
import { mapAddress } from './map-address.ts';
import { ShareButton } from './share-button.tsx';

/** Price, facts and place, and the next step: beside the page on a desk, at the thumb on a phone. */
export function ListingSummary({ listing }: { listing: ListingDetail }) {
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever arrives by keyboard or ear starts at what the page is about.
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);

  return (
    <div className={`${summaryLook} md:row-span-2 md:px-0 md:pt-0`}>
      <div className="md:sticky md:top-6 md:rounded-card md:border md:border-hairline md:bg-surface md:p-6">
        {summaryLines(listing).map(({ part, text, look }) =>
          part === 'title' ? (
            <h1 key={part} ref={heading} tabIndex={-1} className={look}>
              {text}
            </h1>
          ) : (
            <p key={part} className={look}>
              {text}
            </p>
          ),
        )}
        <ul className={factsLook}>
          {summaryFacts(listing).map(({ part, text }) => (
            <li key={part}>{part === 'area' ? <AreaText listing={listing} /> : text}</li>
          ))}
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
