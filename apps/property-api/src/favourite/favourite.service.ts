import { Injectable } from '@nestjs/common';
import type { Call } from '@viewora/contracts/call';
import { AppError } from '@viewora/contracts/errors';
import { propertyApi } from '@viewora/contracts/property';
import { type Favourite, mostFavourites } from '@viewora/contracts/saved-listing';
import type { OutputOf, ParsedInputOf } from '@viewora/contracts/service';
import { decodeTimeCursor, pageOf } from '../listing/time.cursor.ts';
import type { Nothing } from '../nothing.ts';
import { signedInUser } from '../signed-in.ts';
import { FavouriteRepository, type Refusal } from './favourite.repository.ts';

/** The listings that somebody has saved. Nobody else gets to see which, nor what they noted. */
@Injectable()
export class FavouriteService {
  constructor(private readonly favourites: FavouriteRepository) {}

  async list(
    { limit, cursor }: ParsedInputOf<typeof propertyApi.favourites>,
    call: Call,
  ): Promise<OutputOf<typeof propertyApi.favourites>> {
    const { found, total } = await this.favourites.list(signedInUser(call), limit, decodeTimeCursor(cursor));
    return { ...pageOf(found, limit), total };
  }

  async ids(call: Call): Promise<{ ids: string[] }> {
    return { ids: await this.favourites.ids(signedInUser(call)) };
  }

  /** @throws AppError `not_found` for what they cannot see, `conflict` where too many are saved */
  add(input: { id: string }, call: Call): Promise<Favourite> {
    const act = { userId: signedInUser(call), listingId: input.id, operation: propertyApi.addFavourite, input, call };
    return this.favourites.save(act, refuse);
  }

  /** Saves the listing too, so it is refused as saving is. Blank text is no note. */
  note(input: { id: string; note: string | null }, call: Call): Promise<Favourite> {
    const act = { userId: signedInUser(call), listingId: input.id, operation: propertyApi.noteFavourite, input, call };
    return this.favourites.save(act, refuse, { note: input.note || null });
  }

  async remove(input: { id: string }, call: Call): Promise<Nothing> {
    const act = {
      userId: signedInUser(call),
      listingId: input.id,
      operation: propertyApi.removeFavourite,
      input,
      call,
    };
    await this.favourites.remove(act);
    return {};
  }
}

function refuse(why: Refusal): never {
  if (why === 'no_listing') throw new AppError('not_found', 'There is no such listing');
  throw new AppError('conflict', `You have saved ${mostFavourites} listings, which is as many as there can be`);
}
