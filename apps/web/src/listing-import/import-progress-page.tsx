import { useMutation, useQuery } from '@tanstack/react-query';
import { AppError } from '@viewora/contracts/errors';
import type { ListingImport } from '@viewora/contracts/listing-import';
import { propertyApi } from '@viewora/contracts/property';
import { useEffect, useRef, useState } from 'react';
import { Link, useParams } from 'react-router';
import { call } from '../api/api-client.ts';
import { importEnded, importQuery, isUnderWay } from '../api/import-queries.ts';
import { queryClient } from '../api/query-client.ts';
import { formatAgo } from '../format/dates.ts';
import { parseId } from '../search/search-state.ts';
import { BackToList } from '../selling/back-to-list.tsx';
import { failureText } from '../selling/failure-text.ts';
import { SellerPage, SellerSkeleton, sellerColumn } from '../selling/seller-page.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { LoadFailure } from '../ui/load-failure.tsx';
import { Notice } from '../ui/notice.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { sizeText, statusText } from './import-text.ts';
import { RejectedRows } from './rejected-rows.tsx';

export function ImportProgressPage() {
  const id = parseId(useParams().id ?? null);
  return (
    <SellerPage title="Import" header={<BackToList />}>
      {() => <Opened key={id} id={id} />}
    </SellerPage>
  );
}

function Opened({ id }: { id: string | null }) {
  const opened = useQuery({ ...importQuery(id ?? ''), enabled: id !== null });
  const { data, error } = opened;
  if (data) {
    return (
      <div className="scroll-quiet min-h-0 flex-1 overflow-y-auto">
        <div className={`${sellerColumn} pt-6 pb-24 md:pt-10`}>
          <Import listingImport={data} isLate={opened.isError} />
        </div>
      </div>
    );
  }
  if (id === null || (error instanceof AppError && error.code === 'not_found')) {
    return (
      <Notice
        title="There is no such import"
        isPage
        action={
          <Link to="/sell/import" className={buttonClass('primary')}>
            See your imports
          </Link>
        }
      >
        The link is incomplete, or the import is somebody else’s.
      </Notice>
    );
  }
  if (!error) return <SellerSkeleton />;
  return (
    <LoadFailure
      title="The import could not be loaded"
      isPage
      error={error}
      said={`${failureText(error)} The import itself goes on.`}
      onRetry={opened.refetch}
    />
  );
}

function Import({ listingImport, isLate }: { listingImport: ListingImport; isLate: boolean }) {
  const { id, fileName, bytes, status, stage, progress, failure, createdAt, finishedAt, rejected } = listingImport;
  const heading = useRef<HTMLHeadingElement>(null);
  const wasUnderWay = useRef(false);
  const isOver = !isUnderWay(status);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    if (isOver && wasUnderWay.current) void importEnded();
    wasUnderWay.current = !isOver;
  }, [isOver]);
  const canCancel = status === 'waiting' || (status === 'running' && (stage === null || stage === 'reading'));
  return (
    <>
      <p className="text-sm text-muted">
        <Link to="/sell/import" className="thumb underline underline-offset-4">
          Imports
        </Link>
      </p>
      <h1 ref={heading} tabIndex={-1} className="mt-1 text-xl font-semibold break-words outline-none">
        {fileName}
      </h1>
      <p className="mt-1 text-sm text-muted">
        {sizeText(bytes)}, begun <time dateTime={createdAt}>{formatAgo(createdAt)}</time>
        {finishedAt && isOver && `, over ${formatAgo(finishedAt)}`}
      </p>
      <div className="mt-6 max-w-2xl rounded-card border border-hairline bg-surface p-5">
        <p role="status" className={`text-base font-semibold ${status === 'failed' ? 'text-worse' : ''}`}>
          {statusText(listingImport)}
        </p>
        {failure && <p className="mt-1 text-base">{failure}</p>}
        {!isOver && (
          <div className="mt-4 flex flex-col gap-3">
            <ProgressBar label={`Import of ${fileName}`} share={progress} />
            <p className="text-sm text-muted">
              {Math.round(progress * 100)}% done. You can leave this page: the import goes on, and is found under
              Imports.
            </p>
            {isLate && (
              <p role="alert" className="text-sm text-worse">
                How far it is could not be asked just now. It goes on, and is asked again.
              </p>
            )}
          </div>
        )}
        <Counts listingImport={listingImport} />
        <div className="mt-5 flex flex-wrap gap-3 empty:hidden">
          {canCancel && <CancelButton id={id} fileName={fileName} />}
          {status === 'done' && (
            <Link to="/sell" className={buttonClass('primary')}>
              See your listings
            </Link>
          )}
          {(status === 'failed' || status === 'cancelled') && (
            <Link to="/sell/import" className={buttonClass('primary')}>
              Import a file again
            </Link>
          )}
        </div>
      </div>
      {rejected > 0 && <RejectedRows id={id} fileName={fileName} total={rejected} isOver={isOver} />}
    </>
  );
}

function Counts({ listingImport }: { listingImport: ListingImport }) {
  const { rowsRead, created, updated, unchanged, rejected } = listingImport;
  const figures = [
    ['Rows read', rowsRead],
    ['Created', created],
    ['Updated', updated],
    ['Unchanged', unchanged],
    ['Rejected', rejected],
  ] as const;
  return (
    <dl className="mt-5 grid grid-cols-2 gap-4 md:grid-cols-5">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt className="text-xs text-muted">{name}</dt>
          <dd className={`text-lg font-semibold ${name === 'Rejected' && value > 0 ? 'text-worse' : ''}`}>
            {new Intl.NumberFormat('en-US').format(value)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function CancelButton({ id, fileName }: { id: string; fileName: string }) {
  const [isAsked, setIsAsked] = useState(false);
  const cancelling = useMutation({
    mutationFn: () => call(propertyApi.cancelImport, { id }),
    onSuccess: () => setIsAsked(false),
    // Where it was too late, the page shows how far it has come.
    onSettled: () => queryClient.invalidateQueries({ queryKey: importQuery(id).queryKey }),
  });
  return (
    <>
      <Button onClick={() => setIsAsked(true)}>Cancel the import</Button>
      {isAsked && (
        <ConfirmDialog
          title={`Cancel the import of “${fileName}”?`}
          action="Cancel it"
          pending="Cancelling …"
          way="Let it run"
          isPending={cancelling.isPending}
          error={cancelling.error}
          onConfirm={() => cancelling.mutate()}
          onClose={() => {
            setIsAsked(false);
            cancelling.reset();
          }}
        >
          Nothing of it is in the market then. The file can be imported again.
        </ConfirmDialog>
      )}
    </>
  );
}
