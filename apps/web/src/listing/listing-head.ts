import type { ListingDetail } from '@viewora/contracts/listing';
import { formatArea } from '../format/area.ts';
import { cardReason, placeLine, plural, typeNames } from '../format/facts.ts';
import { formatPrice } from '../format/money.ts';

const statusNotes: Partial<Record<ListingDetail['status'], string>> = {
  draft: 'A draft: only you can see it',
  sold: 'Sold',
  archived: 'No longer for sale',
};

// How the head of a listing's page looks, for the page and for what stands there before its script has come.

export const summaryLook = 'px-5 pt-5 pb-6';
export const factsLook = 'mt-4 flex flex-wrap gap-x-4 gap-y-1 text-base';
export const insightsLook = 'mt-4 min-h-5';
export const sectionLook = 'border-t border-hairline py-7';
export const sectionTitleLook = 'mb-4 text-lg font-semibold';
export const descriptionTitle = 'About this home';
export const descriptionLook = 'max-w-prose text-base whitespace-pre-line';
export const drawnNote = 'Drawn from the facts of this listing. There are no photographs of it.';
export const drawnNoteLook = 'px-5 pt-2 text-xs text-muted md:px-0';

export interface SummaryLine {
  part: 'note' | 'price' | 'reason' | 'title' | 'place';
  text: string;
  look: string;
}

/** Price, title and place, in the order of the page. */
export function summaryLines(listing: ListingDetail): SummaryLine[] {
  const note = statusNotes[listing.status];
  const reason = cardReason(listing, true);
  const lines: (SummaryLine | undefined | null)[] = [
    note === undefined
      ? null
      : { part: 'note', text: note, look: 'mb-3 rounded-sm bg-sunken px-3 py-2 text-sm font-semibold' },
    { part: 'price', text: formatPrice(listing.priceMinor, listing.currency), look: 'text-xl font-semibold' },
    reason && {
      part: 'reason',
      text: reason.text,
      look: `mt-1 text-sm ${reason.kind === 'cut' ? 'text-better' : 'text-muted'}`,
    },
    { part: 'title', text: listing.title, look: 'mt-3 text-lg font-semibold text-balance outline-none' },
    { part: 'place', text: listing.address ?? placeLine(listing), look: 'mt-1 text-sm text-muted' },
  ];
  return lines.filter((line) => line != null);
}

export interface SummaryFact {
  part: 'beds' | 'baths' | 'area' | 'type';
  text: string;
}

/** What is known of a home in few words, in the order people ask. */
export function summaryFacts(listing: ListingDetail): SummaryFact[] {
  const area = formatArea(listing);
  const facts: (SummaryFact | null)[] = [
    listing.beds === null ? null : { part: 'beds', text: plural(listing.beds, 'bed') },
    listing.baths === null ? null : { part: 'baths', text: plural(listing.baths, 'bath') },
    area && { part: 'area', text: area.own },
    { part: 'type', text: typeNames[listing.type] },
  ];
  return facts.filter((fact) => fact !== null);
}

/** The photographs of a home, in its seller's order. */
export function photographsOf(listing: ListingDetail): ListingDetail['media'] {
  return listing.media.filter(({ kind }) => kind === 'image');
}
