import type { ReactNode } from 'react';
import { Skeleton } from '../ui/skeleton.tsx';
import { useMediaQuery, wideQuery } from '../ui/use-media-query.ts';
import type { Selection } from './use-selection.ts';

export interface Column<T> {
  header: string;
  cell: (item: T) => ReactNode;
  /** Of the whole column: its width, or that it is left out where there is little room. */
  className?: string;
  /** On a phone a row is a card: what stands at its top, and what it does without. Else a fact with its name. */
  onCard?: 'top' | 'end' | 'left out';
}

interface DataTableProps<T> {
  /** What the table holds, for whoever hears it. */
  caption: string;
  columns: readonly Column<T>[];
  items: readonly T[];
  nameOf: (item: T) => string;
  selection?: Selection<T>;
}

/** Rows with columns; on a phone, cards. */
export function DataTable<T extends { id: string }>(props: DataTableProps<T>) {
  return useMediaQuery(wideQuery) ? <Rows {...props} /> : <Cards {...props} />;
}

const checkbox = 'block size-4 accent-accent';

function Rows<T extends { id: string }>({ caption, columns, items, nameOf, selection }: DataTableProps<T>) {
  return (
    <table className="w-full border-collapse text-left text-sm">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="border-b border-edge">
          {selection && (
            <th scope="col" className="w-10 py-2 pl-1">
              <span className="sr-only">Select</span>
              <SelectAll selection={selection} />
            </th>
          )}
          {columns.map(({ header, className = '', onCard }, i) => (
            <th
              key={header}
              scope="col"
              className={`py-2 text-xs font-normal text-muted ${i === columns.length - 1 ? '' : 'pr-4'} ${className}`}
            >
              {onCard === 'end' ? <span className="sr-only">{header}</span> : header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr
            key={item.id}
            data-row={item.id}
            className={`h-14 border-b border-hairline transition-colors ${selection?.has(item) ? 'bg-accent-soft' : 'hover:bg-sunken/60'}`}
          >
            {selection && (
              <td className="pl-1">
                <SelectOne selection={selection} item={item} name={nameOf(item)} />
              </td>
            )}
            {columns.map(({ header, cell, className = '' }, i) => {
              const look = `py-2 ${i === columns.length - 1 ? '' : 'pr-4'} ${className}`;
              return i === 0 ? (
                <th key={header} scope="row" className={`font-normal ${look}`}>
                  {cell(item)}
                </th>
              ) : (
                <td key={header} className={look}>
                  {cell(item)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cards<T extends { id: string }>({ caption, columns, items, nameOf, selection }: DataTableProps<T>) {
  const top = columns.filter(({ onCard }) => onCard === 'top');
  const facts = columns.filter(({ onCard }) => onCard === undefined);
  const end = columns.filter(({ onCard }) => onCard === 'end');
  return (
    <>
      {selection && (
        <div className="-ml-3.5 flex min-h-11 items-center text-sm">
          <SelectAll selection={selection} /> <span aria-hidden>Select all that are shown</span>
        </div>
      )}
      <ul aria-label={caption} className="flex flex-col gap-3">
        {items.map((item) => (
          <li
            key={item.id}
            data-row={item.id}
            className={`rounded-card border px-4 pt-3.5 ${end.length > 0 ? 'pb-1.5' : 'pb-3.5'} ${selection?.has(item) ? 'border-accent bg-accent-soft' : 'border-hairline bg-surface'}`}
          >
            <div className="flex items-start gap-3">
              <div className="min-w-0 flex-1">
                {top.map(({ header, cell }) => (
                  <div key={header}>{cell(item)}</div>
                ))}
              </div>
              {selection && <SelectOne selection={selection} item={item} name={nameOf(item)} />}
            </div>
            <dl className="mt-2.5 grid grid-cols-2 gap-x-4 gap-y-2 text-sm">
              {facts.map(({ header, cell }) => (
                <div key={header} className="min-w-0">
                  <dt className="text-xs text-muted">{header}</dt>
                  <dd className="min-w-0">{cell(item)}</dd>
                </div>
              ))}
            </dl>
            {end.length > 0 && (
              <div className="mt-2 flex min-h-11 items-center gap-2 border-t border-hairline pt-1">
                {end.map(({ header, cell }) => (
                  <div key={header} className="contents">
                    {cell(item)}
                  </div>
                ))}
              </div>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function SelectOne<T extends { id: string }>({
  selection,
  item,
  name,
}: {
  selection: Selection<T>;
  item: T;
  name: string;
}) {
  if (!selection.canHave(item)) return null;
  return (
    // The label is larger than the box, so that a thumb finds it.
    <label className="-m-3 grid size-11 cursor-pointer place-items-center md:m-0 md:size-8">
      <span className="sr-only">Select {name}</span>
      <input
        type="checkbox"
        checked={selection.has(item)}
        onChange={() => selection.toggle(item)}
        className={checkbox}
      />
    </label>
  );
}

function SelectAll<T extends { id: string }>({ selection }: { selection: Selection<T> }) {
  return (
    <label className="grid size-11 cursor-pointer place-items-center md:size-8">
      <span className="sr-only">Select all that are shown</span>
      <input
        type="checkbox"
        checked={selection.all === 'all'}
        ref={(box) => {
          if (box) box.indeterminate = selection.all === 'some';
        }}
        onChange={selection.toggleAll}
        className={checkbox}
      />
    </label>
  );
}

const skeletonRows = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Rows that are on their way, as high as they will be. */
export function TableSkeleton() {
  return (
    <div aria-hidden>
      <div className="h-9 border-edge md:border-b" />
      {skeletonRows.map((row) => (
        <div
          key={row}
          className="flex items-center gap-4 border-hairline max-md:mb-3 max-md:h-44 max-md:rounded-card max-md:border max-md:px-4 md:h-14 md:border-b"
        >
          <Skeleton className="h-4 w-2/5" />
          <Skeleton className="h-4 flex-1 max-md:hidden" />
          <Skeleton className="h-4 w-24 max-md:hidden" />
        </div>
      ))}
    </div>
  );
}
