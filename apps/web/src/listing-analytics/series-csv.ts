import type { AnalyticsPoint } from '@viewora/contracts/analytics';

const columns = {
  at: ({ at }) => at,
  views: ({ views }) => views,
  visitors: ({ uniques }) => uniques,
  in_results: ({ impressions }) => impressions,
  interests: ({ interests }) => interests,
  contacts: ({ contacts }) => contacts,
  seconds_at_the_page: ({ dwellSeconds }) => dwellSeconds,
} satisfies Record<string, (point: AnalyticsPoint) => string | number | null>;

/** The figures as a table for other programs (RFC 4180); what is not known is left empty, which is not zero. */
export function seriesCsv(points: readonly AnalyticsPoint[]): string {
  const rows = points.map((point) => Object.values(columns).map((read) => read(point) ?? ''));
  return [Object.keys(columns), ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}
