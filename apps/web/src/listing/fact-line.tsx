import type { ListingItem } from '@viewora/contracts/listing';
import { formatArea } from '../format/area.ts';
import { shortFacts, spokenFacts } from '../format/facts.ts';

/** What is known of a home, in one line. A fact that finds no room is left out whole, not cut. */
export function FactLine({ listing }: { listing: ListingItem }) {
  return (
    <>
      <p
        aria-hidden
        title={formatArea(listing)?.other}
        className="flex h-[1lh] flex-wrap gap-x-1 overflow-hidden text-sm whitespace-nowrap"
      >
        {shortFacts(listing).map((fact, i) => (
          <span key={fact}>
            {i > 0 && '· '}
            {fact}
          </span>
        ))}
      </p>
      <span className="sr-only">{spokenFacts(listing)}</span>
    </>
  );
}
