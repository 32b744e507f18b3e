import type { ListingStatus } from '@viewora/contracts/listing';
import type { OwnListingPage } from '@viewora/contracts/own-listing';
import { Link } from 'react-router';
import type { OwnListingFilter } from '../api/own-listing-queries.ts';
import { statusNames } from './listing-moves.ts';
import { listQuery } from './use-list-filter.ts';

const tabs: readonly { status: ListingStatus | undefined; name: string }[] = [
  { status: undefined, name: 'All' },
  { status: 'published', name: statusNames.published },
  { status: 'draft', name: 'Drafts' },
  { status: 'archived', name: statusNames.archived },
  { status: 'sold', name: statusNames.sold },
];

interface StatusTabsProps {
  filter: OwnListingFilter;
  counts: OwnListingPage['counts'] | undefined;
}

/** Links and not tabs of an application: each is an address. */
export function StatusTabs({ filter, counts }: StatusTabsProps) {
  return (
    <nav aria-label="Listings by state" className="-mx-5 overflow-x-auto px-5 [scrollbar-width:none] md:mx-0 md:px-0">
      <ul className="flex gap-1.5">
        {tabs.map(({ status, name }) => (
          <li key={name}>
            <Link
              to={{ search: listQuery({ ...filter, status }).toString() }}
              aria-current={filter.status === status ? 'page' : undefined}
              className="flex min-h-11 items-center gap-2 rounded-full border border-hairline bg-surface px-4 text-sm whitespace-nowrap transition-colors hover:border-edge aria-[current=page]:border-accent aria-[current=page]:bg-accent-soft aria-[current=page]:font-semibold md:min-h-10"
            >
              {name}
              {counts && <span className="text-muted">{countOf(counts, status)}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function countOf(counts: OwnListingPage['counts'], status: ListingStatus | undefined): string {
  const count = status ? counts[status] : Object.values(counts).reduce((sum, each) => sum + each, 0);
  return new Intl.NumberFormat('en-US').format(count);
}
