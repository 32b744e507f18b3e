import type { OwnListing, OwnListingItem } from '@viewora/contracts/own-listing';
import { type ListingDetailRow, type ListingRow, toDetail, toItem } from '../listing/listing.row.ts';
import { missingFacts, type OwnFacts } from './listing.facts.ts';
import { possibleMoves } from './listing.moves.ts';

type Priced<Row extends { price_minor: string }> = Omit<Row, 'price_minor'> & { price_minor: string | null };

export interface OwnListingItemRow extends Priced<ListingRow> {
  blocked_at: Date | null;
  blocked_reason: string | null;
}

export interface OwnListingRow extends Priced<ListingDetailRow> {
  blocked_at: Date | null;
  blocked_reason: string | null;
  own_title: string | null;
  own_description: string | null;
}

export function toOwnItem(row: OwnListingItemRow): OwnListingItem {
  return { ...toItem({ ...row, price_minor: '0' }), ...ownerSees(row) };
}

export function toOwnListing(row: OwnListingRow): OwnListing {
  const seen = ownerSees(row);
  return {
    ...toDetail({ ...row, price_minor: '0' }),
    ...seen,
    ownTitle: row.own_title,
    ownDescription: row.own_description,
    missing: missingFacts(toFacts(row)),
    moves: possibleMoves(row.status, seen.isBlocked),
  };
}

function ownerSees(row: OwnListingItemRow | OwnListingRow) {
  return { priceMinor: priceOf(row), isBlocked: row.blocked_at !== null, blockedReason: row.blocked_reason };
}

export function toFacts(row: OwnListingRow): OwnFacts {
  const { ownTitle, ownDescription, ...facts } = {
    ...toDetail({ ...row, price_minor: '0' }),
    ownTitle: row.own_title,
    ownDescription: row.own_description,
  };
  return {
    ...facts,
    title: ownTitle,
    description: ownDescription,
    priceMinor: priceOf(row),
    areaUnit: facts.areaUnit ?? 'sqft',
  };
}

function priceOf({ price_minor }: { price_minor: string | null }): number | null {
  return price_minor === null ? null : Number(price_minor);
}
