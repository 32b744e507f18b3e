import type { AdvisedListing, Comparison } from '@viewora/contracts/answer';
import type { CSSProperties } from 'react';
import { Link } from 'react-router';
import { HomeDrawing } from '../drawing/home-drawing.tsx';
import { placeLine } from '../format/facts.ts';
import { comparedRows } from './comparison-rows.ts';

interface ComparisonViewProps {
  comparison: Comparison;
  homes: readonly AdvisedListing[];
}

/** Stays where it is while the homes go by. */
const firstColumn = 'sticky left-0 z-10 bg-paper pr-3 text-left';

/** A fact to a row and a home to a column; what is best is said in words. */
export function ComparisonView({ comparison, homes }: ComparisonViewProps) {
  const compared = comparison.ids
    .map((id) => homes.find((home) => home.id === id))
    .filter((home) => home !== undefined);
  if (compared.length !== comparison.ids.length) return null;
  return (
    <section
      aria-label="Comparison"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by whoever has only a keyboard
      tabIndex={0}
      className="scroll-quiet -mx-5 scroll-pl-30 overflow-x-auto rounded-sm px-5"
    >
      <table
        style={{ '--homes': compared.length } as CSSProperties}
        className="w-full min-w-[calc(7rem+var(--homes)*9rem)] table-fixed border-collapse text-sm"
      >
        <caption className="sr-only">Facts of the homes side by side</caption>
        <colgroup>
          <col className="w-28" />
        </colgroup>
        <thead>
          <tr>
            <td className={firstColumn} />
            {compared.map((home) => (
              <th key={home.id} scope="col" className="pr-4 pb-3 text-left align-top font-normal">
                <Link to={`/homes/${home.id}`} className="block rounded-card">
                  <span className="picture mb-2 block rounded-card">
                    <HomeDrawing facts={home} />
                  </span>
                  <span className="block font-semibold text-balance">{home.title}</span>
                  <span className="block text-xs text-muted">{placeLine(home)}</span>
                </Link>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {comparedRows(comparison, compared).map(({ name, note, cells }) => (
            <tr key={name} className="border-t border-hairline">
              <th scope="row" className={`${firstColumn} py-2.5 align-top font-normal text-muted`}>
                {name}
              </th>
              {compared.map((home, i) => (
                <td key={home.id} className="py-2.5 pr-4 align-top">
                  {cells[i]?.text ?? <span className="text-muted">Not given</span>}
                  {cells[i]?.isBest && <span className="mt-0.5 block text-xs font-semibold text-better">✓ {note}</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
