import { useInfiniteQuery } from '@tanstack/react-query';
import { accountsApi } from '@viewora/contracts/accounts';
import type { AdminUser } from '@viewora/contracts/admin';
import { Link } from 'react-router';
import { usersQuery } from '../api/admin-queries.ts';
import { formatAgo, formatDay } from '../format/dates.ts';
import { plural } from '../format/facts.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { AdminSearch } from './admin-search.tsx';
import { BlockButton } from './block-button.tsx';
import { subjectOf } from './blocking.ts';
import { BulkBar } from './bulk-bar.tsx';
import { ChoiceFilter } from './choice-filter.tsx';
import { type Column, DataTable, TableSkeleton } from './data-table.tsx';
import { ListStates } from './list-states.tsx';
import { UserStatusText, VerificationText } from './status-text.tsx';
import { useUrlFilter } from './url-filter.ts';
import { useListKeys } from './use-list-keys.ts';
import { useSelection } from './use-selection.ts';
import { Views } from './views.tsx';
import { roleNames, userStatusNames, verificationNames } from './words.ts';
import { WorkPage } from './work-page.tsx';

const schema = accountsApi.users.input.omit({ limit: true, cursor: true });

const views = [
  { name: 'Everybody', filter: {} },
  { name: 'Waiting for papers', filter: { role: ['seller', 'broker'], verification: ['none'] } },
  { name: 'Papers to look at', filter: { verification: ['pending'] } },
  { name: 'Unconfirmed', filter: { status: ['unconfirmed'] } },
  { name: 'Blocked', filter: { status: ['blocked'] } },
];

/** Everybody with an account; administrators cannot lock themselves out. */
export function UsersPage({ ownId }: { ownId: string }) {
  const [filter, refine] = useUrlFilter(schema);
  const users = useInfiniteQuery(usersQuery(filter));
  const items = users.data?.pages.flatMap((page) => page.items) ?? [];
  const total = users.data?.pages[0]?.total;
  const selection = useSelection(items, ({ id, status }) => id !== ownId && status !== 'blocked');
  useListKeys(items, selection);
  return (
    <WorkPage title="Users" summary={total === undefined ? '' : plural(total, 'person', 'people')}>
      <Views label="Views of users" views={views} schema={schema} filter={filter} />
      <div className="mt-4 flex flex-wrap items-center gap-2">
        <AdminSearch label="Name or e-mail" value={filter.q} onChange={(q) => refine({ q }, 'movement')} />
        <ChoiceFilter name="Role" choices={roleNames} chosen={filter.role} onChange={(role) => refine({ role })} />
        <ChoiceFilter
          name="Status"
          choices={userStatusNames}
          chosen={filter.status}
          onChange={(status) => refine({ status })}
        />
        <ChoiceFilter
          name="Papers"
          choices={verificationNames}
          chosen={filter.verification}
          onChange={(verification) => refine({ verification })}
        />
      </div>
      <ListStates
        query={users}
        many="users"
        isEmpty={items.length === 0}
        empty={
          <Notice
            title="Nobody is like this"
            action={
              <Button
                onClick={() => refine({ q: undefined, role: undefined, status: undefined, verification: undefined })}
              >
                Show everybody
              </Button>
            }
          >
            No account matches all of the search and the filters.
          </Notice>
        }
        skeleton={<TableSkeleton />}
      >
        <DataTable
          caption="Users"
          columns={columns(ownId)}
          items={items}
          nameOf={({ name }) => name}
          selection={selection}
        />
      </ListStates>
      <BulkBar subjects={selection.items.map(subjectOf)} onClear={selection.clear} />
    </WorkPage>
  );
}

function columns(ownId: string): readonly Column<AdminUser>[] {
  return [
    {
      header: 'Name',
      onCard: 'top',
      cell: (user) => (
        <div className="min-w-0">
          <Link
            to={`/admin/users/${user.id}`}
            className="thumb block truncate text-base font-semibold underline-offset-4 hover:underline md:text-sm"
          >
            {user.name}
          </Link>
          <span className="block truncate text-sm text-muted">{user.email}</span>
        </div>
      ),
      className: 'max-w-0 w-[34%]',
    },
    { header: 'Role', cell: ({ role }) => roleNames[role] },
    { header: 'Status', cell: (user) => <UserStatusText user={user} /> },
    { header: 'Papers', cell: ({ verification }) => <VerificationText verification={verification} /> },
    {
      header: 'Joined',
      onCard: 'left out',
      className: 'max-lg:hidden whitespace-nowrap',
      cell: ({ createdAt }) => <time dateTime={createdAt}>{formatDay(createdAt)}</time>,
    },
    {
      header: 'Last seen',
      className: 'whitespace-nowrap max-lg:hidden',
      cell: ({ lastSeenAt }) =>
        lastSeenAt ? (
          <time dateTime={lastSeenAt}>{formatAgo(lastSeenAt)}</time>
        ) : (
          <span className="text-muted">Never</span>
        ),
    },
    {
      header: 'Act',
      onCard: 'end',
      className: 'w-20 text-right',
      cell: (user) =>
        user.id === ownId ? (
          <span className="text-sm text-muted md:px-2">You</span>
        ) : (
          <BlockButton
            subject={subjectOf(user)}
            isBlocked={user.status === 'blocked'}
            reason={user.blockedReason}
            className="text-muted! hover:text-ink! md:px-2 max-md:px-0"
          />
        ),
    },
  ];
}
