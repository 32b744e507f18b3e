import { sqmPerUnit } from '@viewora/contracts/area-units';
import type { AreaUnit, ListingItem } from '@viewora/contracts/listing';

const labels: Record<AreaUnit, string> = { sqft: 'sqft', sqm: 'm²', cent: 'cents', acre: 'acres' };

export function formatAreaIn(areaSqm: number, unit: AreaUnit): string {
  const value = areaSqm / sqmPerUnit[unit];
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
  return `${new Intl.NumberFormat('en-US', { maximumFractionDigits: digits }).format(value)} ${labels[unit]}`;
}

/** An area as the seller gave it, and in the unit that the rest of the world reads; null where none is known. */
export function formatArea({
  areaSqm,
  areaValue,
  areaUnit,
}: Pick<ListingItem, 'areaSqm' | 'areaValue' | 'areaUnit'>): { own: string; other: string } | null {
  if (areaSqm === null) return null;
  const unit = areaUnit ?? 'sqm';
  // The seller's own number, not one that went through square metres and back.
  const ownSqm = areaValue === null ? areaSqm : areaValue * sqmPerUnit[unit];
  return { own: formatAreaIn(ownSqm, unit), other: formatAreaIn(areaSqm, unit === 'sqm' ? 'sqft' : 'sqm') };
}

/** The unit in which people who pay in a currency think of floors. */
export function areaUnitFor(currency: string): 'sqft' | 'sqm' {
  return currency === 'USD' || currency === 'INR' ? 'sqft' : 'sqm';
}

export function areaToSqm(value: number, unit: AreaUnit): number {
  return Math.round(value * sqmPerUnit[unit] * 100) / 100;
}
