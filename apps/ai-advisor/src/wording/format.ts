import { type AreaUnit, type ListingItem, type PropertyType, sqmPerUnit } from '@viewora/contracts/listing';
import { concernsOf } from '../guard/guard.rule.ts';
import { masked } from '../guard/privacy.rule.ts';
import { minorPerUnit } from '../understand/words.ts';

const unitWords: Record<AreaUnit, string> = { sqft: 'sqft', sqm: 'm²', cent: 'cents', acre: 'acres' };

/** One of a type, and more of them. */
export const typeNouns: Record<PropertyType, readonly [one: string, many: string]> = {
  house: ['house', 'houses'],
  flat: ['flat', 'flats'],
  plot: ['plot', 'plots'],
  commercial: ['commercial property', 'commercial properties'],
};

/** The locale in which people write a currency: lakh and crore for rupees. The advisor's own words are English. */
const localeOf = (currency: string) => (currency === 'INR' ? 'en-IN' : 'en-US');

/** Kept, since making one takes longer than all that it is used for. */
const formats = new Map<string, Intl.NumberFormat>();

function money(currency: string, digits?: number): Intl.NumberFormat {
  const key = `${currency} ${digits}`;
  const format = formats.get(key) ?? moneyFormat(currency, digits);
  formats.set(key, format);
  return format;
}

function moneyFormat(currency: string, digits?: number): Intl.NumberFormat {
  return new Intl.NumberFormat(localeOf(currency), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    ...(digits !== undefined && { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  });
}

/** To the last unit, grouped as the currency's people group it: $449,900, ₹85,00,000. */
export function priceWords(priceMinor: number, currency: string): string {
  const amount = priceMinor / minorPerUnit(currency);
  return (Number.isInteger(amount) ? money(currency, 0) : money(currency)).format(amount);
}

/** A figure that was reckoned, not asked: in whole units. */
export function roundPriceWords(priceMinor: number, currency: string): string {
  return money(currency, 0).format(Math.round(priceMinor / minorPerUnit(currency)));
}

/** The unit in which people who pay in a currency think of floors. */
export function areaUnitFor(currency: string): 'sqft' | 'sqm' {
  return currency === 'USD' || currency === 'INR' ? 'sqft' : 'sqm';
}

export function perAreaWords(minorPerSqm: number, currency: string): string {
  const unit = areaUnitFor(currency);
  return `${roundPriceWords(minorPerSqm * sqmPerUnit[unit], currency)} per ${unitWords[unit]}`;
}

export function areaWords(areaSqm: number, unit: AreaUnit): string {
  const value = areaSqm / sqmPerUnit[unit];
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
  return `${new Intl.NumberFormat('en-US', { maximumFractionDigits: digits }).format(value)} ${unitWords[unit]}`;
}

/** An area in its seller's unit; null where none is known. */
export function listingAreaWords({
  areaSqm,
  areaValue,
  areaUnit,
}: Pick<ListingItem, 'areaSqm' | 'areaValue' | 'areaUnit'>): string | null {
  if (areaSqm === null) return null;
  const unit = areaUnit ?? 'sqm';
  return areaWords(areaValue === null ? areaSqm : areaValue * sqmPerUnit[unit], unit);
}

const whole = new Intl.NumberFormat('en-US');

export function countWords(count: number, one: string, many = `${one}s`): string {
  return `${whole.format(count)} ${count === 1 ? one : many}`;
}

/** "3-bed house in Folsom": made of facts, since a title can say anything. */
export function homeName({
  type,
  beds,
  locality,
  city,
}: Pick<ListingItem, 'type' | 'beds' | 'locality' | 'city'>): string {
  const rooms = beds === null || beds === 0 ? '' : `${beds}-bed `;
  const place = [locality, city].map((name) => plainName(name)).find((name) => name !== null);
  return `${rooms}${typeNouns[type][0]}${place === undefined ? '' : ` in ${place}`}`;
}

/** A name that can stand in a sentence; null where it is something else, or tells who somebody is, whatever its seller calls it. */
export function plainName(name: string | null): string | null {
  const isName = name !== null && /^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N} .'’()-]{0,39}$/u.test(name);
  return isName && masked(name) === name && concernsOf(name).length === 0 ? name : null;
}

const longestTitle = 120;

/** A listing's title as a source is called by it; its name where the title says what nobody should. */
export function listingTitle(item: ListingItem): string {
  const title = visible(item.title).slice(0, longestTitle);
  return title === '' || concernsOf(title).length > 0 ? homeName(item) : title;
}

/** Without characters that cannot be seen, or that turn the others round. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
}

export function daysSince(iso: string, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - Date.parse(iso)) / 86_400_000));
}

/** "a", "a and b", "a, b and c". */
export function listWords(words: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(words);
}
