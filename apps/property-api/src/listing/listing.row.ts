import type { ListingDetail, ListingItem } from '@viewora/contracts/listing';

/** A listing's row as the driver hands it over: bigint as text, timestamps as dates. */
export interface ListingRow {
  id: string;
  title: string;
  type: ListingItem['type'];
  status: ListingItem['status'];
  price_minor: string;
  currency: string;
  area_sqm: number | null;
  area_value: number | null;
  area_unit: ListingItem['areaUnit'];
  beds: number | null;
  baths: number | null;
  city: string | null;
  locality: string | null;
  postal_code: string | null;
  lat: number | null;
  lon: number | null;
  year_built: number | null;
  listed_at: Date;
  updated_at: Date;
  version: number;
  price_changed_at: Date | null;
  price_before_minor: string | null;
}

export interface ListingDetailRow extends ListingRow {
  description: string;
  address: string | null;
  price_negotiable: boolean;
  year_renovated: number | null;
  ownership_count: number | null;
  selling_reason: string | null;
  nearby_places: string[];
  parking_spaces: number | null;
  furnishing: ListingDetail['furnishing'];
  facing: ListingDetail['facing'];
  owner_id: string | null;
}

const itemColumnNames = [
  'id',
  'title',
  'type',
  'status',
  'price_minor',
  'currency',
  'area_sqm',
  'area_value',
  'area_unit',
  'beds',
  'baths',
  'city',
  'locality',
  'postal_code',
  'lat',
  'lon',
  'year_built',
  'listed_at',
  'updated_at',
  'version',
  'price_changed_at',
  'price_before_minor',
];

/** The columns of a `ListingRow`, of the table called `alias`. */
export function itemColumns(alias: string): string {
  return itemColumnNames.map((column) => `${alias}.${column}`).join(', ');
}

export function toItem(row: ListingRow): ListingItem {
  return {
    id: row.id,
    title: row.title,
    type: row.type,
    status: row.status,
    priceMinor: Number(row.price_minor),
    currency: row.currency,
    areaSqm: row.area_sqm,
    areaValue: row.area_value,
    areaUnit: row.area_unit,
    beds: row.beds,
    baths: row.baths,
    city: row.city,
    locality: row.locality,
    postalCode: row.postal_code,
    location: row.lat === null || row.lon === null ? null : { lat: row.lat, lon: row.lon },
    yearBuilt: row.year_built,
    listedAt: row.listed_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    version: row.version,
    priceChange:
      row.price_changed_at && row.price_before_minor !== null
        ? { at: row.price_changed_at.toISOString(), fromMinor: Number(row.price_before_minor) }
        : null,
  };
}

export function toDetail(row: ListingDetailRow): ListingDetail {
  return {
    ...toItem(row),
    description: row.description,
    address: row.address,
    priceNegotiable: row.price_negotiable,
    yearRenovated: row.year_renovated,
    ownershipCount: row.ownership_count,
    sellingReason: row.selling_reason,
    nearbyPlaces: row.nearby_places,
    parkingSpaces: row.parking_spaces,
    furnishing: row.furnishing,
    facing: row.facing,
    media: [],
    ownerId: row.owner_id,
  };
}
