/** The locale in which people write a currency: lakh and crore for rupees. The page's own words are English. */
function localeOf(currency: string): string {
  return currency === 'INR' ? 'en-IN' : 'en-US';
}

function fractionDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** How many minor units make one: 100 for dollars and rupees, 1 for yen. */
export function minorPerUnit(currency: string): number {
  return 10 ** fractionDigits(currency);
}

/** Three significant digits: 1.25, 12.5, 125. */
function short(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 }).format(value);
}

export function currencySymbol(currency: string): string {
  const parts = new Intl.NumberFormat(localeOf(currency), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  }).formatToParts(0);
  return parts.find(({ type }) => type === 'currency')?.value ?? currency;
}

/** As people say it, for pins and cards: $450K, $1.25M, ₹85 L, ₹1.2 Cr. */
export function formatPriceShort(priceMinor: number, currency: string): string {
  const amount = priceMinor / minorPerUnit(currency);
  if (currency === 'INR') {
    // 99.95 lakh would round to "100 L", which nobody says.
    if (amount >= 9_995_000) return `₹${short(amount / 10_000_000, 'en-IN')} Cr`;
    if (amount >= 100_000) return `₹${short(amount / 100_000, 'en-IN')} L`;
    return formatPrice(priceMinor, currency);
  }
  return new Intl.NumberFormat(localeOf(currency), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    notation: 'compact',
    maximumSignificantDigits: 3,
  }).format(amount);
}

/** To the last unit, grouped as the currency's people group it: $449,900, ₹85,00,000. */
export function formatPrice(priceMinor: number, currency: string): string {
  const amount = priceMinor / minorPerUnit(currency);
  const digits = Number.isInteger(amount) ? 0 : fractionDigits(currency);
  return new Intl.NumberFormat(localeOf(currency), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount);
}

export function formatPriceRange(min: number | undefined, max: number | undefined, currency: string): string {
  if (min !== undefined && max !== undefined) {
    return `${formatPriceShort(min, currency)}–${formatPriceShort(max, currency)}`;
  }
  if (min !== undefined) return `From ${formatPriceShort(min, currency)}`;
  return max === undefined ? 'Any price' : `Up to ${formatPriceShort(max, currency)}`;
}

const multipliers: Record<string, number> = {
  k: 1_000,
  m: 1_000_000,
  mn: 1_000_000,
  l: 100_000,
  lac: 100_000,
  lakh: 100_000,
  cr: 10_000_000,
  crore: 10_000_000,
};

/** What somebody types as a price ("450k", "$1.2m", "85 lakh", "1,20,000"), in minor units; null when it is not one. */
export function parsePrice(text: string, currency: string): number | null {
  const match = /^[^\d.]*(\d[\d,\s]*\.?\d*|\.\d+)\s*([a-z]*)\.?$/i.exec(text.trim());
  if (!match) return null;
  const suffix = (match[2] ?? '').toLowerCase().replace(/s$/, '');
  const multiplier = suffix === '' ? 1 : multipliers[suffix];
  const amount = Number((match[1] ?? '').replace(/[,\s]/g, ''));
  if (multiplier === undefined || !Number.isFinite(amount)) return null;
  const priceMinor = Math.round(amount * multiplier * minorPerUnit(currency));
  return Number.isSafeInteger(priceMinor) ? priceMinor : null;
}
