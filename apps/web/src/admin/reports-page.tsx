import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Report } from '@viewora/contracts/moderation';
import { propertyApi } from '@viewora/contracts/property';
import { useEffect, useRef, useState } from 'react';
import { adminListingQuery, reportsQuery } from '../api/admin-queries.ts';
import { plural } from '../format/facts.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { SetFilter } from './choice-filter.tsx';
import { ListStates } from './list-states.tsx';
import { ReportCard } from './report-card.tsx';
import { ResolveDialog } from './resolve-dialog.tsx';
import { useRowKeys } from './shortcuts.ts';
import { useUrlFilter } from './url-filter.ts';
import { Views } from './views.tsx';
import { WorkPage } from './work-page.tsx';

const schema = propertyApi.reports.input.omit({ limit: true, cursor: true });

const views = [
  { name: 'Open', filter: {} },
  { name: 'Upheld', filter: { status: ['upheld'] } },
  { name: 'Dismissed', filter: { status: ['dismissed'] } },
];

export interface Resolution {
  report: Report;
  outcome: 'upheld' | 'dismissed';
}

/** What visitors say is wrong with listings, those that wait longest first. */
export function ReportsPage() {
  const [filter, refine] = useUrlFilter(schema);
  const reports = useInfiniteQuery(reportsQuery({ ...filter, status: filter.status ?? ['open'] }));
  const listing = useQuery({ ...adminListingQuery(filter.listingId ?? ''), enabled: filter.listingId !== undefined });
  const items = reports.data?.pages.flatMap((page) => page.items) ?? [];
  const open = reports.data?.pages[0]?.open;
  const [asked, setAsked] = useState<Resolution | null>(null);
  const [timesResolved, setTimesResolved] = useState(0);
  const list = useRef<HTMLUListElement>(null);

  // The button that was pressed goes away with its report.
  useEffect(() => {
    if (timesResolved > 0) list.current?.focus({ preventScroll: true });
  }, [timesResolved]);

  function ask(outcome: Resolution['outcome']): void {
    const id = document.activeElement?.closest('[data-report]')?.getAttribute('data-report');
    const report = items.find((item) => item.id === id && item.status === 'open');
    if (report) setAsked({ report, outcome });
  }
  useRowKeys('data-report', null, { u: () => ask('upheld'), d: () => ask('dismissed') });

  return (
    <WorkPage
      title="Reports"
      summary={open === undefined ? '' : open === 0 ? 'None is open' : `${plural(open, 'report')} open`}
    >
      <Views
        label="Views of reports"
        // Of one listing, where that is asked for.
        views={views.map((view) => ({ ...view, filter: { ...view.filter, listingId: filter.listingId } }))}
        schema={schema}
        filter={filter}
      />
      {filter.listingId !== undefined && (
        <div className="mt-4 flex">
          <SetFilter
            text={`About ${listing.data?.title ?? 'one listing'}`}
            onClear={() => refine({ listingId: undefined })}
          />
        </div>
      )}
      <ListStates
        query={reports}
        many="reports"
        isEmpty={items.length === 0}
        empty={
          filter.status || filter.listingId ? (
            <Notice
              title="No report is like this"
              action={
                <Button onClick={() => refine({ status: undefined, listingId: undefined })}>
                  Show all that are open
                </Button>
              }
            />
          ) : (
            <Notice title="No report is open">What visitors say is wrong with a listing comes here.</Notice>
          )
        }
        skeleton={<ReportsSkeleton />}
      >
        <ul ref={list} tabIndex={-1} aria-label="Reports" className="mt-4 flex flex-col gap-4 outline-none">
          {items.map((report) => (
            <ReportCard key={report.id} report={report} onResolve={(outcome) => setAsked({ report, outcome })} />
          ))}
        </ul>
      </ListStates>
      {asked && (
        <ResolveDialog
          resolution={asked}
          onClose={() => setAsked(null)}
          onResolved={() => {
            setAsked(null);
            setTimesResolved(timesResolved + 1);
          }}
        />
      )}
    </WorkPage>
  );
}

function ReportsSkeleton() {
  return (
    <div aria-hidden className="mt-4 flex flex-col gap-4">
      {['a', 'b', 'c'].map((name) => (
        <Skeleton key={name} className="h-44 rounded-card" />
      ))}
    </div>
  );
}
