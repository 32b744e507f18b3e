import type { OwnListing, OwnListingItem } from '@viewora/contracts/own-listing';
import { type ExpiryRules, endsAt, isWarned } from '../expiry/expiry.rules.ts';
import { type ListingDetailRow, type ListingRow, toDetail, toItem } from '../listing/listing.row.ts';
import { missingFacts, type OwnFacts } from './listing.facts.ts';
import { possibleMoves } from './listing.moves.ts';

type Priced<Row extends { price_minor: string }> = Omit<Row, 'price_minor'> & { price_minor: string | null };

interface OwnerColumns {
  blocked_at: Date | null;
  blocked_reason: string | null;
  /** Of the table beside it; a listing that was just changed needs no other confirmation. */
  confirmed_at?: Date | null;
  warned_at?: Date | null;
}

export interface OwnListingItemRow extends Priced<ListingRow>, OwnerColumns {}

export interface OwnListingRow extends Priced<ListingDetailRow>, OwnerColumns {
  own_title: string | null;
  own_description: string | null;
}

export function toOwnItem(row: OwnListingItemRow, expiry: ExpiryRules): OwnListingItem {
  return { ...toItem({ ...row, price_minor: '0' }), ...ownerSees(row, expiry) };
}

export function toOwnListing(row: OwnListingRow, expiry: ExpiryRules): OwnListing {
  const seen = ownerSees(row, expiry);
  return {
    ...toDetail({ ...row, price_minor: '0' }),
    ...seen,
    ownTitle: row.own_title,
    ownDescription: row.own_description,
    missing: missingFacts(toFacts(row)),
    moves: possibleMoves(row.status, seen.isBlocked),
  };
}

function ownerSees(row: OwnListingItemRow | OwnListingRow, expiry: ExpiryRules) {
  const isBlocked = row.blocked_at !== null;
  return { priceMinor: priceOf(row), isBlocked, blockedReason: row.blocked_reason, ...ending(row, isBlocked, expiry) };
}

/** Only what others can see ends by itself. */
function ending(row: OwnListingItemRow | OwnListingRow, isBlocked: boolean, expiry: ExpiryRules) {
  if (row.status !== 'published' || isBlocked) return { expiresAt: null, isExpiring: false };
  const { updated_at: updatedAt, confirmed_at: confirmedAt, warned_at: warnedAt = null } = row;
  const life = { touchedAt: confirmedAt && confirmedAt > updatedAt ? confirmedAt : updatedAt, warnedAt };
  return { expiresAt: endsAt(life, expiry).toISOString(), isExpiring: isWarned(life) };
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
