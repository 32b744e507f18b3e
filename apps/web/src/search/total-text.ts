import type { PropertyPage } from '@viewora/contracts/property';
import { plural } from '../format/facts.ts';

/** "312 homes"; above what is counted exactly, "1,000+ homes". */
export function totalText({ value, relation }: PropertyPage['total']): string {
  return relation === 'at_least' ? `${new Intl.NumberFormat('en-US').format(value)}+ homes` : plural(value, 'home');
}
