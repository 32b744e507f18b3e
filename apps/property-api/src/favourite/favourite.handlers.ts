import { Controller } from '@nestjs/common';
import type { Call } from '@viewora/contracts/call';
import { propertyApi } from '@viewora/contracts/property';
import type { Favourite } from '@viewora/contracts/saved-listing';
import type { OutputOf, ParsedInputOf } from '@viewora/contracts/service';
import { Handle } from '@viewora/service-kit/handle';
import type { Nothing } from '../nothing.ts';
import { FavouriteService } from './favourite.service.ts';

@Controller()
export class FavouriteHandlers {
  constructor(private readonly favourites: FavouriteService) {}

  @Handle(propertyApi.favourites)
  list(
    input: ParsedInputOf<typeof propertyApi.favourites>,
    call: Call,
  ): Promise<OutputOf<typeof propertyApi.favourites>> {
    return this.favourites.list(input, call);
  }

  @Handle(propertyApi.favouriteIds)
  ids(_nothing: object, call: Call): Promise<{ ids: string[] }> {
    return this.favourites.ids(call);
  }

  @Handle(propertyApi.addFavourite)
  add(input: { id: string }, call: Call): Promise<Favourite> {
    return this.favourites.add(input, call);
  }

  @Handle(propertyApi.removeFavourite)
  remove(input: { id: string }, call: Call): Promise<Nothing> {
    return this.favourites.remove(input, call);
  }

  @Handle(propertyApi.noteFavourite)
  note(input: { id: string; note: string | null }, call: Call): Promise<Favourite> {
    return this.favourites.note(input, call);
  }
}
