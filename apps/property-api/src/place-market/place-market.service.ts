import { Injectable } from '@nestjs/common';
import { AppError } from '@viewora/contracts/errors';
import { fewestForMedian, type Market } from '@viewora/contracts/market';
import type { propertyApi } from '@viewora/contracts/property';
import type { OutputOf, ParsedInputOf } from '@viewora/contracts/service';
import type { Nothing } from '../nothing.ts';
import { PlaceMarketRefresh } from './place-market.refresh.ts';
import { PlaceMarketRepository } from './place-market.repository.ts';

/** What the market of each place is like. */
@Injectable()
export class PlaceMarketService {
  constructor(
    private readonly markets: PlaceMarketRepository,
    private readonly refreshing: PlaceMarketRefresh,
  ) {}

  /** @throws AppError `not_found` where nothing was ever on the market */
  async get(input: ParsedInputOf<typeof propertyApi.market>): Promise<Market> {
    const market = await this.markets.find(input);
    if (!market) throw new AppError('not_found', 'Nothing is known of a market there');
    return market;
  }

  async list(input: ParsedInputOf<typeof propertyApi.markets>): Promise<OutputOf<typeof propertyApi.markets>> {
    return { items: await this.markets.largest(input), fewestForMedian };
  }

  /** Sooner or later, once or again: it gives the same. */
  async refresh(): Promise<Nothing> {
    await this.refreshing.run();
    return {};
  }

  async refreshIfWanted(): Promise<void> {
    if (await this.refreshing.isWanted()) await this.refreshing.run({ onlyIfWanted: true });
  }
}
