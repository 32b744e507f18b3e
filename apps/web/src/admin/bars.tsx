import { Link } from 'react-router';
import { type Bar, leaders, type StackedBar } from './overview-answers.ts';

const number = new Intl.NumberFormat('en-US');

interface BarsProps {
  bars: readonly Bar[];
  /** What the rows are and what is counted, for whoever hears the table. */
  caption: string;
  counts: string;
  /** Under the last: what has no line of its own. */
  rest?: { name: string; count: number };
}

/** From zero, the longest as wide as there is room; what leads has the colour. */
export function Bars({ bars, caption, counts, rest }: BarsProps) {
  const best = leaders(bars);
  const most = Math.max(1, ...bars.map(({ count }) => count));
  if (bars.length === 0) return null;
  return (
    <table className="w-full table-fixed text-left text-sm">
      <caption className="sr-only">{caption}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Name</th>
          <th scope="col">{counts}</th>
        </tr>
      </thead>
      <tbody>
        {bars.map((bar) => (
          <tr key={bar.key}>
            <th scope="row" className="w-[38%] truncate py-1 pr-3 font-normal">
              {bar.path === undefined ? (
                bar.name
              ) : (
                <Link
                  to={bar.path}
                  title={bar.name}
                  className="block truncate underline-offset-4 hover:underline max-md:-my-1 max-md:py-3"
                >
                  {bar.name}
                </Link>
              )}
            </th>
            <td className="py-1">
              <span className="flex items-center gap-2">
                <span className="flex-1">
                  <span
                    aria-hidden
                    style={{ width: `${(bar.count / most) * 100}%` }}
                    className={`block h-5 min-w-px rounded-r-[3px] ${best.includes(bar) ? 'bg-accent' : 'bg-edge'}`}
                  />
                </span>
                <span className="w-12 text-right font-semibold">{number.format(bar.count)}</span>
              </span>
            </td>
          </tr>
        ))}
        {rest && rest.count > 0 && (
          <tr className="text-muted">
            <th scope="row" className="w-[38%] py-1 pr-3 font-normal">
              {rest.name}
            </th>
            {/* Without a bar: together they would dwarf what they are not compared with. */}
            <td className="py-1 text-right">{number.format(rest.count)}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

/** How strong each part's colour is, from the first to the last. */
const strengths = [100, 62, 36, 16];

/** Bars of parts, each part named under its bar in the order it has there. */
export function StackedBars({ bars, caption }: { bars: readonly StackedBar[]; caption: string }) {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const [first] = bars;
  return (
    <>
      <ul aria-hidden className="flex flex-col gap-3.5">
        {bars.map((bar) => (
          <li key={bar.key} className="text-sm">
            <span className="flex items-baseline justify-between">
              {bar.name} <span className="font-semibold">{number.format(bar.count)}</span>
            </span>
            <span className="my-1 flex h-5 gap-0.5" style={{ width: `${(bar.count / most) * 100}%` }}>
              {bar.parts.map(
                ({ key, count }, i) =>
                  count > 0 && (
                    <span
                      key={key}
                      style={{ flexGrow: count, background: shade(i) }}
                      className="min-w-0.5 basis-0 last:rounded-r-[3px]"
                    />
                  ),
              )}
            </span>
            <span className="flex flex-wrap gap-x-4 text-xs text-muted">
              {bar.parts.map(
                ({ key, name, count }, i) =>
                  count > 0 && (
                    <span key={key} className="flex items-center gap-1.5">
                      <span style={{ background: shade(i) }} className="size-2 rounded-[2px]" />
                      {number.format(count)} {name}
                    </span>
                  ),
              )}
            </span>
          </li>
        ))}
      </ul>
      {/* Around the table, for a table itself is never narrower than its words, and would widen the page. */}
      <div className="sr-only">
        <table>
          <caption>{caption}</caption>
          <thead>
            <tr>
              <th scope="col">Name</th>
              {first?.parts.map(({ key }) => (
                <th key={key} scope="col">
                  {key}
                </th>
              ))}
              <th scope="col">all</th>
            </tr>
          </thead>
          <tbody>
            {bars.map(({ key, name, count, parts }) => (
              <tr key={key}>
                <th scope="row">{name}</th>
                {parts.map((part) => (
                  <td key={part.key}>{part.count}</td>
                ))}
                <td>{count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function shade(part: number): string {
  return `color-mix(in oklab, var(--accent) ${strengths[part] ?? 16}%, var(--hairline))`;
}
