import type { AdminListing } from '@viewora/contracts/moderation';
import { formatPriceShort } from '../format/money.ts';

/** Whether everybody can see it: only then has it a page of its own. */
export function isPublic({ status, isBlocked }: AdminListing): boolean {
  return !isBlocked && status === 'published';
}

export function priceText({ priceMinor, currency }: Pick<AdminListing, 'priceMinor' | 'currency'>): string {
  return priceMinor === null ? 'No price' : formatPriceShort(priceMinor, currency);
}
