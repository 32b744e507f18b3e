import type { Favourite } from '@viewora/contracts/saved-listing';
import { formatPriceShort } from '../format/money.ts';

export interface SinceSaved {
  kind: 'less' | 'more';
  text: string;
}

/** What has become of the price since a home was saved; null where it is the same. */
export function sinceSaved(
  { priceMinor, currency }: Pick<NonNullable<Favourite['listing']>, 'priceMinor' | 'currency'>,
  savedPriceMinor: number,
): SinceSaved | null {
  if (priceMinor === savedPriceMinor) return null;
  const kind = priceMinor < savedPriceMinor ? 'less' : 'more';
  const amount = formatPriceShort(Math.abs(priceMinor - savedPriceMinor), currency);
  return { kind, text: `${kind === 'less' ? '↓' : '↑'} ${amount} ${kind} than when you saved it` };
}
