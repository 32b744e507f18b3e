import type { ListingDetail } from '@viewora/contracts/listing';
import { sqmPerUnit } from '@viewora/contracts/listing';
import { formatAreaIn } from '../format/area.ts';
import { formatFullDay } from '../format/dates.ts';
import { placeLine, typeNames } from '../format/facts.ts';
import { formatPrice, minorPerUnit } from '../format/money.ts';

export interface FactRow {
  name: string;
  value: string;
}

/** "semi_furnished" as people read it. */
export function words(slug: string): string {
  const text = slug.replaceAll('_', '-');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What one unit of a home's area costs, in the unit its seller counts in; null where either is unknown. */
export function pricePerArea({
  priceMinor,
  currency,
  areaSqm,
  areaUnit,
}: Pick<ListingDetail, 'priceMinor' | 'currency' | 'areaSqm' | 'areaUnit'>): { text: string; amount: number } | null {
  if (areaSqm === null || areaSqm <= 0 || priceMinor <= 0) return null;
  const unit = areaUnit ?? 'sqm';
  const perMinor = Math.round(priceMinor / (areaSqm / sqmPerUnit[unit]));
  const whole = Math.round(perMinor / minorPerUnit(currency)) * minorPerUnit(currency);
  const name = formatAreaIn(sqmPerUnit[unit], unit).replace(/^1 /, '').replace(/s$/, '');
  return { text: `${formatPrice(whole, currency)} per ${name}`, amount: perMinor };
}

/** Everything known of a home besides its area, in the order people ask. What is not known is not listed. */
export function factRows(listing: ListingDetail): { before: FactRow[]; after: FactRow[] } {
  const row = (name: string, value: string | number | null): FactRow | null =>
    value === null || value === '' ? null : { name, value: String(value) };
  const before = [row('Type', typeNames[listing.type]), row('Bedrooms', listing.beds), row('Bathrooms', listing.baths)];
  const after = [
    row('Price', pricePerArea(listing)?.text ?? null),
    row('Negotiable', listing.priceNegotiable ? 'Yes' : null),
    row('Year built', listing.yearBuilt),
    row('Renovated', listing.yearRenovated),
    row('Parking spaces', listing.parkingSpaces),
    row('Furnishing', listing.furnishing && words(listing.furnishing)),
    row('Faces', listing.facing && words(listing.facing)),
    row('Owners so far', listing.ownershipCount),
    row('Reason for selling', listing.sellingReason),
    row('Place', placeLine(listing)),
    row('Nearby', listing.nearbyPlaces.join(', ')),
    row('Listed', formatFullDay(listing.listedAt)),
    row('Listing number', listing.id),
  ];
  return { before: before.filter((fact) => fact !== null), after: after.filter((fact) => fact !== null) };
}
