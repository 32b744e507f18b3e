import { formatDay } from '../format/dates.ts';
import { formatPriceShort } from '../format/money.ts';
import { useElementSize } from '../ui/use-element-size.ts';
import { type PricePoint, plotPrices } from './price-points.ts';

const height = 148;
const farApartPx = 64;
/** Clear of the line that comes down to a point. */
const labelGapPx = 8;

/** The asking price as steps over time, each labelled where it begins. The list below says the same in words. */
export function PriceChart({ points, currency }: { points: readonly PricePoint[]; currency: string }) {
  const [measure, size] = useElementSize();
  const width = size?.width ?? 0;
  const plotted = plotPrices(points, Date.now(), { left: 6, right: width - 6, top: 34, bottom: height - 40 });
  const last = plotted.at(-1);
  const steps = plotted.map(({ x, y }, i) => `${i === 0 ? 'M' : 'H'}${x}${i === 0 ? ` ${y}` : `V${y}`}`).join('');
  // Labels that would touch are left to the list.
  const labelled = plotted.filter((point, i) => {
    const next = plotted[i + 1];
    return (
      i === 0 ||
      next === undefined ||
      (next.x - point.x > farApartPx && point.x - (plotted[i - 1]?.x ?? 0) > farApartPx)
    );
  });

  return (
    <div ref={measure} className="mb-4 overflow-hidden" style={{ height }}>
      {last && width > 0 && (
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={`The asking price, from ${words(points[0], currency)} to ${words(last, currency)}`}
        >
          <line x1="0" x2={width} y1={height - 22} y2={height - 22} className="stroke-hairline" />
          <path
            d={`${steps}H${width - 6}`}
            fill="none"
            strokeWidth="2.5"
            className="stroke-accent"
            strokeLinejoin="round"
          />
          {labelled.map(({ x, y, at, priceMinor }) => {
            const anchor = x > width - 90 ? 'end' : 'start';
            return (
              <g key={at} textAnchor={anchor}>
                <circle cx={x} cy={y} r="4.5" className="fill-surface stroke-accent" strokeWidth="2.5" />
                <text
                  x={x + (anchor === 'start' ? labelGapPx : 0)}
                  y={y - 12}
                  className="fill-ink text-sm font-semibold"
                >
                  {formatPriceShort(priceMinor, currency)}
                </text>
                <text x={x} y={height - 5} className="fill-muted text-xs">
                  {formatDay(new Date(at).toISOString())}
                </text>
              </g>
            );
          })}
        </svg>
      )}
    </div>
  );
}

function words(point: PricePoint | undefined, currency: string): string {
  if (!point) return '';
  return `${formatPriceShort(point.priceMinor, currency)} on ${formatDay(new Date(point.at).toISOString())}`;
}
