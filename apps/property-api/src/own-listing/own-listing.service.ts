import { Inject, Injectable } from '@nestjs/common';
import type { Call } from '@viewora/contracts/call';
import { AppError } from '@viewora/contracts/errors';
import type { ListingDraft, OwnListing, OwnListingPage, OwnListingQuery } from '@viewora/contracts/own-listing';
import { propertyApi } from '@viewora/contracts/property';
import type { Command, ParsedInputOf } from '@viewora/contracts/service';
import { invalidInput } from '@viewora/service-kit/errors';
import { decodeTimeCursor, pageOf } from '../listing/time.cursor.ts';
import { DEFAULT_CURRENCY } from '../market/market.service.ts';
import { signedInUser } from '../signed-in.ts';
import { changed, emptyFacts, missingFacts, type OwnFacts } from './listing.facts.ts';
import { leadsToMarket, type Move, statusAfter } from './listing.moves.ts';
import { type CurrentListing, type ListingChange, OwnListingRepository } from './own-listing.repository.ts';
import { VerificationClient } from './verification.client.ts';

const unprocessable = 422;

/** An owner's listings, from the first draft to the sale. What belongs to somebody else is not found. */
@Injectable()
export class OwnListingService {
  constructor(
    private readonly listings: OwnListingRepository,
    private readonly verification: VerificationClient,
    @Inject(DEFAULT_CURRENCY) private readonly defaultCurrency: string,
  ) {}

  create(draft: ListingDraft, call: Call): Promise<OwnListing> {
    const facts = changed(emptyFacts(draft.type, this.defaultCurrency), draft);
    return this.listings.insert(signedInUser(call), facts, propertyApi.create, draft, call);
  }

  /** @throws AppError `conflict` with status 412 where somebody has changed it since, 409 once it is sold */
  update(input: ParsedInputOf<typeof propertyApi.update>, call: Call): Promise<OwnListing> {
    const { id, version, ...edit } = input;
    return this.change(id, propertyApi.update, input, call, (listing) => {
      if (listing.version !== version) {
        throw new AppError('conflict', 'The listing was changed meanwhile: look at it again', { status: 412 });
      }
      return { facts: edited(listing, edit) };
    });
  }

  changePrice(input: { id: string; priceMinor: number }, call: Call): Promise<OwnListing> {
    const { id, priceMinor } = input;
    return this.change(id, propertyApi.changePrice, input, call, (listing) => ({
      facts: edited(listing, { priceMinor }),
    }));
  }

  /**
   * @throws AppError `conflict` where its state does not allow the step, `forbidden` for who may not publish, `invalid_input` (422)
   *   where facts are missing
   */
  async move(move: Move, input: { id: string }, call: Call): Promise<OwnListing> {
    // Asked before the transaction, which would otherwise hold a connection and the listing while another service thinks.
    const refusal = leadsToMarket(move) ? await this.verification.refusalFor(signedInUser(call)) : null;
    return this.change(input.id, propertyApi[move], input, call, (listing) => ({
      status: moved(listing, move, refusal),
    }));
  }

  /** Says that it is still for sale, as any change of it does. @throws AppError `conflict` for what is not on the market */
  async confirm(input: { id: string }, call: Call): Promise<OwnListing> {
    const owned = { id: input.id, ownerId: signedInUser(call) };
    return found(
      await this.listings.confirm(owned, propertyApi.confirm, input, call, ({ status }) => {
        if (status !== 'published') throw new AppError('conflict', `A listing that is ${status} is not for sale`);
      }),
    );
  }

  async get({ id }: { id: string }, call: Call): Promise<OwnListing> {
    return found(await this.listings.find(signedInUser(call), id));
  }

  async list(query: OwnListingQuery, call: Call): Promise<OwnListingPage> {
    const ownerId = signedInUser(call);
    const after = decodeTimeCursor(query.cursor);
    const [found, counts] = await Promise.all([
      this.listings.list(ownerId, query, after),
      this.listings.countByStatus(ownerId),
    ]);
    return { ...pageOf(found, query.limit), counts };
  }

  private async change(
    id: string,
    operation: Command,
    input: unknown,
    call: Call,
    decide: (listing: CurrentListing) => ListingChange,
  ): Promise<OwnListing> {
    return found(await this.listings.change({ id, ownerId: signedInUser(call) }, operation, input, call, decide));
  }
}

function found(listing: OwnListing | null): OwnListing {
  if (listing === null) throw new AppError('not_found', 'You have no such listing');
  return listing;
}

/** The facts after an edit. What others can see stays complete, and in one currency. */
function edited({ status, wasListed, facts }: CurrentListing, edit: Partial<OwnFacts>): OwnFacts {
  if (status === 'sold') throw new AppError('conflict', 'A sold listing stays as it is');
  const after = changed(facts, edit);
  if (wasListed && after.currency !== facts.currency) {
    throw invalidInput([{ path: 'currency', message: 'cannot be changed once it was published' }], unprocessable);
  }
  // Whatever had a history keeps a price, so that the history has no hole.
  if (status === 'published') refuseMissing(after);
  else if (wasListed && after.priceMinor === null) refuse(['priceMinor']);
  return after;
}

function moved({ status, isBlocked, facts }: CurrentListing, move: Move, refusal: AppError | null) {
  const after = statusAfter(move, status);
  if (after === null) throw new AppError('conflict', `A listing that is ${status} cannot be ${done[move]}`);
  if (after !== 'published') return after;
  if (isBlocked) throw new AppError('conflict', 'An administrator has blocked this listing');
  if (refusal) throw refusal;
  refuseMissing(facts);
  return after;
}

const done: Record<Move, string> = {
  publish: 'published',
  archive: 'archived',
  relist: 'relisted',
  sold: 'marked as sold',
};

function refuseMissing(facts: OwnFacts): void {
  const missing = missingFacts(facts);
  if (missing.length > 0) refuse(missing);
}

function refuse(missing: readonly string[]): never {
  throw invalidInput(
    missing.map((path) => ({ path, message: 'is needed before others can see it' })),
    unprocessable,
  );
}
