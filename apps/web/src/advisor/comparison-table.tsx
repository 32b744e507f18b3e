import type { CSSProperties, ReactNode } from 'react';
import type { ComparedRow } from './comparison-rows.ts';

interface ComparisonTableProps {
  name: string;
  caption: string;
  /** One for each column. */
  heads: readonly { key: string; head: ReactNode }[];
  rows: readonly ComparedRow[];
}

/** Stays where it is while the columns go by. */
const firstColumn = 'sticky left-0 z-10 bg-paper pr-3 text-left';

/** A fact to a row, and what is compared to a column; what is best is said in words. */
export function ComparisonTable({ name, caption, heads, rows }: ComparisonTableProps) {
  return (
    <section
      aria-label={name}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by whoever has only a keyboard
      tabIndex={0}
      className="scroll-quiet -mx-5 scroll-pl-30 overflow-x-auto rounded-sm px-5"
    >
      <table
        style={{ '--columns': heads.length } as CSSProperties}
        className="w-full min-w-[calc(7rem+var(--columns)*9rem)] table-fixed border-collapse text-sm"
      >
        <caption className="sr-only">{caption}</caption>
        <colgroup>
          <col className="w-28" />
        </colgroup>
        <thead>
          <tr>
            <td className={firstColumn} />
            {heads.map(({ key, head }) => (
              <th key={key} scope="col" className="pr-4 pb-3 text-left align-top font-normal">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name} className="border-t border-hairline">
              <th scope="row" className={`${firstColumn} py-2.5 align-top font-normal text-muted`}>
                {row.name}
              </th>
              {heads.map(({ key }, i) => (
                <td key={key} className="py-2.5 pr-4 align-top">
                  {row.cells[i]?.text ?? <span className="text-muted">{row.unknown}</span>}
                  {row.cells[i]?.isBest && (
                    <span className="mt-0.5 block text-xs font-semibold text-better">✓ {row.note}</span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
