import { distanceM } from '@viewora/contracts/geo';
import type { ListingItem } from '@viewora/contracts/listing';

export interface Likeness {
  /** Larger is more alike; only its order means anything. */
  score: number;
  /** What they share, most telling first, in words for the page. */
  reasons: string[];
}

/** How alike two listings of one type and currency are, and why. */
export function likeness(listing: ListingItem, other: ListingItem): Likeness {
  const parts = [
    samePlace(listing, other),
    nearby(listing, other),
    samePrice(listing, other),
    sameRooms(listing, other),
    sameSize(listing, other),
  ];
  const present = parts.filter((part) => part !== null).sort((a, b) => b.weight - a.weight);
  return {
    score: present.reduce((sum, { weight }) => sum + weight, 0),
    reasons: present.filter(({ reason }) => reason !== '').map(({ reason }) => reason),
  };
}

interface Part {
  weight: number;
  /** Empty where it counts but is not worth a word. */
  reason: string;
}

function samePlace(a: ListingItem, b: ListingItem): Part | null {
  if (a.postalCode !== null && a.postalCode === b.postalCode)
    return { weight: 2, reason: `same postal code ${a.postalCode}` };
  if (a.locality !== null && a.locality === b.locality && a.city === b.city)
    return { weight: 2, reason: 'same locality' };
  return a.city !== null && a.city === b.city ? { weight: 1, reason: 'same city' } : null;
}

function nearby(a: ListingItem, b: ListingItem): Part | null {
  if (!a.location || !b.location) return null;
  const metres = distanceM(a.location, b.location);
  const reason =
    metres < 3_000
      ? `${metres < 950 ? `${Math.max(50, Math.round(metres / 50) * 50)} m` : `${(metres / 1_000).toFixed(1)} km`} away`
      : '';
  return { weight: 2 * Math.exp(-metres / 3_000), reason };
}

function samePrice(a: ListingItem, b: ListingItem): Part | null {
  if (a.priceMinor === 0) return null;
  const off = Math.abs(b.priceMinor - a.priceMinor) / a.priceMinor;
  const percent = Math.ceil(off * 100);
  return {
    weight: 3 * Math.exp(-off * 6),
    reason: percent === 0 ? 'same price' : percent <= 15 ? `price within ${percent}%` : '',
  };
}

function sameRooms(a: ListingItem, b: ListingItem): Part | null {
  if (a.beds === null || b.beds === null) return null;
  if (a.beds === b.beds) return { weight: 1.5, reason: a.beds === 1 ? 'also 1 bedroom' : `also ${a.beds} bedrooms` };
  return { weight: 1 / (1 + Math.abs(a.beds - b.beds)), reason: '' };
}

function sameSize(a: ListingItem, b: ListingItem): Part | null {
  if (!a.areaSqm || !b.areaSqm) return null;
  const off = Math.abs(b.areaSqm - a.areaSqm) / a.areaSqm;
  return {
    weight: 1.5 * Math.exp(-off * 5),
    reason: off <= 0.1 ? `size within ${Math.max(1, Math.ceil(off * 100))}%` : '',
  };
}
