import { type ListingItem, sqmPerUnit } from '@viewora/contracts/listing';
import type { Answer } from './answer.lab.ts';

/**
 * Numbers of an answer's prose that its own data does not have, in whatever unit; written without a look at how prose is made.
 * Marks of citations count as unsupported, too, unless what they cite came before.
 */
export function unsupportedNumbers(answer: Answer): string[] {
  const known = knownValues(answer);
  const cited = new Set<string>();
  const wrong: string[] = [];
  for (const part of answer.parts) {
    if (part.event === 'citation') cited.add(String(part.data.number));
    if (part.event !== 'delta') continue;
    for (const [, number = ''] of part.data.text.matchAll(/\[(\d+)\]/g)) if (!cited.has(number)) wrong.push(number);
    for (const [numeral] of part.data.text.replace(/\[\d+\]/g, '').matchAll(/\p{N}+(?:[.,]\p{N}+)*/gu)) {
      const digits = numeral.replaceAll(',', '');
      const decimals = digits.split('.')[1]?.length ?? 0;
      if (!known.some((value) => value.toFixed(decimals) === digits)) wrong.push(numeral);
    }
  }
  return wrong;
}

function knownValues(answer: Answer): number[] {
  const results = answer.all('results');
  const said = answer.all('filter').map(({ filter, wishes, understood }) => ({ filter, wishes, understood }));
  const plain = numbersIn([results, said]);
  const { sqft } = sqmPerUnit;
  return [
    ...plain.flatMap((n) => [n, Math.abs(n), n / 100, n / sqft, (n / 100) * sqft, n / 1_000]),
    ...results.flatMap(({ items }) => items.flatMap(derivedOf)),
  ];
}

function derivedOf({ priceMinor, areaSqm, listedAt }: ListingItem): number[] {
  const days = Math.floor((Date.now() - Date.parse(listedAt)) / 86_400_000);
  return areaSqm ? [days, (priceMinor / 100 / areaSqm) * sqmPerUnit.sqft] : [days];
}

/** Every number, and every one within a text. */
function numbersIn(data: unknown): number[] {
  if (typeof data === 'number') return [data];
  if (typeof data === 'string') return [...data.matchAll(/\d+(?:\.\d+)?/g)].map(([digits]) => Number(digits));
  return data !== null && typeof data === 'object' ? Object.values(data).flatMap(numbersIn) : [];
}
