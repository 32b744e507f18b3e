import type { ListingDetail } from '@viewora/contracts/listing';
import { useEffect } from 'react';
import { useListingVisit } from '../analytics/use-listing-visit.ts';
import { formatPrice } from '../format/money.ts';
import { PrivacyLink } from '../privacy/privacy-link.tsx';
import { ReportLink } from '../report/report-link.tsx';
import { ListingFacts } from './listing-facts.tsx';
import { ListingGallery } from './listing-gallery.tsx';
import { descriptionLook, descriptionTitle } from './listing-head.ts';
import { ListingMap } from './listing-map.tsx';
import { ListingSummary } from './listing-summary.tsx';
import { MarketContext } from './market-context.tsx';
import { PlaceLines } from './place-lines.tsx';
import { PriceHistory } from './price-history.tsx';
import { Section } from './section.tsx';
import { SimilarHomes } from './similar-homes.tsx';

export function ListingView({ listing }: { listing: ListingDetail }) {
  useEffect(() => {
    document.title = `${formatPrice(listing.priceMinor, listing.currency)} · ${listing.title} – Viewora`;
  }, [listing]);
  useListingVisit(listing);

  return (
    <div className="mx-auto grid max-w-6xl gap-x-10 pb-32 md:grid-cols-[minmax(0,1fr)_340px] md:px-5 md:pt-6 md:pb-16">
      <ListingGallery listing={listing} />
      <ListingSummary listing={listing} />
      <div className="min-w-0 px-5 md:px-0">
        {listing.description !== '' && (
          <Section title={descriptionTitle}>
            <p className={descriptionLook}>{listing.description}</p>
          </Section>
        )}
        <Section title="Facts">
          <ListingFacts listing={listing} />
        </Section>
        <PriceHistory listing={listing} />
        <MarketContext listing={listing} />
        {listing.city && <PlaceLines city={listing.city} />}
        {listing.location && <ListingMap listing={listing} location={listing.location} />}
      </div>
      <div className="min-w-0 px-5 md:col-span-2 md:px-0">
        <SimilarHomes id={listing.id} />
        <div className="flex flex-wrap gap-x-6">
          <ReportLink listing={listing} />
          <PrivacyLink />
        </div>
      </div>
    </div>
  );
}
