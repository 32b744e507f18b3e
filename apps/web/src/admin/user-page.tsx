import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { AdminUser } from '@viewora/contracts/admin';
import { AppError } from '@viewora/contracts/errors';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { applicationsQuery, listingsQuery, userQuery } from '../api/admin-queries.ts';
import { formatAgo, formatFullDay } from '../format/dates.ts';
import { parseId } from '../search/search-state.ts';
import { Button } from '../ui/button.tsx';
import { LoadFailure } from '../ui/load-failure.tsx';
import { Notice } from '../ui/notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { AuditOf } from './audit-list.tsx';
import { BackTo } from './back-to.tsx';
import { BlockButton } from './block-button.tsx';
import { subjectOf } from './blocking.ts';
import { Facts } from './facts.tsx';
import { priceText } from './listing-text.ts';
import { Part } from './part.tsx';
import { PartOfQuery } from './part-of-query.tsx';
import { RoleDialog } from './role-dialog.tsx';
import { ListingStatusText, UserStatusText, VerificationText } from './status-text.tsx';
import { applicationStatusNames, roleNames } from './words.ts';
import { WorkPage } from './work-page.tsx';

const back = <BackTo to="/admin/users" name="Users" />;
const shown = 5;

/** Somebody: what they are, what is theirs, and what administrators have done about them. */
export function UserPage({ ownId }: { ownId: string }) {
  const id = parseId(useParams().id ?? null);
  const user = useQuery({ ...userQuery(id ?? ''), enabled: id !== null });
  if (id === null || (user.error instanceof AppError && user.error.code === 'not_found')) {
    return (
      <WorkPage title="Nobody is here" before={back}>
        <Notice title="This account does not exist">It may have been erased, or the link is incomplete.</Notice>
      </WorkPage>
    );
  }
  if (!user.data) {
    return (
      <WorkPage key={id} title="User" before={back}>
        {user.isError ? (
          <LoadFailure title="This user could not be loaded" error={user.error} onRetry={user.refetch} />
        ) : (
          <Skeleton className="mt-6 h-64" />
        )}
      </WorkPage>
    );
  }
  return <UserView key={id} user={user.data} isSelf={id === ownId} />;
}

function UserView({ user, isSelf }: { user: AdminUser; isSelf: boolean }) {
  const [isChangingRole, setIsChangingRole] = useState(false);
  const sells = user.role === 'seller' || user.role === 'broker';
  return (
    <WorkPage
      title={user.name}
      before={back}
      summary={user.email}
      actions={
        isSelf ? (
          <span className="text-sm text-muted">This is you</span>
        ) : (
          <>
            <Button onClick={() => setIsChangingRole(true)}>Change role …</Button>
            <BlockButton
              subject={subjectOf(user)}
              isBlocked={user.status === 'blocked'}
              reason={user.blockedReason}
              look="plain"
            />
          </>
        )
      }
    >
      <div className="mt-6">
        <Facts
          facts={[
            ['Role', roleNames[user.role]],
            ['Status', <UserStatusText key="status" user={user} />],
            ['Blocked because', user.blockedReason],
            ['Papers', sells ? <VerificationText key="papers" verification={user.verification} /> : null],
            ['Joined', formatFullDay(user.createdAt)],
            ['Last seen', user.lastSeenAt ? formatAgo(user.lastSeenAt) : 'Never'],
          ]}
        />
      </div>
      {sells && <ApplicationsOf user={user} />}
      {sells && <ListingsOf user={user} />}
      <AuditOf id={user.id} title="What administrators have done here" filter="targetId" />
      {user.role === 'admin' && <AuditOf id={user.id} title={`What ${user.name} has done`} filter="actorId" />}
      {isChangingRole && <RoleDialog user={user} onClose={() => setIsChangingRole(false)} />}
    </WorkPage>
  );
}

function ApplicationsOf({ user }: { user: AdminUser }) {
  const applications = useInfiniteQuery(applicationsQuery({ q: user.email }));
  return (
    <Part title="Applications">
      <PartOfQuery query={applications}>
        {({ pages }) => {
          const own = pages.flatMap(({ items }) => items).filter(({ applicant }) => applicant.id === user.id);
          if (own.length === 0) return <p className="text-sm text-muted">None has been begun.</p>;
          return (
            <ul className="text-sm">
              {own.map(({ id, role, status, submittedAt, createdAt }) => (
                <li key={id} className="border-b border-hairline py-2.5 last:border-b-0">
                  <Link
                    to={`/admin/applications/${id}`}
                    className="thumb font-semibold underline-offset-4 hover:underline"
                  >
                    As a {role}
                  </Link>
                  <span className="text-muted">
                    {' '}
                    · {applicationStatusNames[status]} · {formatFullDay(submittedAt ?? createdAt)}
                  </span>
                </li>
              ))}
            </ul>
          );
        }}
      </PartOfQuery>
    </Part>
  );
}

function ListingsOf({ user }: { user: AdminUser }) {
  const listings = useInfiniteQuery(listingsQuery({ ownerId: user.id }));
  return (
    <Part title="Listings" more={{ to: `/admin/listings?ownerId=${user.id}`, label: 'All their listings' }}>
      <PartOfQuery query={listings}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items).slice(0, shown);
          if (items.length === 0) return <p className="text-sm text-muted">None yet.</p>;
          return (
            <ul className="text-sm">
              {items.map((listing) => (
                <li key={listing.id} className="flex gap-4 border-b border-hairline py-2.5 last:border-b-0">
                  <Link
                    to={`/admin/listings/${listing.id}`}
                    className="thumb min-w-0 flex-1 truncate font-semibold underline-offset-4 hover:underline"
                  >
                    {listing.title}
                  </Link>
                  <span className="text-muted">{priceText(listing)}</span>
                  <span className="w-24">
                    <ListingStatusText listing={listing} />
                  </span>
                </li>
              ))}
            </ul>
          );
        }}
      </PartOfQuery>
    </Part>
  );
}
