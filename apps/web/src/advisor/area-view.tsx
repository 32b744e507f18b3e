import type { AdvisedListing, AreaInsight } from '@viewora/contracts/answer';
import { Link } from 'react-router';
import { plural } from '../format/facts.ts';
import { formatPriceShort } from '../format/money.ts';
import { marketAddress } from '../markets/market-address.ts';
import { areaUnitText, daysText, perAreaText, priceText, spreadText, tooFew } from '../markets/market-words.ts';
import { FigureCard } from '../ui/figure-card.tsx';
import { kindText, trendText } from './place-rows.ts';

interface AreaViewProps {
  area: AreaInsight;
  homes: readonly AdvisedListing[];
}

/** What is known of a place, in four figures and what is looked at there. */
export function AreaView({ area, homes }: AreaViewProps) {
  const { key, label, currency, now, trend } = area;
  const kind = kindText(area);
  const viewed = area.mostViewed.map((id) => homes.find((home) => home.id === id)).filter((home) => home !== undefined);
  return (
    <section aria-label={`The market in ${label}`}>
      {kind && <p className="mb-2 text-sm text-muted">{kind}</p>}
      <dl className="grid grid-cols-2 gap-3">
        <FigureCard name="Median price" figure={priceText(now.priceMinor, currency)}>
          {spreadText(now.priceMinor, currency) ?? `Of ${plural(now.priceMinor.of, 'home')}`}
        </FigureCard>
        <FigureCard
          name={`Per ${areaUnitText(currency)}`}
          figure={now.pricePerSqmMinor.value === null ? tooFew : perAreaText(now.pricePerSqmMinor.value, currency)}
        >
          {trend ? trendText(trend) : 'How it changes: too little was listed to say'}
        </FigureCard>
        <FigureCard name="On the market" figure={plural(now.listings, 'home')}>
          {now.daysOnMarket.value === null
            ? 'For how long: too few to say'
            : `For ${daysText(now.daysOnMarket)}, in the middle`}
        </FigureCard>
        <FigureCard name="Sold in 12 months" figure={plural(now.sold, 'home')}>
          {now.daysToSale.value === null
            ? 'How long a sale takes: too few to say'
            : `After ${daysText(now.daysToSale)}, in the middle`}
        </FigureCard>
      </dl>
      {viewed.length > 0 && (
        <p className="mt-3 text-sm text-muted">
          Most looked at in 7 days:{' '}
          {viewed.map((home, i) => (
            <span key={home.id}>
              {i > 0 && ', '}
              <Link to={`/homes/${home.id}`} className="text-ink underline underline-offset-4 hover:text-accent">
                {home.title}
              </Link>{' '}
              ({formatPriceShort(home.priceMinor, home.currency)})
            </span>
          ))}
        </p>
      )}
      <Link
        to={marketAddress(key)}
        className="mt-2 inline-flex min-h-11 items-center rounded-sm text-sm font-semibold text-accent underline-offset-4 hover:underline"
      >
        What homes cost in {label}, month by month
      </Link>
    </section>
  );
}
