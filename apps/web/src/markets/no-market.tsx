import { Link, useNavigate } from 'react-router';
import { SearchBox } from '../places/search-box.tsx';
import { buttonClass } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { usePageHead } from '../ui/use-page-head.ts';
import { marketAddress } from './market-address.ts';

/** A place where nothing was ever for sale here, or no place at all. */
export function NoMarket({ place }: { place: string }) {
  usePageHead('No market there', 'Nothing was ever on the market there.');
  return (
    <Notice
      title={`Nothing is known of a market in “${place}”`}
      isPage
      action={
        <Link to="/markets" className={buttonClass('primary')}>
          See all markets
        </Link>
      }
    >
      <p className="mb-4">No home there was ever listed here, or it is called something else.</p>
      <PlaceFinder />
    </Notice>
  );
}

/** Goes to the market of a place that somebody names. */
export function PlaceFinder() {
  const navigate = useNavigate();
  return (
    <div className="relative flex w-full md:w-80">
      <SearchBox
        value=""
        label="Search for a place"
        placeholder="City, neighbourhood or postal code"
        isForPlaces
        onPlace={({ name }) => navigate(marketAddress(name))}
        onWords={(q) => q !== undefined && navigate(marketAddress(q))}
        onListing={(id) => navigate(`/homes/${id}`)}
      />
    </div>
  );
}
