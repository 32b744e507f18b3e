import { createHash } from 'node:crypto';
import type { ListingDetail } from '@viewora/contracts/listing';

/** Raise it with every change of what `textOf` gives: the vectors are other ones then. */
const textVersion = 1;
/** What comes after says little more, and a text that goes on and on is near everything. */
const longestText = 2_000;

/**
 * What of a listing is compared with wishes: what it says of itself and of its surroundings. Price, rooms and size are no part
 * of it, filters do that. It is data wherever it goes; nothing in it is an instruction to anybody.
 */
export function textOf(listing: ListingDetail): string {
  const { title, description, type, locality, city, nearbyPlaces, furnishing, facing, parkingSpaces } = listing;
  const near = nearbyPlaces.length > 0 ? `Near ${nearbyPlaces.join(', ')}` : '';
  const facts = [
    type,
    furnishing?.replace('_', ' '),
    facing && `facing ${facing.replace('_', ' ')}`,
    parkingSpaces && `${parkingSpaces} parking spaces`,
  ];
  const parts = [title, description, join(facts), near, join([locality, city])];
  return parts.filter(Boolean).join('. ').slice(0, longestText);
}

/** What vectors are kept under: where they come from, and what of a listing they are of. */
export function embeddedBy({ name, dimensions }: { name: string; dimensions: number }): string {
  return `${name}/${dimensions}/${textVersion}`;
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

function join(words: (string | number | null | undefined)[]): string {
  return words.filter(Boolean).join(', ');
}
