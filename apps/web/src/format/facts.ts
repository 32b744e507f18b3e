import type { ListingItem, PropertyType } from '@viewora/contracts/listing';
import { formatArea } from './area.ts';
import { formatDay, isSameDay, isWithinDays } from './dates.ts';

export const typeNames: Record<PropertyType, string> = {
  house: 'House',
  flat: 'Flat',
  plot: 'Plot',
  commercial: 'Commercial',
};

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${new Intl.NumberFormat('en-US').format(count)} ${count === 1 ? one : many}`;
}

/** What is known of a home in a few words each, in the order people ask: 3 bd, 2 ba, 1,240 sqft, House. */
export function shortFacts(listing: ListingItem): string[] {
  const area = formatArea(listing);
  return [
    listing.beds === null ? null : `${listing.beds} bd`,
    listing.baths === null ? null : `${listing.baths} ba`,
    area?.own ?? null,
    typeNames[listing.type],
  ].filter((fact) => fact !== null);
}

/** The same for whoever hears it instead of seeing it. */
export function spokenFacts(listing: ListingItem): string {
  const area = formatArea(listing);
  return [
    listing.beds === null ? null : plural(listing.beds, 'bedroom'),
    listing.baths === null ? null : plural(listing.baths, 'bathroom'),
    area?.own ?? null,
    typeNames[listing.type].toLowerCase(),
  ]
    .filter((fact) => fact !== null)
    .join(', ');
}

/** Where it is, from the nearest name to the widest. */
export function placeLine({
  locality,
  city,
  postalCode,
}: Pick<ListingItem, 'locality' | 'city' | 'postalCode'>): string {
  return [locality, city, postalCode].filter((part) => part !== null && part !== '').join(', ');
}

export interface CardReason {
  kind: 'cut' | 'raise' | 'new';
  text: string;
}

const changeIsNewsForDays = 90;

/**
 * The one thing worth pointing out, if there is one. `newIsNews` is false where every home in the list is new today:
 * a label that all of them wear tells nobody anything.
 */
export function cardReason(listing: ListingItem, newIsNews: boolean, now: Date = new Date()): CardReason | null {
  const { priceChange, priceMinor, listedAt } = listing;
  if (priceChange && priceChange.fromMinor > 0 && isWithinDays(priceChange.at, changeIsNewsForDays, now)) {
    const change = Math.round((priceMinor / priceChange.fromMinor - 1) * 100);
    const on = `on ${formatDay(priceChange.at, now)}`;
    if (change < 0) return { kind: 'cut', text: `Price cut ${-change}% ${on}` };
    if (change > 0) return { kind: 'raise', text: `Price up ${change}% ${on}` };
  }
  return newIsNews && isSameDay(listedAt, now) ? { kind: 'new', text: 'New today' } : null;
}
