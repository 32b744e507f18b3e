import { Inject, Injectable } from '@nestjs/common';
import type { PropertySort } from '@viewora/contracts/property';
import type { PropertyFilter } from '@viewora/contracts/property-filter';
import { MarketRepository } from './market.repository.ts';
import type { MarketShape } from './market.shape.ts';

export const DEFAULT_CURRENCY = Symbol('defaultCurrency');

/** Older than this, the shape is read again behind the next search. */
const shapeMaxAgeMs = 10_000;

/** What is known of the market as a whole. */
@Injectable()
export class MarketService {
  private loaded: { shape: Promise<MarketShape>; at: number } | undefined;

  constructor(
    private readonly repository: MarketRepository,
    @Inject(DEFAULT_CURRENCY) readonly defaultCurrency: string,
  ) {}

  /** The market's shape as of a few seconds ago; only the very first call waits for it. */
  async shape(): Promise<MarketShape> {
    const { loaded } = this;
    if (!loaded) return this.load();
    if (Date.now() - loaded.at > shapeMaxAgeMs) {
      loaded.at = Date.now();
      const fresh = this.repository.readShape();
      fresh.then(() => (this.loaded = { shape: fresh, at: Date.now() })).catch(() => undefined);
    }
    return loaded.shape;
  }

  /** Brings aggregates and gazetteer in line with the listings. */
  async refresh(): Promise<void> {
    await this.repository.refresh();
    this.forgetShape();
  }

  /** Called when listings changed: the next search plans with the new shape. */
  forgetShape(): void {
    this.loaded = undefined;
  }

  /** Prices of different currencies do not compare: a price filter or order is always within one. */
  withCurrency<T extends PropertyFilter & { sort?: PropertySort }>(search: T): T {
    const comparesPrices =
      search.minPriceMinor !== undefined ||
      search.maxPriceMinor !== undefined ||
      search.sort === 'price_asc' ||
      search.sort === 'price_desc';
    return comparesPrices && search.currency === undefined ? { ...search, currency: this.defaultCurrency } : search;
  }

  private load(): Promise<MarketShape> {
    const shape = this.repository.readShape();
    this.loaded = { shape, at: Date.now() };
    shape.catch(() => this.forgetShape());
    return shape;
  }
}
