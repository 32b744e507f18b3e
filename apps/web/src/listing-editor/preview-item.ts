import type { ListingItem, PropertyType } from '@viewora/contracts/listing';
import type { ListingEdit, OwnListing } from '@viewora/contracts/own-listing';
import { areaToSqm, areaUnitFor } from '../format/area.ts';
import { formatPriceShort } from '../format/money.ts';
import { parts } from './form-parts.ts';
import type { ListingForm } from './listing-form.ts';

/** Settles how the drawing of a home looks that has no id yet. */
const nobody = '00000000-0000-7000-8000-000000000000';

/** What is typed as a card would show it; what cannot be understood yet is left out. */
export function previewItem(form: ListingForm, listing: OwnListing | null): { item: ListingItem; price: string } {
  const edit: ListingEdit = Object.assign({}, ...parts.map((part) => readable(part.read(form))));
  const { areaValue = null, areaUnit = areaUnitFor(form.currency), priceMinor = null } = edit;
  const now = new Date().toISOString();
  const item: ListingItem = {
    id: listing?.id ?? nobody,
    title: edit.title ?? listing?.title ?? '',
    type: (form.type || 'house') as PropertyType,
    status: listing?.status ?? 'draft',
    priceMinor: priceMinor ?? 0,
    currency: form.currency,
    areaSqm: areaValue === null ? null : areaToSqm(areaValue, areaUnit),
    areaValue,
    areaUnit: areaValue === null ? null : areaUnit,
    beds: edit.beds ?? null,
    baths: edit.baths ?? null,
    city: edit.city ?? null,
    locality: edit.locality ?? null,
    postalCode: edit.postalCode ?? null,
    location: edit.location ?? null,
    yearBuilt: edit.yearBuilt ?? null,
    listedAt: listing?.listedAt ?? now,
    updatedAt: now,
    version: listing?.version ?? 0,
    priceChange: null,
  };
  return { item, price: priceMinor === null ? 'No price yet' : formatPriceShort(priceMinor, form.currency) };
}

function readable(reading: ReturnType<(typeof parts)[number]['read']>): ListingEdit {
  return 'edit' in reading ? reading.edit : {};
}
