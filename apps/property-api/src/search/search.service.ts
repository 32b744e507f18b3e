import { Injectable } from '@nestjs/common';
import type { PropertyAreaSearch, PropertyPage } from '@viewora/contracts/property';
import { toItem } from '../listing/listing.row.ts';
import { MarketService } from '../market/market.service.ts';
import { decodeCursor, encodeCursor, invalidCursor } from './cursor.ts';
import { FacetRepository } from './facet.repository.ts';
import { SearchRepository } from './search.repository.ts';

/** Finds published listings. */
@Injectable()
export class SearchService {
  constructor(
    private readonly pages: SearchRepository,
    private readonly facets: FacetRepository,
    private readonly market: MarketService,
  ) {}

  /** @throws AppError `invalid_input` for a cursor of another search. */
  async search(asked: PropertyAreaSearch): Promise<PropertyPage> {
    const search = this.market.withCurrency(asked);
    const after = search.cursor === undefined ? null : decodeCursor(search.cursor, search);
    const market = await this.market.shape();
    const [{ rows, total }, facets] = await Promise.all([
      this.pages.findPage(search, after, market).catch((error: unknown) => {
        // A sort key that Postgres cannot read can only come from a forged cursor.
        throw after && isDataException(error) ? invalidCursor(error) : error;
      }),
      search.facets ? this.facets.count(search, search.currency ?? this.market.defaultCurrency, market) : undefined,
    ]);
    const page = rows.slice(0, search.limit);
    const last = rows.length > search.limit ? page.at(-1) : undefined;
    return {
      items: page.map(toItem),
      nextCursor: last ? encodeCursor({ key: last.key, id: last.id, total }, search) : null,
      total,
      ...(facets && { facets }),
    };
  }
}

/** SQLSTATE class 22. */
function isDataException(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && code.startsWith('22');
}
