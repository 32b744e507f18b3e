import { AppError } from '@viewora/contracts/errors';
import type { ListingDraft, ListingEdit, OwnListing } from '@viewora/contracts/own-listing';
import type { KeptChanges } from './kept-changes.ts';
import { ListingKeeper } from './listing-keeper.ts';

const { jest } = import.meta;

const blank: OwnListing = {
  id: '0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a',
  title: 'House',
  type: 'house',
  status: 'draft',
  priceMinor: null,
  currency: 'USD',
  areaSqm: null,
  areaValue: null,
  areaUnit: null,
  beds: null,
  baths: null,
  city: null,
  locality: null,
  postalCode: null,
  location: null,
  yearBuilt: null,
  listedAt: '2026-03-04T10:00:00.000Z',
  updatedAt: '2026-03-04T10:00:00.000Z',
  version: 1,
  priceChange: null,
  description: 'A house.',
  address: null,
  priceNegotiable: false,
  yearRenovated: null,
  ownershipCount: null,
  sellingReason: null,
  nearbyPlaces: [],
  parkingSpaces: null,
  furnishing: null,
  facing: null,
  media: [],
  isBlocked: false,
  expiresAt: null,
  isExpiring: false,
  blockedReason: null,
  ownTitle: null,
  ownDescription: null,
  missing: [],
  moves: [],
};

/** A server with one listing, whose replies can be made to fail, and what a device remembers. */
class World {
  listing: OwnListing | null = null;
  sent: (ListingDraft | ListingEdit)[] = [];
  keys: string[] = [];
  failures: Error[] = [];
  kept: KeptChanges | null = null;
  /** A reply that is lost on its way back has had its effect. */
  losesReply = false;
  running = 0;
  mostRunning = 0;

  keeper(start: { listing?: OwnListing; kept?: KeptChanges | null } = {}): ListingKeeper {
    if (start.listing) this.listing = start.listing;
    const keeper = new ListingKeeper(
      {
        create: (draft, key) => this.answer(() => this.create(draft, key)),
        update: (_, version, edit) => this.answer(() => this.update(version, edit)),
        load: async () => this.current(),
        keep: (_, changes) => {
          this.kept = changes && structuredClone(changes);
        },
        onSaved: () => {},
        newKey: () => `key ${this.keys.length}`,
      },
      { listing: start.listing ?? null, currency: 'USD', kept: start.kept ?? null },
    );
    keeper.open();
    return keeper;
  }

  /** Somebody else, elsewhere. */
  changeElsewhere(edit: Partial<OwnListing>): void {
    this.listing = { ...this.current(), ...edit, version: this.current().version + 1 };
  }

  private current(): OwnListing {
    if (!this.listing) throw new AppError('not_found', 'none');
    return this.listing;
  }

  private async answer(effect: () => OwnListing): Promise<OwnListing> {
    this.mostRunning = Math.max(this.mostRunning, ++this.running);
    await jest.advanceTimersByTimeAsync(0);
    this.running--;
    const failure = this.failures.shift();
    if (failure) throw failure;
    const reply = effect();
    if (!this.losesReply) return reply;
    this.losesReply = false;
    throw new AppError('unavailable', 'lost');
  }

  private create(draft: ListingDraft, key: string): OwnListing {
    const isRepeated = this.keys.includes(key);
    this.keys.push(key);
    this.sent.push(draft);
    if (!isRepeated) this.listing = { ...blank, ...draft } as OwnListing;
    return this.current();
  }

  private update(version: number, edit: ListingEdit): OwnListing {
    this.sent.push(edit);
    if (version !== this.current().version) throw new AppError('conflict', 'changed', { status: 412 });
    this.listing = { ...this.current(), ...edit, version: version + 1 } as OwnListing;
    return this.listing;
  }
}

let world: World;
beforeEach(() => {
  jest.useFakeTimers();
  world = new World();
});
afterEach(() => jest.useRealTimers());

