import type { PropertyPage } from '@viewora/contracts/property';
import { totalText } from './total-text.ts';

export interface Said {
  total: PropertyPage['total'] | null;
  placeName: string | null;
  hasArea: boolean;
}

export function headingText({ total, placeName, hasArea }: Said): string {
  if (!total) return '';
  const count = countText(total, hasArea);
  return placeName ? `${count} · ${placeName}` : count;
}

export function countText(total: PropertyPage['total'], hasArea: boolean): string {
  return `${totalText(total)} ${hasArea ? 'in your area' : 'in view'}`;
}
