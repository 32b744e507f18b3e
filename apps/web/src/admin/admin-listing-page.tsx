import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { AppError } from '@viewora/contracts/errors';
import type { AdminListing } from '@viewora/contracts/moderation';
import { Link, useParams } from 'react-router';
import { adminListingQuery, reportsQuery, userQuery } from '../api/admin-queries.ts';
import { formatAgo, formatFullDay } from '../format/dates.ts';
import { typeNames } from '../format/facts.ts';
import { formatPrice } from '../format/money.ts';
import { parseId } from '../search/search-state.ts';
import { buttonClass } from '../ui/button.tsx';
import { LoadFailure } from '../ui/load-failure.tsx';
import { Notice } from '../ui/notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { AuditOf } from './audit-list.tsx';
import { BackTo } from './back-to.tsx';
import { BlockButton } from './block-button.tsx';
import { subjectOfListing } from './blocking.ts';
import { Facts } from './facts.tsx';
import { isPublic } from './listing-text.ts';
import { Part } from './part.tsx';
import { PartOfQuery } from './part-of-query.tsx';
import { ListingStatusText } from './status-text.tsx';
import { reportReasonNames, reportStatusNames } from './words.ts';
import { WorkPage } from './work-page.tsx';

const back = <BackTo to="/admin/listings" name="Listings" />;

/** A listing: its state, whose it is, what visitors say of it, and what administrators have done. */
export function AdminListingPage() {
  const id = parseId(useParams().id ?? null);
  const listing = useQuery({ ...adminListingQuery(id ?? ''), enabled: id !== null });
  if (id === null || (listing.error instanceof AppError && listing.error.code === 'not_found')) {
    return (
      <WorkPage title="No listing is here" before={back}>
        <Notice title="This listing does not exist">It may have been removed, or the link is incomplete.</Notice>
      </WorkPage>
    );
  }
  if (!listing.data) {
    return (
      <WorkPage key={id} title="Listing" before={back}>
        {listing.isError ? (
          <LoadFailure title="This listing could not be loaded" error={listing.error} onRetry={listing.refetch} />
        ) : (
          <Skeleton className="mt-6 h-64" />
        )}
      </WorkPage>
    );
  }
  return <ListingView key={id} listing={listing.data} />;
}

function ListingView({ listing }: { listing: AdminListing }) {
  return (
    <WorkPage
      title={listing.title}
      before={back}
      actions={
        <>
          {isPublic(listing) && (
            <a href={`/homes/${listing.id}`} target="_blank" rel="noreferrer" className={buttonClass()}>
              Public page<span className="sr-only">, in a new tab</span>
            </a>
          )}
          <BlockButton
            subject={subjectOfListing(listing)}
            isBlocked={listing.isBlocked}
            reason={listing.blockedReason}
            look="plain"
          />
        </>
      }
    >
      <div className="mt-6">
        <Facts
          facts={[
            ['Status', <ListingStatusText key="status" listing={listing} />],
            ['Blocked because', listing.blockedReason],
            ['Blocked', listing.blockedAt && formatFullDay(listing.blockedAt)],
            ['Type', typeNames[listing.type]],
            ['Price', listing.priceMinor === null ? 'None yet' : formatPrice(listing.priceMinor, listing.currency)],
            ['Place', listing.city ?? 'None yet'],
            [
              'Owner',
              listing.ownerId === null ? 'Imported by Viewora' : <OwnerLink key="owner" id={listing.ownerId} />,
            ],
            ['Changed', formatAgo(listing.updatedAt)],
          ]}
        />
      </div>
      <ReportsOf listing={listing} />
      <AuditOf id={listing.id} title="What administrators have done here" filter="targetId" />
    </WorkPage>
  );
}

function OwnerLink({ id }: { id: string }) {
  const { data } = useQuery(userQuery(id));
  return (
    <Link to={`/admin/users/${id}`} className="thumb font-semibold text-accent underline-offset-4 hover:underline">
      {data?.name ?? 'Their account'}
    </Link>
  );
}

function ReportsOf({ listing }: { listing: AdminListing }) {
  const reports = useInfiniteQuery(reportsQuery({ listingId: listing.id }));
  return (
    <Part title="Reports" more={{ to: `/admin/reports?listingId=${listing.id}`, label: 'Deal with them' }}>
      <PartOfQuery query={reports}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <p className="text-sm text-muted">Nobody has reported it.</p>;
          return (
            <ul className="text-sm">
              {items.map(({ id, reason, text, status, at }) => (
                <li key={id} className="border-b border-hairline py-2.5 last:border-b-0">
                  <p>
                    <span className="font-semibold">{reportReasonNames[reason]}</span>
                    <span className="text-muted">
                      {' '}
                      · {reportStatusNames[status]} · {formatAgo(at)}
                    </span>
                  </p>
                  {text && <p className="text-muted">{text}</p>}
                </li>
              ))}
            </ul>
          );
        }}
      </PartOfQuery>
    </Part>
  );
}
