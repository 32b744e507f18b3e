import type { AreaInsight } from '@viewora/contracts/answer';
import type { Market } from '@viewora/contracts/market';

/** Less far apart, the season is all that two months tell. */
const fewestMonthsApart = 6;
const idealMonthsApart = 12;

/** Of the homes of one type, where the market was asked for with one: null where there never were any. */
export function areaInsightOf(market: Market, mostViewed: string[], now: Date): AreaInsight | null {
  const { key, label, currency, type } = market;
  const figures = type === null ? market.now : market.byType.find((each) => each.type === type);
  if (!figures) return null;
  return { key, label, ...(type && { type }), currency, now: figures, trend: trendOf(market, now), mostViewed };
}

/** The latest whole month with a median against the one nearest to a year before it. */
function trendOf({ months }: Market, now: Date): AreaInsight['trend'] {
  const running = now.toISOString().slice(0, 7);
  const known = months.flatMap(({ month, pricePerSqmMinor: { value } }) =>
    value === null || month.startsWith(running) ? [] : { month, value, number: monthNumber(month) },
  );
  const latest = known.at(-1);
  if (!latest) return null;
  const [from] = known
    .filter(({ number }) => latest.number - number >= fewestMonthsApart)
    .sort((a, b) => distance(a.number) - distance(b.number));
  if (!from || from.value === 0) return null;
  const changePercent = Math.round((latest.value / from.value - 1) * 1_000) / 10;
  return { changePercent, from: from.month, to: latest.month };

  function distance(number: number): number {
    return Math.abs((latest?.number ?? 0) - number - idealMonthsApart);
  }
}

function monthNumber(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));
}
