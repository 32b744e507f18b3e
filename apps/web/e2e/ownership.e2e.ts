import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { accountsApi } from '@viewora/contracts/accounts';
import { advisorApi } from '@viewora/contracts/advisor';
import { analyticsApi } from '@viewora/contracts/analytics';
import { AppError } from '@viewora/contracts/errors';
import { propertyApi } from '@viewora/contracts/property';
import type { HttpRoute, Operation } from '@viewora/contracts/service';
import { fillSignIn } from './account-steps.ts';
import { apply, type Call, Members } from './members.ts';
import { addPasskeyDevice } from './passkey-device.ts';
import { testSite } from './site.ts';

type Routed = Operation & { http: HttpRoute };
type Thing = 'session' | 'passkey' | 'document' | 'notification' | 'draft' | 'import' | 'conversation' | 'message';

interface Asked {
  /** What of the owner's it is asked with. */
  of: Thing;
  /** What the operation wants besides. */
  input?: object;
  /** Open to everybody, and not even the owner finds a draft there. */
  isPublic?: boolean;
  /** Open to visitors, too, who have such things of their own. */
  isOpen?: boolean;
}

const aDay = { from: '2026-11-01T00:00:00Z', to: '2026-11-02T00:00:00Z', granularity: 'hour' };

/**
 * Every operation that takes the id of something that has an owner. Taken from the contracts by hand, and compared with them: one
 * that is missing here fails. In this order the owner can ask them all.
 */
const asked: Record<string, Asked> = {
  'property.get': { of: 'draft', isPublic: true },
  'property.similar': { of: 'draft', isPublic: true },
  'property.history': { of: 'draft', isPublic: true },
  'property.report': { of: 'draft', isPublic: true, input: { reason: 'fraud' } },
  'analytics.insights': { of: 'draft', isPublic: true },
  'property.myListing': { of: 'draft' },
  'property.update': { of: 'draft', input: { version: 1, title: 'Mine now' } },
  'property.changePrice': { of: 'draft', input: { priceMinor: 31_000_000 } },
  'property.addFavourite': { of: 'draft' },
  'property.noteFavourite': { of: 'draft', input: { note: 'Whose is it?' } },
  'property.confirm': { of: 'draft' },
  'property.publish': { of: 'draft' },
  'property.archive': { of: 'draft' },
  'property.relist': { of: 'draft' },
  'property.sold': { of: 'draft' },
  'analytics.listingAnalytics': { of: 'draft', input: aDay },
  'property.import': { of: 'import' },
  'property.rejectedRows': { of: 'import' },
  'property.cancelImport': { of: 'import' },
  'accounts.readNotification': { of: 'notification' },
  'accounts.renamePasskey': { of: 'passkey', input: { name: 'Mine now' } },
  'accounts.removePasskey': { of: 'passkey' },
  'accounts.removeDocument': { of: 'document' },
  'accounts.revokeSession': { of: 'session' },
  'advisor.conversation': { of: 'conversation', isOpen: true },
  'advisor.renameConversation': { of: 'conversation', isOpen: true, input: { title: 'Mine now' } },
  'advisor.ask': { of: 'conversation', isOpen: true, input: { text: 'flat in Davis' } },
  'advisor.giveFeedback': { of: 'message', isOpen: true, input: { thumb: 'down' } },
  'advisor.removeFeedback': { of: 'message', isOpen: true },
  'advisor.deleteConversation': { of: 'conversation', isOpen: true },
};

/** What is about one thing that has no owner to be guarded: a public profile, a place, and one's own list of what one has saved. */
const unowned = ['accounts.profile', 'property.ownerListings', 'property.market', 'property.removeFavourite'];

let members: Members;
let owner: Call;
let things: Record<Thing, string>;

