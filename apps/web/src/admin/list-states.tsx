import type { ReactNode } from 'react';
import { errorMessage } from '../api/error-message.ts';
import { Button } from '../ui/button.tsx';
import { LoadFailure } from '../ui/load-failure.tsx';

interface ListStatesProps {
  /** Of the list that is shown, as the query has it. */
  query: {
    data: unknown;
    error: Error | null;
    isError: boolean;
    isFetching: boolean;
    isPlaceholderData: boolean;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    isFetchNextPageError: boolean;
    refetch: () => unknown;
    fetchNextPage: () => unknown;
  };
  /** "users". */
  many: string;
  isEmpty: boolean;
  empty: ReactNode;
  skeleton: ReactNode;
  children: ReactNode;
}

/** A list in whichever state it is: coming, failed, empty, or there, with more to come. */
export function ListStates({ query, many, isEmpty, empty, skeleton, children }: ListStatesProps) {
  return (
    <div
      aria-busy={query.isFetching}
      className={`mt-3 transition-opacity ${query.isPlaceholderData ? 'opacity-60' : ''}`}
    >
      {query.data === undefined ? (
        query.isError ? (
          <LoadFailure title={`The ${many} could not be loaded`} error={query.error} onRetry={query.refetch} />
        ) : (
          <>
            <span role="status" className="sr-only">
              Loading {many}
            </span>
            {skeleton}
          </>
        )
      ) : (
        <>
          {query.isError && !query.isFetchNextPageError && <Stale error={query.error} onRetry={query.refetch} />}
          {isEmpty ? empty : children}
          <More query={query} many={many} />
        </>
      )}
    </div>
  );
}

/** What is shown is what was there before. */
function Stale({ error, onRetry }: { error: Error | null; onRetry: () => unknown }) {
  return (
    <div
      role="alert"
      className="my-3 flex flex-wrap items-center gap-x-4 gap-y-1 rounded-sm border border-worse px-4 py-2 text-sm"
    >
      <span className="min-w-0 flex-1">This may be out of date. {error && errorMessage(error)}</span>
      <Button look="quiet" className="px-0" onClick={() => onRetry()}>
        Try again
      </Button>
    </div>
  );
}

function More({ query, many }: Pick<ListStatesProps, 'query' | 'many'>) {
  if (query.isFetchNextPageError)
    return <LoadFailure title={`More ${many} could not be loaded`} error={query.error} onRetry={query.fetchNextPage} />;
  if (!query.hasNextPage) return null;
  return (
    <Button
      className="mt-5 w-full md:w-auto"
      aria-disabled={query.isFetchingNextPage}
      onClick={() => query.isFetchingNextPage || query.fetchNextPage()}
    >
      {query.isFetchingNextPage ? `Loading more ${many} …` : `Load more ${many}`}
    </Button>
  );
}
