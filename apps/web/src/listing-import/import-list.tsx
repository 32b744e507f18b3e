import { useInfiniteQuery } from '@tanstack/react-query';
import type { ListingImport } from '@viewora/contracts/listing-import';
import { useId } from 'react';
import { Link } from 'react-router';
import { importsQuery, isUnderWay } from '../api/import-queries.ts';
import { formatAgo } from '../format/dates.ts';
import { failureText } from '../selling/failure-text.ts';
import { Button } from '../ui/button.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { sizeText, statusText } from './import-text.ts';

/** Earlier imports, and those that are under way. */
export function ImportList() {
  const id = useId();
  const imports = useInfiniteQuery(importsQuery);
  const items = imports.data?.pages.flatMap((page) => page.items) ?? [];
  if (imports.data && items.length === 0) return null;
  return (
    <section aria-labelledby={id} className="mt-14">
      <h2 id={id} className="text-lg font-semibold">
        Earlier imports
      </h2>
      {imports.isError && !imports.data ? (
        <div role="alert" className="mt-3 flex flex-wrap items-center gap-4 text-sm">
          <p>They could not be loaded. {failureText(imports.error)}</p>
          <Button onClick={() => imports.refetch()}>Try again</Button>
        </div>
      ) : !imports.data ? (
        <Skeleton className="mt-4 h-24" />
      ) : (
        <ul className="mt-3 border-t border-hairline">
          {items.map((item) => (
            <ImportRow key={item.id} item={item} />
          ))}
        </ul>
      )}
      {imports.hasNextPage && (
        <Button
          className="mt-4"
          aria-disabled={imports.isFetchingNextPage}
          onClick={() => imports.isFetchingNextPage || imports.fetchNextPage()}
        >
          {imports.isFetchingNextPage ? 'Loading more …' : 'Load more'}
        </Button>
      )}
    </section>
  );
}

function ImportRow({ item }: { item: ListingImport }) {
  const { id, fileName, bytes, status, createdAt, progress, failure } = item;
  return (
    <li className="grid gap-x-6 gap-y-1 border-b border-hairline py-3.5 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <div className="min-w-0">
        <Link
          to={`/sell/imports/${id}`}
          className="text-base font-semibold break-words underline-offset-4 hover:underline"
        >
          {fileName}
        </Link>
        <p className="text-sm text-muted">
          <time dateTime={createdAt}>{formatAgo(createdAt)}</time>, {sizeText(bytes)}
        </p>
      </div>
      <div className="flex min-w-0 flex-col justify-center gap-2 text-sm">
        <p className={status === 'failed' ? 'text-worse' : ''}>
          {statusText(item)} {status === 'failed' && failure}
        </p>
        {isUnderWay(status) && <ProgressBar label={`Import of ${fileName}`} share={progress} />}
      </div>
    </li>
  );
}
