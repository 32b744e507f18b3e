import type { AnalyticsPoint, Granularity } from '@viewora/contracts/analytics';
import { useState } from 'react';
import { isRunning } from './series-figures.ts';
import { stepText } from './step-text.ts';

const number = new Intl.NumberFormat('en-US');
const columns = ['Views', 'Visitors', 'Seen in results', 'Interested', 'In touch'];
const cellClass = 'border-b border-hairline px-3 py-2 text-right';

interface SeriesTableProps {
  points: readonly AnalyticsPoint[];
  granularity: Granularity;
  now: number;
}

/** The same as the chart, to be read or heard; the newest first. */
export function SeriesTable(props: SeriesTableProps) {
  // A year of days need not be drawn for whoever looks at the chart.
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className="mt-4" onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary className="inline-flex min-h-10 cursor-pointer items-center rounded-sm text-sm font-semibold underline-offset-4 hover:underline">
        {isOpen ? 'Hide the table' : 'Show as a table'}
      </summary>
      {isOpen && <Table {...props} />}
    </details>
  );
}

function Table({ points, granularity, now }: SeriesTableProps) {
  return (
    <section
      aria-label="Figures over time"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
      tabIndex={0}
      className="scroll-quiet mt-2 max-h-96 overflow-auto rounded-sm"
    >
      <table className="w-full border-separate border-spacing-0 text-sm">
        <thead className="text-xs text-muted">
          <tr>
            <th scope="col" className={`${cellClass} sticky top-0 bg-paper pl-0 text-left! font-normal`}>
              Time
            </th>
            {columns.map((name) => (
              <th key={name} scope="col" className={`${cellClass} sticky top-0 bg-paper font-normal`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.toReversed().map((point) => (
            <tr key={point.at}>
              <th scope="row" className={`${cellClass} pl-0 text-left! font-normal whitespace-nowrap`}>
                {stepText(Date.parse(point.at), granularity)}
                {isRunning(point, granularity, now) && ', so far'}
              </th>
              {[point.views, point.uniques, point.impressions, point.interests, point.contacts].map((figure, i) => (
                <td key={columns[i]} className={`${cellClass} ${figure === null ? 'text-muted' : ''}`}>
                  {figure === null ? 'not known' : number.format(figure)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
