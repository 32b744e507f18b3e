import type { AdvisedFilter } from '@viewora/contracts/understanding';
import type { Turn } from '../facts/turn.ts';
import type { Figures } from './figures.ts';

/** What to say of listings that were looked for, in sentences with tokens. */
export function findProse({ question: { filter, wishes }, results }: Turn, figures: Figures): string[] {
  const asked = figures.has('asked') ? ': {{asked}}' : '';
  if (results.items.length === 0) {
    return [`Nothing on the market matches this now${asked}.`, loosening(filter)];
  }
  return [
    `{{total}} ${results.total.value === 1 ? 'matches' : 'match'}${asked}.`,
    ...results.items.slice(0, 3).map((_, i) => listingSentence(`L${i + 1}`, figures)),
    ...(wishes.length > 0 ? ['No filter can look for {{wishes}}; see what the sellers write.'] : []),
  ];
}

/** A listing with those of its facts that are known. */
export function listingSentence(token: string, figures: Figures): string {
  const known = ['price', 'beds', 'baths', 'area'].filter((fact) => figures.has(`${token}.${fact}`));
  const reason = figures.has(`${token}.reason1`) ? `; {{${token}.reason1}}` : '';
  return `{{${token}}}: ${known.map((fact) => `{{${token}.${fact}}}`).join(', ')}${reason}.`;
}

function loosening(filter: AdvisedFilter): string {
  if (filter.maxPriceMinor !== undefined) return 'A higher price, or another place, may bring some.';
  if (filter.minBeds !== undefined || filter.minAreaSqm !== undefined)
    return 'Fewer rooms or less space may bring some.';
  if (filter.place !== undefined || filter.near) return 'A place nearby may have some.';
  return 'Ask for less, and there may be some.';
}
