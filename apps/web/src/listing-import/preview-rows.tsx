import type { AreaUnit } from '@viewora/contracts/listing';
import { sqmPerUnit } from '@viewora/contracts/listing';
import { CircleAlert } from 'lucide-react';
import { useId } from 'react';
import { formatAreaIn } from '../format/area.ts';
import { formatFullDay } from '../format/dates.ts';
import { plural, typeNames } from '../format/facts.ts';
import { formatPrice } from '../format/money.ts';
import type { CsvHead } from './csv-head.ts';
import { type ImportChoices, importMap } from './import-choices.ts';
import { type PreviewRow, previewRow, typeOf } from './preview-row.ts';

const shownRows = 5;
const headClass = 'border-b border-hairline px-3 pb-2 text-left text-xs font-normal text-muted whitespace-nowrap';
const cellClass = 'border-b border-hairline px-3 py-2.5 align-top text-sm';

/** The first rows as they will be, and what of the rows that were looked at will be rejected. */
export function PreviewRows({ head, choices }: { head: CsvHead; choices: ImportChoices }) {
  const id = useId();
  const map = importMap(choices, head);
  const rows = head.rows.map((row, i) => ({ line: i + 2, ...previewRow(map, head.header, row) }));
  const bad = rows.filter(({ problems }) => problems.length > 0).length;
  return (
    <section aria-labelledby={id} className="pt-8">
      <h3 id={id} className="text-base font-semibold">
        The first rows as they will be
      </h3>
      <p role="status" className={`mt-1 text-sm ${bad > 0 ? 'text-worse' : 'text-muted'}`}>
        {bad > 0
          ? `Of the first ${plural(rows.length, 'row')}, ${bad === 1 ? 'one' : bad} will be rejected. The rest is imported all the same.`
          : `The first ${plural(rows.length, 'row')} can be read.`}
      </p>
      <div
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        tabIndex={0}
        className="mt-3 overflow-x-auto rounded-card border border-hairline bg-surface pt-3"
      >
        <table aria-labelledby={id} className="w-full border-separate border-spacing-0">
          <thead>
            <tr>
              {['Price', 'What', 'Facts', 'Place', 'On the map', 'Listed on'].map((name) => (
                <th key={name} scope="col" className={headClass}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shownRows).map((row) => (
              <Row key={row.line} row={row} currency={choices.currency} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({ row, currency }: { row: PreviewRow; currency: string }) {
  const { values, problems } = row;
  if (problems.length > 0) {
    return (
      <tr>
        <td colSpan={6} className={`${cellClass} text-worse`}>
          <span className="flex gap-2">
            <CircleAlert size={16} aria-hidden className="mt-0.5 shrink-0" />
            Rejected: {problems.join(' ')}
          </span>
        </td>
      </tr>
    );
  }
  const { priceMinor, areaValue, beds, baths, lat, lon, listedAt } = values;
  const unit = (values.areaUnit ?? 'sqft') as AreaUnit;
  const facts = [
    beds === undefined ? null : `${beds} bd`,
    baths === undefined ? null : `${baths} ba`,
    areaValue === undefined ? null : formatAreaIn(Number(areaValue) * sqmPerUnit[unit], unit),
    values.yearBuilt === undefined ? null : `built ${values.yearBuilt}`,
  ].filter((fact) => fact !== null);
  const place = [values.address, values.locality, values.city, values.postalCode].filter((part) => part !== undefined);
  return (
    <tr className="last:*:border-b-0">
      <td className={`${cellClass} font-semibold whitespace-nowrap`}>
        {formatPrice(Number(priceMinor), String(values.currency ?? currency))}
      </td>
      <td className={cellClass}>{values.title ?? typeNames[typeOf(row)]}</td>
      <td className={`${cellClass} whitespace-nowrap`}>{facts.join(' · ') || '–'}</td>
      <td className={`${cellClass} min-w-40`}>{place.join(', ') || '–'}</td>
      <td className={`${cellClass} whitespace-nowrap`}>{lat === undefined ? 'No' : `${lat}, ${lon}`}</td>
      <td className={`${cellClass} whitespace-nowrap`}>
        {listedAt === undefined ? 'When imported' : formatFullDay(String(listedAt))}
      </td>
    </tr>
  );
}
