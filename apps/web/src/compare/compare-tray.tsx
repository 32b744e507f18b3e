import type { ListingItem } from '@viewora/contracts/listing';
import { compareLimits } from '@viewora/contracts/saved-listing';
import { X } from 'lucide-react';
import { Link } from 'react-router';
import { HomeDrawing } from '../drawing/home-drawing.tsx';
import { formatPriceShort } from '../format/money.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { compareAddress } from './compare-address.ts';
import { setPicked, togglePicked } from './picked-homes.ts';

const places = Array.from({ length: compareLimits.max }, (_, i) => i);

/** The homes that were picked so far, and the way to see them side by side. */
export function CompareTray({ picked }: { picked: readonly ListingItem[] }) {
  return (
    <section
      aria-label="Homes to compare"
      className="animate-rise pointer-events-auto relative z-30 flex items-center gap-3 rounded-card border border-hairline bg-surface p-2 shadow-lift"
    >
      <ul className="flex gap-1.5">
        {places.map((i) => {
          const home = picked[i];
          // Which places are free needs not be heard: the button says how many there are.
          return home ? (
            <PickedHome key={home.id} home={home} />
          ) : (
            <li key={i} aria-hidden className="hidden h-11 w-14 rounded-sm border border-dashed border-edge md:block" />
          );
        })}
      </ul>
      {picked.length < compareLimits.min ? (
        <p className="pr-2 text-sm">Pick one more to compare</p>
      ) : (
        <Link to={compareAddress(picked)} className={buttonClass('primary')}>
          Compare {picked.length}
          <span className="sr-only"> homes</span>
        </Link>
      )}
      <Button look="quiet" className="-ml-2 px-2 max-md:hidden" onClick={() => setPicked([])}>
        Clear
      </Button>
    </section>
  );
}

function PickedHome({ home }: { home: ListingItem }) {
  const price = formatPriceShort(home.priceMinor, home.currency);
  return (
    <li>
      <button
        type="button"
        aria-label={`Take out ${home.title}, ${price}`}
        title={`Take out ${home.title}, ${price}`}
        onClick={() => togglePicked(home)}
        className="group relative block h-11 w-14 rounded-sm"
      >
        <span aria-hidden className="picture block h-full rounded-sm">
          <HomeDrawing facts={home} />
        </span>
        <span className="absolute -top-1.5 -right-1.5 grid size-5 place-items-center rounded-full border border-hairline bg-surface transition-colors group-hover:bg-sunken">
          <X size={12} aria-hidden />
        </span>
      </button>
    </li>
  );
}
