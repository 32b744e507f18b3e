import { formatPrice, formatPriceShort } from '../format/money.ts';

/** "₹85 L, exactly ₹85,00,000; 4% less". An example where there is no price to read. */
export function priceWords(priceMinor: number | null, currency: string, beforeMinor: number | null = null): string {
  if (priceMinor === null) return currency === 'INR' ? 'Such as 85 lakh or 1.2 crore' : 'Such as 450k or 1.25m';
  const short = formatPriceShort(priceMinor, currency);
  const exact = formatPrice(priceMinor, currency);
  const said = short === exact ? exact : `${short}, exactly ${exact}`;
  const change = changeWords(priceMinor, beforeMinor);
  return change === null ? said : `${said}; ${change}`;
}

function changeWords(priceMinor: number, beforeMinor: number | null): string | null {
  if (beforeMinor === null || beforeMinor === 0 || priceMinor === beforeMinor) return null;
  const percent = Math.abs(priceMinor / beforeMinor - 1) * 100;
  const said = percent < 0.1 ? 'less than 0.1' : String(Number(percent.toFixed(percent < 10 ? 1 : 0)));
  return `${said}% ${priceMinor < beforeMinor ? 'less' : 'more'} than before`;
}
