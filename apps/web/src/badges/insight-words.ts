import type { Insights } from '@viewora/contracts/analytics';

const number = new Intl.NumberFormat('en-US');

/** "Number 9 of 312 in Folsom by views in 7 days". */
export function rankWords({ place, position, of }: NonNullable<Insights['rank']>): string {
  return `Number ${number.format(position)} of ${number.format(of)} in ${place} by views in 7 days`;
}

/** "18% more visitors in 24 hours than a day in its own 7 days before". */
export function trendWords({ changePercent, versus }: NonNullable<Insights['trend']>): string {
  const percent = Math.round(changePercent);
  if (percent === 0) return `As many visitors in 24 hours as a day in ${versus}`;
  return `${number.format(Math.abs(percent))}% ${percent > 0 ? 'more' : 'fewer'} visitors in 24 hours than a day in ${versus}`;
}
