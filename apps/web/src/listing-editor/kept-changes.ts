import type { ListingDraft } from '@viewora/contracts/own-listing';
import type { ListingForm } from './listing-form.ts';

/** What was typed into a listing and is not saved yet: it outlives the page, the session and the connection. */
export interface KeptChanges {
  /** When the first of it was typed. */
  at: number;
  /** The changed fields as they are typed, and as they were before. */
  typed: Partial<ListingForm>;
  before: Partial<ListingForm>;
  /** A draft that was being begun: sent again with the same key, it is begun once. */
  beginning: Beginning | null;
}

export interface Beginning {
  key: string;
  draft: ListingDraft;
  /** What the draft was read from. */
  typed: Partial<ListingForm>;
}

const prefix = 'viewora.unsaved.';
const newListing = 'new';

function storageKey(userId: string, listingId: string | null): string {
  return `${prefix}${userId}.${listingId ?? newListing}`;
}

function formerKey(userId: string, listingId: string): string {
  return `${storageKey(userId, listingId)}.former`;
}

export function readKept(userId: string, listingId: string | null): KeptChanges | null {
  try {
    return JSON.parse(localStorage.getItem(storageKey(userId, listingId)) ?? 'null') as KeptChanges | null;
  } catch {
    return null;
  }
}

export function writeKept(userId: string, listingId: string | null, kept: KeptChanges | null): void {
  try {
    if (kept) localStorage.setItem(storageKey(userId, listingId), JSON.stringify(kept));
    else localStorage.removeItem(storageKey(userId, listingId));
  } catch {
    // Without storage it lasts as long as the page is open, which asks before it is left.
  }
}

/** The words of a description that a draft has taken the place of: its writer may want them back after a reload, too. */
export function readFormer(userId: string, listingId: string): string | null {
  try {
    return localStorage.getItem(formerKey(userId, listingId));
  } catch {
    return null;
  }
}

export function writeFormer(userId: string, listingId: string, former: string | null): void {
  try {
    if (former === null) localStorage.removeItem(formerKey(userId, listingId));
    else localStorage.setItem(formerKey(userId, listingId), former);
  } catch {
    // As above.
  }
}

/** Whoever signs out leaves nothing of theirs on this device. */
export function forgetKept(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
  } catch {
    // As above.
  }
}
