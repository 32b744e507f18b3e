import { type OwnListing, requiredToPublish } from '@viewora/contracts/own-listing';
import { areaUnitFor } from '../format/area.ts';
import { formatPrice } from '../format/money.ts';

/** The fields of the editor. All hold text, so that whatever is half typed can be kept, and offered again. */
export const formKeys = [
  'type',
  'address',
  'locality',
  'city',
  'postalCode',
  'lat',
  'lon',
  'beds',
  'baths',
  'areaValue',
  'areaUnit',
  'yearBuilt',
  'yearRenovated',
  'parkingSpaces',
  'furnishing',
  'facing',
  'ownershipCount',
  'price',
  'currency',
  'priceNegotiable',
  'title',
  'description',
  'sellingReason',
  'nearbyPlaces',
] as const;
export type FormKey = (typeof formKeys)[number];
export type ListingForm = Readonly<Record<FormKey, string>>;

/** A listing that nothing is known of. */
export function emptyForm(currency: string): ListingForm {
  const blank = Object.fromEntries(formKeys.map((key) => [key, ''])) as Record<FormKey, string>;
  return { ...blank, currency, areaUnit: areaUnitFor(currency) };
}

/** A listing as its owner's fields show it. */
export function formOf(listing: OwnListing): ListingForm {
  const { location, priceMinor, currency } = listing;
  return {
    type: listing.type,
    address: listing.address ?? '',
    locality: listing.locality ?? '',
    city: listing.city ?? '',
    postalCode: listing.postalCode ?? '',
    lat: location ? String(location.lat) : '',
    lon: location ? String(location.lon) : '',
    beds: numberText(listing.beds),
    baths: numberText(listing.baths),
    areaValue: numberText(listing.areaValue),
    areaUnit: listing.areaUnit ?? areaUnitFor(currency),
    yearBuilt: numberText(listing.yearBuilt),
    yearRenovated: numberText(listing.yearRenovated),
    parkingSpaces: numberText(listing.parkingSpaces),
    furnishing: listing.furnishing ?? '',
    facing: listing.facing ?? '',
    ownershipCount: numberText(listing.ownershipCount),
    price: priceMinor === null ? '' : formatPrice(priceMinor, currency),
    currency,
    priceNegotiable: listing.priceNegotiable ? 'yes' : '',
    title: listing.ownTitle ?? '',
    description: listing.ownDescription ?? '',
    sellingReason: listing.sellingReason ?? '',
    nearbyPlaces: listing.nearbyPlaces.join('\n'),
  };
}

function numberText(value: number | null): string {
  return value === null ? '' : String(value);
}

const keyByPath: Record<string, FormKey> = {
  priceMinor: 'price',
  location: 'lat',
  'location.lat': 'lat',
  'location.lon': 'lon',
};

/** The field that shows what the contract calls `path`; null where none does. */
export function keyOf(path: string): FormKey | null {
  const [first = ''] = path.split('.');
  const key = keyByPath[path] ?? keyByPath[first] ?? first;
  return (formKeys as readonly string[]).includes(key) ? (key as FormKey) : null;
}

/** The fields without which nobody else may see a listing. */
export const neededKeys: readonly FormKey[] = requiredToPublish.map((path) => keyOf(path) ?? 'city');
