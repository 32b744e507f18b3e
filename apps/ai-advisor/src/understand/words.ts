import type { AreaUnit, PropertyType } from '@viewora/contracts/listing';
import type { LeftOutReason } from '@viewora/contracts/understanding';

/** What people are told of what was left out. */
export const explanations: Record<LeftOutReason, string> = {
  protected:
    'Homes are open to everybody, so a search does not look at who somebody is. Say what the home should have.',
  steering: 'We do not judge places by the people who live there. Say what the home or its surroundings should have.',
  promise:
    'Nobody can promise what a home will be worth, that a loan is given, or what the law says of a case. Ask a professional.',
  instruction: 'Only what is said of homes and their places is looked for.',
  one_place: 'A search has one place at a time.',
  unknown_place: 'We know of no homes in a place of that name, or not where it is.',
  region: 'Places are found by their own name; the state was not looked at.',
  cannot_exclude: 'A place cannot be ruled out, only chosen.',
  out_of_range: 'No home can be like that.',
  contradiction: 'It goes against something said before.',
  unclear: 'It is not clear what the number stands for. Add a currency or a unit.',
};

export const typeWords: Record<PropertyType, string> = {
  house: 'Houses',
  flat: 'Flats',
  plot: 'Plots',
  commercial: 'Commercial',
};

const unitWords: Record<AreaUnit, string> = { sqft: 'sqft', sqm: 'm²', cent: 'cents', acre: 'acres' };

/** How many minor units make one: 100 for dollars and rupees, 1 for yen. */
export function minorPerUnit(currency: string): number {
  const { maximumFractionDigits } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  return 10 ** (maximumFractionDigits ?? 2);
}

export function moneyWords(amount: number, currency: string): string {
  const locale = currency === 'INR' ? 'en-IN' : 'en-US';
  return new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 0 }).format(amount);
}

export function areaWords(value: number, unit: AreaUnit): string {
  return `${new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 }).format(value)} ${unitWords[unit]}`;
}

/** "$300,000 to $450,000", "Up to 3 beds", "From 1,500 sqft". */
export function rangeWords(min: string | undefined, max: string | undefined): string {
  if (min === undefined) return `Up to ${max}`;
  if (max === undefined) return `From ${min}`;
  return min === max ? min : `${min} to ${max}`;
}
