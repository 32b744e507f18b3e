import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { accountsApi } from '@viewora/contracts/accounts';
import { useEffect, useState } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router';
import { applicationQuery, applicationsQuery } from '../api/admin-queries.ts';
import { plural } from '../format/facts.ts';
import { parseId } from '../search/search-state.ts';
import { Button } from '../ui/button.tsx';
import { LoadFailure } from '../ui/load-failure.tsx';
import { Notice } from '../ui/notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useMediaQuery } from '../ui/use-media-query.ts';
import { AdminSearch } from './admin-search.tsx';
import { ApplicationQueue } from './application-queue.tsx';
import { ApplicationView } from './application-view.tsx';
import { BackTo } from './back-to.tsx';
import { ListStates } from './list-states.tsx';
import { useRowKeys } from './shortcuts.ts';
import { useUrlFilter } from './url-filter.ts';
import { Views } from './views.tsx';
import { pageColumn, WorkPage } from './work-page.tsx';

const schema = accountsApi.applications.input.omit({ limit: true, cursor: true });

const views = [
  { name: 'Waiting', filter: {} },
  { name: 'Approved', filter: { status: ['approved'] } },
  { name: 'Rejected', filter: { status: ['rejected'] } },
];

/** Room for the queue beside what is looked at. */
const besideQuery = '(min-width: 1024px)';

/** The queue of applications and the one that is looked at: side by side on a desk, else one after the other. */
export function ApplicationsPage() {
  const isBeside = useMediaQuery(besideQuery);
  const asked = useParams().id;
  const [filter, refine] = useUrlFilter(schema);
  const { search } = useLocation();
  const navigate = useNavigate();
  const [afterDecision, setAfterDecision] = useState<string | null>(null);
  const [timesAtEnd, setTimesAtEnd] = useState(0);
  const applications = useInfiniteQuery(applicationsQuery({ ...filter, status: filter.status ?? ['pending'] }));
  const items = applications.data?.pages.flatMap((page) => page.items) ?? [];
  const shownId = asked === undefined ? (isBeside ? (items[0]?.id ?? null) : null) : parseId(asked);
  useRowKeys('data-application', shownId);

  // With the last one its buttons have gone.
  useEffect(() => {
    if (timesAtEnd > 0) document.getElementById('admin')?.focus();
  }, [timesAtEnd]);

  /** What was decided makes room for the next in the queue, whose name is what is heard. */
  function toNext(decided: string): void {
    const at = items.findIndex(({ id }) => id === decided);
    const next = items[at + 1] ?? (at > 0 ? items[at - 1] : undefined);
    setAfterDecision(next?.id ?? null);
    navigate({ pathname: next ? `/admin/applications/${next.id}` : '/admin/applications', search }, { replace: true });
    if (!next) setTimesAtEnd(timesAtEnd + 1);
    void applications.refetch();
  }

  const shown =
    asked !== undefined && shownId === null ? (
      <Missing isPage={!isBeside} />
    ) : shownId !== null ? (
      <Shown
        key={shownId}
        id={shownId}
        takesFocus={!isBeside || shownId === afterDecision}
        isPage={!isBeside}
        onDecided={toNext}
      />
    ) : null;

  if (asked !== undefined && !isBeside) {
    return (
      <div className={pageColumn}>
        <BackTo to="/admin/applications" name="Applications" />
        {shown}
      </div>
    );
  }
  const pending = applications.data?.pages[0]?.pending;
  return (
    <WorkPage title="Applications" summary={pending === undefined ? '' : waitingText(pending)}>
      <Views label="Views of applications" views={views} schema={schema} filter={filter} />
      <div className="mt-4 flex">
        <AdminSearch label="Applicant’s name or e-mail" value={filter.q} onChange={(q) => refine({ q }, 'movement')} />
      </div>
      <ListStates
        query={applications}
        many="applications"
        isEmpty={items.length === 0 && shown === null}
        empty={
          filter.status || filter.q ? (
            <Notice
              title="No application is like this"
              action={<Button onClick={() => refine({ status: undefined, q: undefined })}>Show those that wait</Button>}
            >
              None matches the view and the search.
            </Notice>
          ) : (
            <Notice title="No application waits">When a seller or broker hands in their papers, they come here.</Notice>
          )
        }
        skeleton={<Skeleton className="mt-4 h-96" />}
      >
        <div className="mt-2 grid grid-cols-[minmax(0,1fr)] gap-x-8 lg:grid-cols-[320px_minmax(0,1fr)]">
          <ApplicationQueue items={items} shownId={shownId} search={search} />
          {isBeside && <div className="min-w-0 lg:border-l lg:border-hairline lg:pl-8">{shown}</div>}
        </div>
      </ListStates>
    </WorkPage>
  );
}

function waitingText(pending: number): string {
  return pending === 0 ? 'None waits' : `${plural(pending, 'application')} ${pending === 1 ? 'waits' : 'wait'}`;
}

interface ShownProps {
  id: string;
  takesFocus: boolean;
  isPage: boolean;
  onDecided: (id: string) => void;
}

function Shown({ id, takesFocus, isPage, onDecided }: ShownProps) {
  const application = useQuery(applicationQuery(id));
  if (application.data)
    return (
      <ApplicationView
        application={application.data}
        takesFocus={takesFocus}
        isPage={isPage}
        onDecided={() => onDecided(id)}
      />
    );
  if (application.error && 'code' in application.error && application.error.code === 'not_found')
    return <Missing isPage={isPage} />;
  if (application.isError)
    return (
      <LoadFailure
        title="This application could not be loaded"
        isPage={isPage}
        error={application.error}
        onRetry={application.refetch}
      />
    );
  return (
    <div role="status">
      <span className="sr-only">Loading the application</span>
      <Skeleton className="h-7 w-56" />
      <Skeleton className="mt-6 h-72" />
    </div>
  );
}

function Missing({ isPage }: { isPage: boolean }) {
  return (
    <Notice title="This application does not exist" isPage={isPage}>
      The link may be incomplete.
    </Notice>
  );
}
