import { Inject, Injectable } from '@nestjs/common';
import type { PropertySort } from '@viewora/contracts/property';
import type { PropertyFilter } from '@viewora/contracts/property-filter';
import { MarketRepository } from './market.repository.ts';
import type { MarketShape } from './market.shape.ts';

export const DEFAULT_CURRENCY = Symbol('defaultCurrency');

/** Older than this, the shape is read again; who asks meanwhile gets the one there is. */
const shapeMaxAgeMs = 10_000;

/** What is known of the market as a whole. */
@Injectable()
export class MarketService {
  private loaded: { shape: Promise<MarketShape>; at: number } | undefined;

  constructor(
    private readonly repository: MarketRepository,
    @Inject(DEFAULT_CURRENCY) readonly defaultCurrency: string,
  ) {}

  /** The market's shape, a few seconds old; older where nobody has asked for long, or it cannot be read. */
  shape(): Promise<MarketShape> {
    const { loaded } = this;
    if (!loaded) return this.load();
    if (Date.now() - loaded.at > shapeMaxAgeMs) {
      loaded.at = Date.now();
      this.repository.readShape().then(
        (shape) => (loaded.shape = Promise.resolve(shape)),
        () => undefined,
      );
    }
    return loaded.shape;
  }

  private load(): Promise<MarketShape> {
    const loaded = { shape: this.repository.readShape(), at: Date.now() };
    this.loaded = loaded;
    // A reading that failed is not kept; a newer one that has taken its place is.
    loaded.shape.catch(() => {
      if (this.loaded === loaded) this.loaded = undefined;
    });
    return loaded.shape;
  }

  /** Brings aggregates and gazetteer in line with the listings. */
  async refresh(): Promise<void> {
    await this.repository.refresh();
    this.forgetShape();
  }

  /** The same, where single listings have changed since. */
  async refreshIfChanged(): Promise<void> {
    if (!(await this.repository.hasChanged())) return;
    await this.repository.refresh({ onlyIfChanged: true });
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
}