const pause = () => jest.advanceTimersByTimeAsync(1_000);
const unavailable = () => new AppError('unavailable', 'not now');

test('nothing is begun before it is said what it is; what was typed by then goes along', async () => {
  const keeper = world.keeper();
  keeper.change({ city: 'Folsom' });
  await pause();
  expect(world.sent).toEqual([]);
  expect(world.kept?.typed).toMatchObject({ city: 'Folsom' });
  keeper.change({ type: 'house' });
  await pause();
  expect(world.sent).toEqual([{ type: 'house', city: 'Folsom' }]);
  expect(keeper.state().unsaved).toEqual([]);
  expect(world.kept).toBeNull();
});

test('typing is saved once it pauses, and only what has changed', async () => {
  const keeper = world.keeper({ listing: blank });
  for (const city of ['F', 'Fo', 'Folsom']) keeper.change({ city });
  await pause();
  keeper.change({ beds: '3' });
  await pause();
  expect(world.sent).toEqual([{ city: 'Folsom' }, { beds: 3 }]);
});

test('one save follows another, and what is typed meanwhile is not lost', async () => {
  const keeper = world.keeper({ listing: blank });
  keeper.change({ city: 'Folsom' });
  const saving = keeper.save();
  keeper.change({ city: 'Davis', beds: '2' });
  await Promise.all([saving, keeper.save(), keeper.save()]);
  await pause();
  expect(world.mostRunning).toBe(1);
  expect(world.listing).toMatchObject({ city: 'Davis', beds: 2, version: 3 });
  expect(keeper.state().form).toMatchObject({ city: 'Davis', beds: '2' });
});

test('a beginning whose reply was lost is repeated as it was, and begins one listing', async () => {
  world.losesReply = true;
  const keeper = world.keeper();
  keeper.change({ type: 'flat' });
  await pause();
  keeper.change({ city: 'Folsom' });
  await pause();
  await pause();
  expect(world.keys).toEqual(['key 0', 'key 0']);
  expect(world.sent).toEqual([{ type: 'flat' }, { type: 'flat' }, { city: 'Folsom' }]);
});

test('a beginning survives the page with its key', async () => {
  world.losesReply = true;
  const first = world.keeper();
  first.change({ type: 'flat', city: 'Folsom' });
  await pause();
  first.close();
  const again = world.keeper({ kept: world.kept });
  expect(again.state().form).toMatchObject({ type: 'flat', city: 'Folsom' });
  await pause();
  expect(new Set(world.keys).size).toBe(1);
  expect(again.state().listing?.city).toBe('Folsom');
});

test('a failed save keeps everything, says why, and is tried again', async () => {
  world.failures = [unavailable()];
  const keeper = world.keeper({ listing: blank });
  keeper.change({ city: 'Folsom' });
  await pause();
  expect(keeper.state().error).toMatchObject({ code: 'unavailable' });
  expect(world.kept?.typed).toEqual({ city: 'Folsom' });
  await jest.advanceTimersByTimeAsync(3_000);
  expect(world.listing?.city).toBe('Folsom');
  expect(keeper.state().error).toBeNull();
  expect(world.kept).toBeNull();
});

test('what the server refuses stays at its field, and does not hold up the rest', async () => {
  const errors = [{ path: 'priceMinor', message: 'is more than a home costs' }];
  world.failures = [new AppError('invalid_input', 'no', { errors })];
  const keeper = world.keeper({ listing: blank });
  keeper.change({ price: '450k', city: 'Folsom' });
  await pause();
  expect(keeper.state().refused).toEqual({ price: 'is more than a home costs' });
  await pause();
  expect(world.listing?.city).toBe('Folsom');
  expect(world.listing?.priceMinor).toBeNull();
  keeper.change({ price: '440k' });
  expect(keeper.state().refused).toEqual({});
  await pause();
  expect(world.listing?.priceMinor).toBe(44_000_000);
});

