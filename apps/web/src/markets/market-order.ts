import type { MarketItem } from '@viewora/contracts/market';

export const marketColumns = ['name', 'listings', 'price', 'area', 'days'] as const;
export type MarketColumn = (typeof marketColumns)[number];

/** How the table stands, and so what its address says. */
export interface MarketsState {
  kind: MarketItem['kind'];
  by: MarketColumn;
  isDescending: boolean;
}

const kinds: readonly MarketItem['kind'][] = ['city', 'locality', 'postal_code'];
const usual: MarketsState = { kind: 'city', by: 'listings', isDescending: true };

/** Reads an address; what cannot be understood is left out, so that no link is ever dead. */
export function parseMarkets(params: URLSearchParams): MarketsState {
  const kind = kinds.find((name) => name === params.get('kind')) ?? usual.kind;
  const by = marketColumns.find((name) => name === params.get('by')) ?? usual.by;
  const order = params.get('order');
  return { kind, by, isDescending: order === 'down' || (order !== 'up' && startsDescending(by)) };
}

export function marketsAddress({ kind, by, isDescending }: MarketsState): string {
  const params = new URLSearchParams();
  if (kind !== usual.kind) params.set('kind', kind);
  if (by !== usual.by) params.set('by', by);
  if (isDescending !== startsDescending(by)) params.set('order', isDescending ? 'down' : 'up');
  return `/markets${params.size > 0 ? `?${params}` : ''}`;
}

/** Names from A on, figures from the largest. */
export function startsDescending(by: MarketColumn): boolean {
  return by !== 'name';
}

const figures: Record<Exclude<MarketColumn, 'name'>, (market: MarketItem) => number | null> = {
  listings: ({ listings }) => listings,
  price: ({ priceMinor }) => priceMinor.value,
  area: ({ pricePerSqmMinor }) => pricePerSqmMinor.value,
  days: ({ daysOnMarket }) => daysOnMarket.value,
};

/** In the order of a column. What is not known goes last, whichever way; money of one currency stays together. */
export function inOrder(markets: readonly MarketItem[], { by, isDescending }: MarketsState): MarketItem[] {
  const direction = isDescending ? -1 : 1;
  const byName = (a: MarketItem, b: MarketItem) => a.label.localeCompare(b.label, 'en', { numeric: true });
  if (by === 'name') return markets.toSorted((a, b) => direction * byName(a, b));
  const isMoney = by === 'price' || by === 'area';
  return markets.toSorted((a, b) => {
    const [first, second] = [figures[by](a), figures[by](b)];
    if (first === null || second === null) return Number(first === null) - Number(second === null) || byName(a, b);
    if (isMoney && a.currency !== b.currency) return a.currency < b.currency ? -1 : 1;
    return direction * (first - second) || byName(a, b);
  });
}
