import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { AdminListing } from '@viewora/contracts/moderation';
import { propertyApi } from '@viewora/contracts/property';
import { ArrowUpRight } from 'lucide-react';
import { Link } from 'react-router';
import { listingsQuery, userQuery } from '../api/admin-queries.ts';
import { formatAgo } from '../format/dates.ts';
import { plural, typeNames } from '../format/facts.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { AdminSearch } from './admin-search.tsx';
import { BlockButton } from './block-button.tsx';
import { subjectOfListing } from './blocking.ts';
import { BulkBar } from './bulk-bar.tsx';
import { ChoiceFilter, SetFilter } from './choice-filter.tsx';
import { type Column, DataTable, TableSkeleton } from './data-table.tsx';
import { ListStates } from './list-states.tsx';
import { isPublic, priceText } from './listing-text.ts';
import { ListingStatusText } from './status-text.tsx';
import { useUrlFilter } from './url-filter.ts';
import { useListKeys } from './use-list-keys.ts';
import { useSelection } from './use-selection.ts';
import { Views } from './views.tsx';
import { listingStatusNames } from './words.ts';
import { WorkPage } from './work-page.tsx';

const schema = propertyApi.adminListings.input.omit({ limit: true, cursor: true });

const views = [
  { name: 'All', filter: {} },
  { name: 'Published', filter: { status: ['published'], isBlocked: false } },
  { name: 'Drafts', filter: { status: ['draft'] } },
  { name: 'Sold', filter: { status: ['sold'] } },
  { name: 'Blocked', filter: { isBlocked: true } },
];

const blockChoices = { true: 'Blocked', false: 'Not blocked' };

/** Every listing, whatever its state, the last changed first. */
export function ListingsPage() {
  const [filter, refine] = useUrlFilter(schema);
  const listings = useInfiniteQuery(listingsQuery(filter));
  const owner = useQuery({ ...userQuery(filter.ownerId ?? ''), enabled: filter.ownerId !== undefined });
  const items = listings.data?.pages.flatMap((page) => page.items) ?? [];
  const selection = useSelection(items, ({ isBlocked }) => !isBlocked);
  useListKeys(items, selection);
  return (
    <WorkPage title="Listings" summary={listings.data && shownText(items.length, listings.hasNextPage)}>
      <Views label="Views of listings" views={views} schema={schema} filter={filter} />
      <div className="mt-4 flex flex-wrap items-center gap-2">
        <AdminSearch
          label="Words of the title or the place"
          value={filter.q}
          onChange={(q) => refine({ q }, 'movement')}
        />
        <ChoiceFilter
          name="Status"
          choices={listingStatusNames}
          chosen={filter.status}
          onChange={(status) => refine({ status })}
        />
        <ChoiceFilter
          name="Block"
          choices={blockChoices}
          chosen={filter.isBlocked === undefined ? undefined : [`${filter.isBlocked}`]}
          // Both is the same as neither; of two, the one that was pressed last.
          onChange={(chosen) => {
            const next = chosen?.filter((choice) => choice !== String(filter.isBlocked));
            refine({ isBlocked: next?.[0] === undefined ? undefined : next[0] === 'true' });
          }}
        />
        {filter.ownerId !== undefined && (
          <SetFilter text={`Of ${owner.data?.name ?? 'one owner'}`} onClear={() => refine({ ownerId: undefined })} />
        )}
      </div>
      <ListStates
        query={listings}
        many="listings"
        isEmpty={items.length === 0}
        empty={
          <Notice
            title="No listing is like this"
            action={
              <Button
                onClick={() => refine({ q: undefined, status: undefined, isBlocked: undefined, ownerId: undefined })}
              >
                Show all listings
              </Button>
            }
          >
            None matches all of the search and the filters.
          </Notice>
        }
        skeleton={<TableSkeleton />}
      >
        <DataTable
          caption="Listings"
          columns={columns}
          items={items}
          nameOf={({ title }) => title}
          selection={selection}
        />
      </ListStates>
      <BulkBar subjects={selection.items.map(subjectOfListing)} onClear={selection.clear} />
    </WorkPage>
  );
}

/** All of them are not counted; what is shown is. */
function shownText(count: number, hasMore: boolean): string {
  return hasMore ? `The first ${plural(count, 'listing')}` : plural(count, 'listing');
}

function PublicLink({ listing }: { listing: AdminListing }) {
  return (
    <a
      href={`/homes/${listing.id}`}
      target="_blank"
      rel="noreferrer"
      aria-label={`Public page of ${listing.title}, in a new tab`}
      title="Public page, in a new tab"
      className="grid size-11 shrink-0 place-items-center rounded-card text-muted hover:text-ink md:size-9"
    >
      <ArrowUpRight size={18} aria-hidden />
    </a>
  );
}

const columns: readonly Column<AdminListing>[] = [
  {
    header: 'Listing',
    onCard: 'top',
    className: 'w-[36%] max-w-0',
    cell: ({ id, title, city, type }) => (
      <div className="min-w-0">
        <Link
          to={`/admin/listings/${id}`}
          className="thumb block truncate text-base font-semibold underline-offset-4 hover:underline md:text-sm"
        >
          {title}
        </Link>
        <span className="block truncate text-sm text-muted">
          {[city ?? 'No place yet', typeNames[type]].join(' · ')}
        </span>
      </div>
    ),
  },
  { header: 'Price', className: 'whitespace-nowrap', cell: priceText },
  { header: 'Status', cell: (listing) => <ListingStatusText listing={listing} /> },
  {
    header: 'Open reports',
    cell: ({ id, title, openReports }) =>
      openReports === 0 ? (
        <span className="text-muted">None</span>
      ) : (
        <Link
          to={`/admin/reports?listingId=${id}`}
          aria-label={`${plural(openReports, 'open report')} of ${title}`}
          className="thumb font-semibold text-accent underline-offset-4 hover:underline max-md:-mx-3 max-md:px-3"
        >
          {openReports}
        </Link>
      ),
  },
  {
    header: 'Owner',
    className: 'whitespace-nowrap',
    cell: ({ ownerId, title }) =>
      ownerId === null ? (
        <span className="text-muted">Imported</span>
      ) : (
        <Link to={`/admin/users/${ownerId}`} className="thumb text-accent underline-offset-4 hover:underline">
          Account<span className="sr-only"> of the owner of {title}</span>
        </Link>
      ),
  },
  {
    header: 'Changed',
    onCard: 'left out',
    className: 'whitespace-nowrap max-lg:hidden',
    cell: ({ updatedAt }) => <time dateTime={updatedAt}>{formatAgo(updatedAt)}</time>,
  },
  {
    header: 'Act',
    onCard: 'end',
    className: 'w-32 text-right',
    cell: (listing) => (
      <span className="inline-flex items-center justify-end max-md:flex-row-reverse">
        {isPublic(listing) && <PublicLink listing={listing} />}
        <BlockButton
          subject={subjectOfListing(listing)}
          isBlocked={listing.isBlocked}
          reason={listing.blockedReason}
          className="text-muted! hover:text-ink! max-md:px-0 md:px-2"
        />
      </span>
    ),
  },
];
