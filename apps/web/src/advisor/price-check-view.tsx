import type { AdvisedListing, PriceCheck } from '@viewora/contracts/answer';
import { Link } from 'react-router';
import { plural, shortFacts } from '../format/facts.ts';
import { formatPrice, formatPriceShort } from '../format/money.ts';
import { distanceText, priceScale } from './price-scale.ts';

interface PriceCheckViewProps {
  check: PriceCheck;
  homes: readonly AdvisedListing[];
}

const verdicts: Record<NonNullable<PriceCheck['verdict']>, string> = {
  below: 'Below what similar homes ask',
  within: 'Within what similar homes ask',
  above: 'Above what similar homes ask',
};

/** What a home should cost by those like it: a range, how sure that is, and which homes it comes from. */
export function PriceCheckView({ check, homes }: PriceCheckViewProps) {
  const { range, currency, confidence, verdict, askedMinor } = check;
  const comparables = check.comparables
    .map((id) => homes.find((home) => home.id === id))
    .filter((home) => home !== undefined);
  const distance = distanceText(check);
  return (
    <section aria-label="Price check" className="rounded-card border border-hairline bg-surface p-4 md:p-5">
      <h3 className="text-base font-semibold">
        {verdict ? verdicts[verdict] : `About ${formatPriceShort(range.middleMinor, currency)}`}
      </h3>
      {askedMinor !== null && (
        <p className="mt-0.5 text-sm text-muted">
          Asked: {formatPrice(askedMinor, currency)}
          {distance && `, ${distance}`}
        </p>
      )}
      <PriceLine check={check} />
      <p className="mt-4 text-sm text-muted">
        An estimate from {plural(check.comparables.length, 'similar home')} for sale.{' '}
        <span className="whitespace-nowrap">
          Confidence: <strong className="font-semibold text-ink">{confidence}</strong>
        </span>
      </p>
      {comparables.length > 0 && (
        <details className="mt-1 text-sm">
          <summary className="inline-flex min-h-11 cursor-pointer items-center rounded-sm font-semibold underline-offset-4 hover:underline">
            The homes it comes from
          </summary>
          <ul className="grid gap-2">
            {comparables.map((home) => (
              <li key={home.id} className="flex flex-wrap gap-x-3">
                <Link to={`/homes/${home.id}`} className="min-w-0 underline underline-offset-4 hover:text-accent">
                  {home.title}
                </Link>
                <span className="text-muted">
                  {[formatPriceShort(home.priceMinor, home.currency), ...shortFacts(home)].join(' · ')}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

/** The range as a band, its middle as a line across it, and what is asked as a mark of its own. */
function PriceLine({ check }: { check: PriceCheck }) {
  const { range, currency, askedMinor } = check;
  const { low, middle, high, asked } = priceScale(check);
  const at = (share: number) => `${share * 100}%`;
  const text = (priceMinor: number) => formatPriceShort(priceMinor, currency);
  return (
    <div
      role="img"
      aria-label={`Similar homes ask ${text(range.lowMinor)} to ${text(range.highMinor)}, ${text(range.middleMinor)} in the middle${askedMinor === null ? '' : `; this one asks ${text(askedMinor)}`}`}
      className="relative mx-1 mt-4 h-21 text-xs"
    >
      <span className="absolute inset-x-0 top-10 h-1 rounded-full bg-sunken" />
      <span
        style={{ left: at(low), width: at(high - low) }}
        className="absolute top-8.5 h-4 min-w-1 rounded-full border border-accent bg-accent-soft"
      />
      <span style={{ left: at(middle) }} className="absolute top-8.5 h-4 w-0.5 -translate-x-1/2 bg-accent" />
      <Tick share={low} text={text(range.lowMinor)} side="left" />
      <Tick share={high} text={text(range.highMinor)} side="right" />
      {asked !== null && askedMinor !== null && (
        <>
          <span
            style={{ left: at(asked) }}
            className="absolute top-7.5 size-6 -translate-x-1/2 rounded-full border-4 border-surface bg-ink"
          />
          <span
            style={{ left: `clamp(2.75rem, ${at(asked)}, calc(100% - 2.75rem))` }}
            className="absolute top-1 -translate-x-1/2 font-semibold whitespace-nowrap text-ink"
          >
            Asked {text(askedMinor)}
          </span>
        </>
      )}
    </div>
  );
}

/** Outside of the band, so that the two never meet, however narrow it is. */
function Tick({ share, text, side }: { share: number; text: string; side: 'left' | 'right' }) {
  return (
    <span
      style={{ left: `${share * 100}%` }}
      className={`absolute top-14.5 whitespace-nowrap text-muted ${side === 'left' ? '-translate-x-[85%]' : '-translate-x-[15%]'}`}
    >
      {text}
    </span>
  );
}
