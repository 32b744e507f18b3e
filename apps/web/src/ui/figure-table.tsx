import { useState } from 'react';

const cell = 'border-b border-hairline px-3 py-2 text-right whitespace-nowrap';

export interface FigureRow {
  key: string;
  name: string;
  /** One for each column. */
  figures: readonly { text: string; isKnown: boolean }[];
}

interface FigureTableProps {
  label: string;
  /** What the rows are. */
  rowsAre: string;
  columns: readonly string[];
  /** The newest last, as the chart has them; asked for where the table is wanted: a year of days need not be drawn for whoever looks at the chart. */
  rows: () => readonly FigureRow[];
}

/** The same as a chart, to be read or heard; the newest first. */
export function FigureTable({ rows, ...rest }: FigureTableProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className="mt-4" onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary className="inline-flex min-h-11 cursor-pointer items-center rounded-sm text-sm font-semibold underline-offset-4 hover:underline">
        {isOpen ? 'Hide the table' : 'Show as a table'}
      </summary>
      {isOpen && <Table rows={rows().toReversed()} {...rest} />}
    </details>
  );
}

interface TableProps extends Omit<FigureTableProps, 'rows'> {
  rows: readonly FigureRow[];
}

function Table({ label, rowsAre, columns, rows }: TableProps) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
      tabIndex={0}
      className="scroll-quiet mt-2 max-h-96 overflow-auto rounded-sm"
    >
      <table className="w-full border-separate border-spacing-0 text-sm">
        <thead className="text-xs text-muted">
          <tr>
            <th scope="col" className={`${cell} sticky top-0 bg-paper pl-0 text-left! font-normal`}>
              {rowsAre}
            </th>
            {columns.map((name) => (
              <th key={name} scope="col" className={`${cell} sticky top-0 bg-paper font-normal`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, figures }) => (
            <tr key={key}>
              <th scope="row" className={`${cell} pl-0 text-left! font-normal`}>
                {name}
              </th>
              {figures.map(({ text, isKnown }, i) => (
                <td key={columns[i]} className={`${cell} ${isKnown ? '' : 'text-muted'}`}>
                  {text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