const site = testSite(async (stack) => {
  members = new Members(stack);
  const seller = await members.member('seller');
  owner = await members.signIn(seller);
  await apply(owner);
  const admin = await members.signIn({ email: 'admin@viewora.test', password: stack.demoPassword });
  const { application } = await owner(accountsApi.myApplication, {});
  await admin(accountsApi.approveApplication, { id: application?.id ?? '' });
  await addPasskey(seller);
  const elsewhere = await members.signIn(seller);
  const [draft, started, { passkeys }, { items: sessions }, conversation] = await Promise.all([
    owner(propertyApi.create, { type: 'house', city: 'Davis', location: { lat: 38.54, lon: -121.74 } }),
    owner(propertyApi.startImport, {
      map: { city: 'city', priceMinor: 'price' },
      file: new File(['city,price\nDavis,310000\n'], 'homes.csv'),
    }),
    owner(accountsApi.security, {}),
    elsewhere(accountsApi.sessions, {}),
    owner(advisorApi.createConversation, {}),
  ]);
  // The answer comes as events, which this client does not read; that it has ended is enough.
  await owner(advisorApi.ask, { id: conversation.id, text: 'house in Davis' }).catch(() => undefined);
  things = {
    session: sessions.find(({ isCurrent }) => isCurrent)?.id ?? '',
    passkey: passkeys[0]?.id ?? '',
    document: application?.documents[0]?.id ?? '',
    notification: await firstNotification(),
    draft: draft.id,
    import: started.id,
    conversation: conversation.id,
    message: (await owner(advisorApi.conversation, conversation)).messages[0]?.id ?? '',
  };
});

const operations = [accountsApi, propertyApi, analyticsApi, advisorApi]
  .flatMap((api) => Object.values(api.operations))
  .filter((operation): operation is Routed => operation.kind !== 'event' && operation.http !== undefined);
const isForAdminsAlone = ({ access }: Routed) => Array.isArray(access) && access.every((role) => role === 'admin');
const withId = operations.filter((operation) => operation.http.path.includes(':') && !isForAdminsAlone(operation));

/** That they have been approved, which they are told a moment later. */
async function firstNotification(): Promise<string> {
  for (;;) {
    const [first] = (await owner(accountsApi.notifications, {})).items;
    if (first) return first.id;
    await pause(100);
  }
}

async function addPasskey(seller: { email: string; password: string }): Promise<void> {
  await site.visit({}, async (page) => {
    await addPasskeyDevice(page);
    await site.open(page, '/account');
    await fillSignIn(page, seller);
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByRole('button', { name: /^Remove / }).waitFor();
  });
}

async function answer(call: Call, { name, of, input }: Asked & { name: string }): Promise<string> {
  const operation = withId.find((one) => one.name === name);
  assert.ok(operation, `${name} is no operation`);
  for (;;) {
    const told = await call(operation, { id: things[of], ...input } as never).then(
      () => 'done',
      (error: unknown) => (error instanceof AppError ? error.code : String(error)),
    );
    if (told !== 'too_many_requests') return told;
    await pause(1_000);
  }
}

const all = Object.entries(asked).map(([name, one]) => ({ name, ...one }));
const answers = async (call: Call) =>
  Object.fromEntries(await Promise.all(all.map(async (one) => [one.name, await answer(call, one)] as const)));

describe('what belongs to somebody', () => {
  it('is known here, whichever operation asks for it', async () => {
    const known = [...Object.keys(asked), ...unowned];
    assert.deepEqual(withId.map(({ name }) => name).sort(), known.sort());
    // A service that is served and not looked at above would be seen here.
    const reply = await fetch(`${site.webUrl}/api/v1/openapi.json`);
    const { paths } = (await reply.json()) as { paths: Record<string, Record<string, { operationId: string }>> };
    const served = Object.values(paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
    assert.deepEqual(
      served.sort(),
      operations
        .filter(({ access }) => access !== 'internal')
        .flatMap(({ name, kind }) => (kind === 'stream' ? [name, `${name}.resume`, `${name}.stop`] : [name]))
        .sort(),
    );
  });

  it('is not there for anybody else with the same role', async () => {
    const stranger = await members.signIn(await members.member('seller'));
    assert.deepEqual(await answers(stranger), Object.fromEntries(all.map(({ name }) => [name, 'not_found'])));
  });

  it('is not there for a visitor, nor told whether it is', async () => {
    const wanted = all.map(({ name, isPublic, isOpen }) => [
      name,
      isPublic || isOpen ? 'not_found' : 'unauthenticated',
    ]);
    assert.deepEqual(await answers(members.call), Object.fromEntries(wanted));
  });

  it('is there for its owner, which shows that those before were asking for something', async () => {
    for (const one of all.filter(({ isPublic }) => !isPublic))
      assert.notEqual(await answer(owner, one), 'not_found', one.name);
  });
});
