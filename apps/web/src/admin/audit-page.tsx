import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { accountsApi } from '@viewora/contracts/accounts';
import type { AuditEntry } from '@viewora/contracts/admin';
import { ListFilter } from 'lucide-react';
import { adminsQuery, auditQuery } from '../api/admin-queries.ts';
import { formatMoment } from '../format/dates.ts';
import { plural } from '../format/facts.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { auditCsv } from './audit-csv.ts';
import { TargetLink } from './audit-list.tsx';
import { ChoiceFilter, SetFilter } from './choice-filter.tsx';
import { type Column, DataTable, TableSkeleton } from './data-table.tsx';
import { ListStates } from './list-states.tsx';
import { RangeFilter } from './range-filter.tsx';
import { useRowKeys } from './shortcuts.ts';
import { useUrlFilter } from './url-filter.ts';
import { Views } from './views.tsx';
import { actionNames, actionVerbs } from './words.ts';
import { WorkPage } from './work-page.tsx';

const schema = accountsApi.audit.input.omit({ limit: true, cursor: true });

const views = [
  { name: 'Everything', filter: {} },
  { name: 'Blocks', filter: { action: ['user.block', 'user.unblock', 'listing.block', 'listing.unblock'] } },
  { name: 'Applications', filter: { action: ['application.approve', 'application.reject'] } },
  { name: 'Looks at documents', filter: { action: ['document.view'] } },
  { name: 'Reports', filter: { action: ['report.uphold', 'report.dismiss'] } },
  { name: 'Jobs', filter: { action: ['job.retry', 'job.promote'] } },
  { name: 'Roles', filter: { action: ['user.change_role'] } },
];

/** What administrators have done, newest first. */
export function AuditPage() {
  const [filter, refine] = useUrlFilter(schema);
  const audit = useInfiniteQuery(auditQuery(filter));
  const admins = useQuery(adminsQuery).data?.items ?? [];
  const items = audit.data?.pages.flatMap((page) => page.items) ?? [];
  const { actorId, targetId } = filter;
  const actor = [...admins, ...items.map((entry) => entry.actor)].find(({ id }) => id === actorId);
  const target = items.find((entry) => entry.target.id === targetId)?.target;
  useRowKeys('data-row');
  return (
    <WorkPage
      title="Audit log"
      summary={audit.data && `${audit.hasNextPage ? 'The last ' : ''}${plural(items.length, 'entry', 'entries')}`}
      actions={
        items.length > 0 && (
          <Button onClick={() => download(auditCsv(items))} title="What is shown, as a table for other programs">
            Download CSV
          </Button>
        )
      }
    >
      <Views label="Views of the audit log" views={views} schema={schema} filter={filter} />
      <div className="mt-4 flex flex-wrap items-center gap-2">
        <ChoiceFilter
          name="Administrator"
          choices={Object.fromEntries([...admins, ...(actor ? [actor] : [])].map(({ id, name }) => [id, name]))}
          chosen={actorId === undefined ? undefined : [actorId]}
          // An entry has one author: of two, the one that was pressed last.
          onChange={(chosen) => refine({ actorId: chosen?.find((id) => id !== actorId) })}
        />
        <ChoiceFilter
          name="What was done"
          choices={actionNames}
          chosen={filter.action}
          onChange={(action) => refine({ action })}
        />
        <RangeFilter from={filter.from} to={filter.to} onChange={refine} />
        {targetId !== undefined && (
          <SetFilter text={`About ${target?.label ?? 'one thing'}`} onClear={() => refine({ targetId: undefined })} />
        )}
      </div>
      <ListStates
        query={audit}
        many="entries"
        isEmpty={items.length === 0}
        empty={
          <Notice
            title="Nothing was done"
            action={
              <Button
                onClick={() =>
                  refine({ actorId: undefined, action: undefined, targetId: undefined, from: undefined, to: undefined })
                }
              >
                Show everything
              </Button>
            }
          >
            No entry matches all of the filters. Entries are never removed.
          </Notice>
        }
        skeleton={<TableSkeleton />}
      >
        <DataTable
          caption="Audit log"
          columns={columns((id) => refine({ targetId: id }))}
          items={items}
          nameOf={({ target: { label } }) => label}
        />
      </ListStates>
    </WorkPage>
  );
}

function columns(onlyAbout: (id: string) => void): readonly Column<AuditEntry>[] {
  return [
    {
      header: 'What',
      onCard: 'top',
      className: 'w-[46%]',
      cell: (entry) => (
        <span className="text-base md:text-sm">
          {entry.actor.name} {actionVerbs[entry.action]} <TargetLink entry={entry} />
        </span>
      ),
    },
    {
      header: 'Reason',
      cell: ({ reason }) => reason ?? <span className="text-muted">None</span>,
    },
    {
      header: 'When',
      className: 'whitespace-nowrap',
      cell: ({ at }) => (
        <time dateTime={at} title={at}>
          {formatMoment(at)}
        </time>
      ),
    },
    {
      header: 'Only this',
      onCard: 'left out',
      className: 'w-14',
      cell: ({ target }) => (
        <IconButton
          label={`Only what is about ${target.label}`}
          className="border-transparent bg-transparent"
          onClick={() => onlyAbout(target.id)}
        >
          <ListFilter size={16} aria-hidden />
        </IconButton>
      ),
    },
  ];
}

function download(csv: string): void {
  const url = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: 'viewora-audit-log.csv' });
  link.click();
  URL.revokeObjectURL(url);
}