test('half a number waits, while the rest is saved', async () => {
  const keeper = world.keeper({ listing: blank });
  keeper.change({ yearBuilt: '19x', city: 'Folsom' });
  await pause();
  expect(world.sent).toEqual([{ city: 'Folsom' }]);
  expect(world.kept?.typed).toEqual({ yearBuilt: '19x' });
});

test('what others can see is saved only when that is asked for', async () => {
  const keeper = world.keeper({ listing: { ...blank, status: 'published', priceMinor: 45_000_000 } });
  keeper.change({ price: '4' });
  await pause();
  keeper.change({ price: '440k' });
  await pause();
  expect(world.sent).toEqual([]);
  expect(await keeper.save()).toBe(true);
  expect(world.sent).toEqual([{ priceMinor: 44_000_000, currency: 'USD' }]);
});

test('a change elsewhere of something else is put together with what is typed here', async () => {
  const keeper = world.keeper({ listing: blank });
  world.changeElsewhere({ beds: 4 });
  keeper.change({ city: 'Folsom' });
  await pause();
  await pause();
  expect(world.listing).toMatchObject({ city: 'Folsom', beds: 4 });
  expect(keeper.state().form.beds).toBe('4');
  expect(keeper.state().taken.map(({ name }) => name)).toEqual(['beds']);
});

test.each(['mine', 'theirs'] as const)(
  'a change of the same thing elsewhere is asked about; %s then stands',
  async (choice) => {
    const keeper = world.keeper({ listing: blank });
    world.changeElsewhere({ city: 'Davis' });
    keeper.change({ city: 'Folsom', beds: '3' });
    await pause();
    await pause();
    // Not in dispute, so not held up.
    expect(world.listing).toMatchObject({ city: 'Davis', beds: 3 });
    const [conflict] = keeper.state().conflicts;
    expect(conflict?.name).toBe('city');
    if (conflict) keeper.resolve(conflict, choice);
    await pause();
    expect(world.listing?.city).toBe(choice === 'mine' ? 'Folsom' : 'Davis');
    expect(keeper.state().form.city).toBe(choice === 'mine' ? 'Folsom' : 'Davis');
    expect(keeper.state().unsaved).toEqual([]);
  },
);

test('what comes back from an earlier visit is merged with what has changed since', () => {
  const kept = { at: 1, typed: { city: 'Folsom', beds: '3' }, before: { city: '', beds: '' }, beginning: null };
  const keeper = world.keeper({ listing: { ...blank, status: 'published', city: 'Davis', baths: 2 }, kept });
  expect(keeper.state().form).toMatchObject({ city: 'Folsom', beds: '3', baths: '2' });
  expect(keeper.state().conflicts.map(({ name }) => name)).toEqual(['city']);
  expect(keeper.state().restoredFrom).toBe(1);
  keeper.discard();
  expect(keeper.state().form).toMatchObject({ city: 'Davis', beds: '' });
  expect(world.kept).toBeNull();
});

test('a listing that was sold meanwhile is shown as it is, and nothing is tried again', async () => {
  const keeper = world.keeper({ listing: blank });
  world.changeElsewhere({ status: 'sold' });
  world.failures = [new AppError('conflict', 'A sold listing stays as it is')];
  keeper.change({ city: 'Folsom' });
  await pause();
  expect(keeper.state().listing?.status).toBe('sold');
  await jest.advanceTimersByTimeAsync(60_000);
  expect(world.sent).toEqual([]);
});

test('a closed page saves what it can and writes nothing new down', async () => {
  world.failures = [unavailable()];
  const keeper = world.keeper({ listing: blank });
  keeper.change({ city: 'Folsom' });
  world.kept = null;
  keeper.close();
  await jest.advanceTimersByTimeAsync(60_000);
  expect(world.kept).toBeNull();
  expect(world.sent).toEqual([]);
});
