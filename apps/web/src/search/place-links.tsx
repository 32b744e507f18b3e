import { ChartColumn, TrendingUp } from 'lucide-react';
import { Link } from 'react-router';
import { marketAddress } from '../markets/market-address.ts';
import { placeLinksLook } from './sheet-look.ts';

const look =
  'grid size-11 place-items-center rounded-card text-muted transition-colors hover:bg-sunken hover:text-ink md:size-9 xl:flex xl:w-auto xl:items-center xl:gap-1.5 xl:px-2.5';

interface PlaceLinksProps {
  /** What the search names: a city, or a part of one. */
  place: string | undefined;
  /** Where the map looks. */
  city: string | null;
}

/** Beside the count: what else there is to know of that place. Of everywhere, where it has no name. */
export function PlaceLinks({ place = '', city }: PlaceLinksProps) {
  const market = place || city;
  // Homes are ranked within cities, which a postal code is not.
  const ranked = place && !/\d/.test(place) ? place : city;
  return (
    <nav aria-label="More to know" className={placeLinksLook}>
      <Link
        to={`/trending${ranked === null ? '' : `?${new URLSearchParams({ place: ranked })}`}`}
        aria-label={`Trending homes${within(ranked)}`}
        title={`Trending homes${within(ranked)}`}
        className={look}
      >
        <TrendingUp size={18} aria-hidden /> <span className="max-xl:hidden">Trending</span>
      </Link>
      <Link
        to={market === null ? '/markets' : marketAddress(market)}
        aria-label={`Prices: what homes cost${within(market)}`}
        title={`What homes cost${within(market)}`}
        className={look}
      >
        <ChartColumn size={18} aria-hidden /> <span className="max-xl:hidden">Prices</span>
      </Link>
    </nav>
  );
}

function within(place: string | null): string {
  return place === null ? '' : ` in ${place}`;
}
