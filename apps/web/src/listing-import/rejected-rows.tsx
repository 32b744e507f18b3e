import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { ImportField } from '@viewora/contracts/listing-import';
import { mostRejectedRowsKept, type RejectedRow } from '@viewora/contracts/listing-import';
import { Download } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { rejectedRowsPage, rejectedRowsQuery } from '../api/import-queries.ts';
import { plural } from '../format/facts.ts';
import { failureText } from '../selling/failure-text.ts';
import { Button } from '../ui/button.tsx';
import { fieldNames } from './import-fields.ts';
import { csvRow } from './import-text.ts';

interface RejectedRowsProps {
  id: string;
  fileName: string;
  total: number;
  isOver: boolean;
}

const rowPx = 45;
const rowsAhead = 20;

/** The rows that were rejected, line by line, of which only those near the screen exist. */
export function RejectedRows({ id, fileName, total, isOver }: RejectedRowsProps) {
  const headingId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const query = useInfiniteQuery(rejectedRowsQuery(id));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 8,
  });
  const shown = virtualizer.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage, refetch } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isError && lastShown >= rows.length - rowsAhead) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isError, lastShown, rows.length, fetchNextPage]);
  // While it is read there are more with every second; once it is over, these are all.
  useEffect(() => {
    if (!hasNextPage && rows.length < Math.min(total, mostRejectedRowsKept)) void refetch();
  }, [total, isOver]);

  const isCut = total > mostRejectedRowsKept;
  return (
    <section aria-labelledby={headingId} className="mt-10">
      <div className="flex flex-wrap items-end gap-x-4 gap-y-3">
        <div>
          <h2 id={headingId} className="text-lg font-semibold">
            {plural(total, 'rejected row')}
          </h2>
          <p className="mt-1 text-sm text-muted">
            Put them right in the file and import it again: what is there already stays unchanged.
            {isCut && ` The first ${plural(mostRejectedRowsKept, 'row')} are kept.`}
          </p>
        </div>
        {isOver && <DownloadButton id={id} fileName={fileName} />}
      </div>
      {isError && (
        <div role="alert" className="mt-3 flex flex-wrap items-center gap-4 text-sm">
          <p>Not all could be loaded. {failureText(query.error)}</p>
          <Button onClick={() => (rows.length > 0 ? fetchNextPage() : refetch())}>Try again</Button>
        </div>
      )}
      <div
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        tabIndex={0}
        className="scroll-quiet mt-4 max-h-[26rem] overflow-y-auto rounded-card border border-hairline bg-surface text-sm"
      >
        <table
          aria-labelledby={headingId}
          aria-rowcount={total + 1}
          className="w-full border-separate border-spacing-0"
        >
          <thead className="sticky top-0 z-10 bg-surface text-left text-xs text-muted">
            <tr aria-rowindex={1}>
              <th scope="col" className="w-24 border-b border-hairline px-4 py-2.5 font-normal">
                Line
              </th>
              <th scope="col" className="border-b border-hairline px-4 py-2.5 font-normal">
                Why
              </th>
            </tr>
          </thead>
          <tbody>
            <Gap height={shown[0]?.start ?? 0} />
            {shown.map(({ index }) => {
              const row = rows[index];
              return row && <Row key={row.line} row={row} index={index} measure={virtualizer.measureElement} />;
            })}
            <Gap height={virtualizer.getTotalSize() - (shown.at(-1)?.end ?? 0)} />
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** As high as the rows that are not drawn. */
function Gap({ height }: { height: number }) {
  return height > 0 && <tr aria-hidden style={{ height }} />;
}

interface RowProps {
  row: RejectedRow;
  index: number;
  measure: (element: HTMLElement | null) => void;
}

function Row({ row: { line, errors }, index, measure }: RowProps) {
  return (
    <tr ref={measure} data-index={index} aria-rowindex={index + 2}>
      <td className="border-b border-hairline px-4 py-2.5 align-top text-muted">{line}</td>
      <td className="border-b border-hairline px-4 py-2.5 break-words">{errors.map(errorText).join('; ')}</td>
    </tr>
  );
}

function errorText({ path, message }: RejectedRow['errors'][number]): string {
  const field = fieldNames[path as ImportField] ?? path;
  // What is wrong with a row as a whole has no field.
  return field === '' ? `The row ${message}` : `${field} ${message}`;
}

/** All of them as a file, page after page. */
function DownloadButton({ id, fileName }: { id: string; fileName: string }) {
  const [count, setCount] = useState(0);
  const downloading = useMutation({
    mutationFn: async () => {
      setCount(0);
      const lines = [csvRow(['line', 'field', 'message'])];
      let cursor: string | undefined;
      let collected = 0;
      do {
        const page = await rejectedRowsPage(id, cursor, AbortSignal.timeout(30_000));
        for (const { line, errors } of page.items) {
          for (const { path, message } of errors) lines.push(csvRow([line, path, message]));
        }
        collected += page.items.length;
        setCount(collected);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      save(new Blob(lines, { type: 'text/csv' }), `${fileName.replace(/\.csv$/i, '')}-rejected.csv`);
    },
  });
  return (
    <>
      <Button
        className="md:ml-auto"
        aria-disabled={downloading.isPending}
        onClick={() => downloading.isPending || downloading.mutate()}
      >
        <Download size={16} aria-hidden />
        {downloading.isPending ? `Collecting ${plural(count, 'row')} …` : 'Download as CSV'}
      </Button>
      {downloading.isError && (
        <p role="alert" className="w-full text-sm text-worse">
          It could not be downloaded. {failureText(downloading.error)}
        </p>
      )}
    </>
  );
}

function save(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  // Once the browser has taken it over.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
