import type { Market, Median } from '@viewora/contracts/market';
import { plural } from '../format/facts.ts';
import { FigureCard } from '../ui/figure-card.tsx';
import { areaUnitText, daysText, perAreaText, priceText, spreadText, tooFew } from './market-words.ts';

const number = new Intl.NumberFormat('en-US');

/** What is on the market now, in a few figures. */
export function MarketCards({ market: { now, currency, fewestForMedian } }: { market: Market }) {
  const { listings, priceMinor, pricePerSqmMinor, daysOnMarket, sold, daysToSale } = now;
  const unit = areaUnitText(currency);
  const scarce = `It takes ${fewestForMedian} to have a middle.`;
  return (
    <dl className="mt-6 grid grid-cols-2 gap-3 lg:grid-cols-4">
      <FigureCard name="Median price" figure={<Figure of={priceMinor} text={priceText(priceMinor, currency)} />}>
        {spreadText(priceMinor, currency) ?? `Of ${plural(priceMinor.of, 'home')}. ${scarce}`}
      </FigureCard>
      <FigureCard
        name={`Per ${unit}`}
        figure={
          <Figure
            of={pricePerSqmMinor}
            text={pricePerSqmMinor.value === null ? tooFew : perAreaText(pricePerSqmMinor.value, currency)}
          />
        }
      >
        Median of {plural(pricePerSqmMinor.of, 'home')} whose area is known
      </FigureCard>
      <FigureCard name="On the market" figure={number.format(listings)} of={listings === 1 ? 'home' : 'homes'}>
        {daysOnMarket.value === null ? 'For how long: too few to say' : `For ${daysText(daysOnMarket)}, in the middle`}
      </FigureCard>
      <FigureCard name="Sold in 12 months" figure={number.format(sold)} of={sold === 1 ? 'home' : 'homes'}>
        {daysToSale.value === null
          ? 'How long a sale takes: too few to say'
          : `After ${daysText(daysToSale)}, in the middle`}
      </FigureCard>
    </dl>
  );
}

function Figure({ of: { value }, text }: { of: Median; text: string }) {
  return value === null ? <span className="text-base text-muted">{text}</span> : text;
}
