import type { ListingDetail } from '@viewora/contracts/listing';
import { type CSSProperties, useState } from 'react';
import { Link } from 'react-router';
import { HomeDrawing } from '../drawing/home-drawing.tsx';
import { placeLine } from '../format/facts.ts';
import { Button } from '../ui/button.tsx';
import { type CompareCell, compareRows } from './compare-rows.ts';

interface CompareTableProps {
  homes: readonly ListingDetail[];
  onTakeOut: (id: string) => void;
}

/** Stays where it is while the homes go by. */
const firstColumn = 'sticky left-0 z-10 bg-paper pr-3 pl-5 md:pr-6 md:pl-0';

/**
 * A fact to a row and a home to a column. On a phone the columns go by under the thumb, one after the other, and the
 * names of the facts stay.
 */
export function CompareTable({ homes, onTakeOut }: CompareTableProps) {
  const [isShort, setIsShort] = useState(false);
  const rows = compareRows(homes);
  const shown = isShort ? rows.filter(({ differs }) => differs) : rows;
  return (
    <section
      aria-label="Comparison"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by whoever has only a keyboard
      tabIndex={0}
      className="scroll-quiet -mx-5 mt-8 snap-x snap-mandatory scroll-pl-31 overflow-x-auto pr-5 md:mx-0 md:scroll-pl-44 md:pr-0"
    >
      <table
        style={{ '--homes': homes.length } as CSSProperties}
        className="w-full min-w-[calc(7.75rem+var(--homes)*10.5rem)] table-fixed border-collapse md:min-w-[calc(11rem+var(--homes)*8.5rem)]"
      >
        <caption className="sr-only">Facts of the homes side by side</caption>
        <colgroup>
          <col className="w-31 md:w-44" />
        </colgroup>
        <thead>
          <tr>
            <td className={`${firstColumn} pb-6 align-bottom`}>
              <label className="flex min-h-11 cursor-pointer items-center gap-2 text-sm">
                <input
                  type="checkbox"
                  checked={isShort}
                  onChange={() => setIsShort(!isShort)}
                  className="size-4 shrink-0 accent-accent"
                />
                Only what differs
              </label>
            </td>
            {homes.map((home) => (
              <HomeHeader key={home.id} home={home} onTakeOut={onTakeOut} />
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ name, cells, differs }) => (
            <tr key={name} className="border-t border-hairline">
              <th scope="row" className={`${firstColumn} py-3 text-left align-top text-sm font-normal text-muted`}>
                {name}
                {!differs && <span className="block text-xs">the same</span>}
              </th>
              {homes.map((home, i) => (
                <FactCell key={home.id} cell={cells[i]} differs={differs} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function HomeHeader({ home, onTakeOut }: { home: ListingDetail; onTakeOut: (id: string) => void }) {
  return (
    <th scope="col" className="snap-start pr-5 pb-4 text-left align-top font-normal">
      <Link to={`/homes/${home.id}`} className="block rounded-card">
        <span className="picture mb-2.5 block rounded-card">
          <HomeDrawing facts={home} />
        </span>
        <span className="block text-base font-semibold text-balance">{home.title}</span>
        <span className="block text-sm text-muted">{placeLine(home)}</span>
      </Link>
      <Button look="quiet" aria-label={`Take out ${home.title}`} className="px-0!" onClick={() => onTakeOut(home.id)}>
        Take out
      </Button>
    </th>
  );
}

function FactCell({ cell, differs }: { cell: CompareCell | undefined; differs: boolean }) {
  return (
    <td className="py-3 pr-5 align-top text-sm break-words">
      {cell?.text == null ? (
        <span className="text-muted">Not given</span>
      ) : (
        <span className={differs ? '' : 'text-muted'}>{cell.text}</span>
      )}
      {cell?.note && <span className="mt-0.5 block text-xs font-semibold text-better">✓ {cell.note}</span>}
    </td>
  );
}
