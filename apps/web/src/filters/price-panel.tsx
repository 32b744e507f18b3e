import { currencySymbol, formatPriceShort, minorPerUnit, parsePrice } from '../format/money.ts';
import { TextField } from '../ui/text-field.tsx';
import type { FilterPanelProps } from './filter-panel.ts';
import { PriceHistogram } from './price-histogram.tsx';

export function PricePanel({ filter, facets, currency, onChange }: FilterPanelProps) {
  const { minPriceMinor, maxPriceMinor } = filter;

  function setRange(min: number | undefined, max: number | undefined): void {
    const isReversed = min !== undefined && max !== undefined && min > max;
    const hasBound = min !== undefined || max !== undefined;
    onChange({
      minPriceMinor: isReversed ? max : min,
      maxPriceMinor: isReversed ? min : max,
      currency: hasBound ? currency : undefined,
    });
  }

  function commit(text: string, set: (priceMinor: number | undefined) => void): string | null {
    if (text.trim() === '') {
      set(undefined);
      return null;
    }
    const priceMinor = parsePrice(text, currency);
    if (priceMinor === null) return currency === 'INR' ? 'A price, such as 85 lakh' : 'A price, such as 450k';
    set(priceMinor);
    return null;
  }

  return (
    <>
      <p className="mb-3 text-sm font-semibold">Price</p>
      {facets && facets.priceMinor.length > 1 && (
        <PriceHistogram
          buckets={facets.priceMinor}
          currency={currency}
          min={minPriceMinor}
          max={maxPriceMinor}
          onChange={setRange}
        />
      )}
      <div className="mt-4 flex gap-3">
        <TextField
          label="From"
          placeholder="No minimum"
          prefix={currencySymbol(currency)}
          value={fieldText(minPriceMinor, currency)}
          onCommit={(text) => commit(text, (price) => setRange(price, maxPriceMinor))}
        />
        <TextField
          label="To"
          placeholder="No maximum"
          prefix={currencySymbol(currency)}
          value={fieldText(maxPriceMinor, currency)}
          onCommit={(text) => commit(text, (price) => setRange(minPriceMinor, price))}
        />
      </div>
    </>
  );
}

/** As short as it can be without changing what it means: 450K, but 449,900. */
function fieldText(priceMinor: number | undefined, currency: string): string {
  if (priceMinor === undefined) return '';
  const short = formatPriceShort(priceMinor, currency);
  const isExact = parsePrice(short, currency) === priceMinor;
  const amount = priceMinor / minorPerUnit(currency);
  const text = isExact ? short : new Intl.NumberFormat(currency === 'INR' ? 'en-IN' : 'en-US').format(amount);
  return text.replace(/^[^\d]+/, '');
}
