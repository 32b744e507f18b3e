import { ChartColumn, TrendingUp } from 'lucide-react';
import { Link } from 'react-router';
import { marketAddress } from '../markets/market-address.ts';

const look =
  'grid size-11 place-items-center rounded-card text-muted transition-colors hover:bg-sunken hover:text-ink md:size-9 xl:flex xl:w-auto xl:items-center xl:gap-1.5 xl:px-2.5';

/** Beside the count: what else there is to know of where the map looks. Of everywhere, where that has no name. */
export function PlaceLinks({ place }: { place: string | null }) {
  const search = place === null ? '' : `?${new URLSearchParams({ place })}`;
  const where = place === null ? '' : ` in ${place}`;
  return (
    <nav aria-label="More to know" className="-my-3 flex text-sm md:my-0">
      <Link
        to={`/trending${search}`}
        aria-label={`Trending homes${where}`}
        title={`Trending homes${where}`}
        className={look}
      >
        <TrendingUp size={18} aria-hidden /> <span className="max-xl:hidden">Trending</span>
      </Link>
      <Link
        to={place === null ? '/markets' : marketAddress(place)}
        aria-label={`What homes cost${where}`}
        title={`What homes cost${where}`}
        className={look}
      >
        <ChartColumn size={18} aria-hidden /> <span className="max-xl:hidden">Prices</span>
      </Link>
    </nav>
  );
}
