import { accountsApi } from '@viewora/contracts/accounts';
import { propertyApi } from '@viewora/contracts/property';
import type { EventDefinition, PayloadOf } from '@viewora/contracts/service';
import { until } from '@viewora/testkit/wait';
import { type SignedInPerson, startAccounts, type TestAccounts } from './accounts.ts';

let accounts: TestAccounts;

beforeAll(async () => {
  accounts = await startAccounts({ replicas: 2 });
}, 60_000);

afterAll(() => accounts?.stop());

const as = ({ actor }: SignedInPerson) => ({ actor });
const someone = async (role: 'buyer' | 'seller' | 'admin' = 'buyer') => accounts.signIn(await accounts.person(role));
const inboxOf = (person: SignedInPerson, input: { limit?: number; cursor?: string } = {}) =>
  accounts.ask(accountsApi.notifications, input, as(person));

/** As many notifications as that, a second after each other. */
async function fill(person: SignedInPerson, count: number): Promise<void> {
  await accounts.sql(
    `INSERT INTO notification (id, user_id, kind, title, body, at)
     SELECT gen_random_uuid(), $1, 'role_changed', 'number ' || n, '', now() - interval '1 hour' + n / 2 * interval '1 second'
     FROM generate_series(1, $2::int) AS n`,
    [person.user.id, count],
  );
}

describe('the inbox', () => {
  test('is the newest first, in pages that neither repeat nor miss one, also of the same moment', async () => {
    const person = await someone();
    await fill(person, 7);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await inboxOf(person, { limit: 3, cursor });
      expect(page.unread).toBe(7);
      seen.push(...page.items.map(({ title }) => title));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen.toSorted()).toEqual(Array.from({ length: 7 }, (_, i) => `number ${i + 1}`));
    expect(seen.at(-1)).toBe('number 1');
  });

  test('is one’s own: another’s cannot be read, and one’s own reading does not touch it', async () => {
    const [person, other] = [await someone(), await someone()];
    await fill(person, 2);
    await fill(other, 1);
    const [first] = (await inboxOf(person)).items;
    const refused = await accounts.refusal(accountsApi.readNotification, { id: first?.id ?? '' }, as(other));
    expect(refused.code).toBe('not_found');
    await accounts.ask(accountsApi.readNotification, { id: first?.id ?? '' }, as(person));
    expect(await inboxOf(person)).toMatchObject({
      unread: 1,
      items: [{ id: first?.id, readAt: expect.any(String) }, {}],
    });
    await accounts.ask(accountsApi.readAllNotifications, {}, as(person));
    expect([(await inboxOf(person)).unread, (await inboxOf(other)).unread]).toEqual([0, 1]);
  });

  test('keeps when something was first read', async () => {
    const person = await someone();
    await fill(person, 1);
    const [{ id } = { id: '' }] = (await inboxOf(person)).items;
    await accounts.ask(accountsApi.readNotification, { id }, as(person));
    const [before] = (await inboxOf(person)).items;
    await accounts.ask(accountsApi.readNotification, { id }, as(person));
    await accounts.ask(accountsApi.readAllNotifications, {}, as(person));
    expect((await inboxOf(person)).items[0]).toEqual(before);
  });

  test('a cursor that is none is refused by name', async () => {
    const refused = await accounts.refusal(accountsApi.notifications, { cursor: 'x' }, as(await someone()));
    expect(refused).toMatchObject({ code: 'invalid_input', details: { errors: [{ path: 'cursor' }] } });
  });
});

describe('what administrators do with listings', () => {
  type Moderated = PayloadOf<typeof propertyApi.listingModerated>;

  async function publish(payload: Partial<Moderated>, id = crypto.randomUUID()): Promise<Moderated> {
    const moderated: Moderated = {
      action: 'listing.block',
      actorId: admin.user.id,
      listingId: crypto.randomUUID(),
      listingTitle: 'House in Folsom',
      ownerId: null,
      reportId: null,
      reason: 'The pictures are another home’s',
      at: '2026-11-20T10:00:00.000Z',
      ...payload,
    };
    const event = { event: propertyApi.listingModerated, payloadText: JSON.stringify(moderated), meta: { id } };
    await accounts.bus.publishAll([event]);
    return moderated;
  }
  const log = async (targetId: string) => (await accounts.ask(accountsApi.audit, { targetId }, as(admin))).items;
  /** Events are handled in order by one group: when the last has come, so have those before. */
  async function heard(): Promise<void> {
    const mark = await publish({ action: 'report.dismiss', reportId: crypto.randomUUID() });
    await until(async () => (await log(mark.reportId ?? '')).length === 1, { what: 'the event to be heard' });
    await accounts.settled();
  }
  let admin: SignedInPerson;
  beforeAll(async () => {
    admin = await someone('admin');
  });

  test('a block is told its owner in the inbox and by mail, and is in the log, once for each event', async () => {
    const owner = await someone('seller');
    const id = crypto.randomUUID();
    const listingId = crypto.randomUUID();
    for (let i = 0; i < 3; i++) await publish({ listingId, ownerId: owner.user.id }, id);
    await heard();
    expect(await inboxOf(owner)).toMatchObject({
      items: [{ kind: 'listing_blocked', body: 'House in Folsom: The pictures are another home’s' }],
      unread: 1,
    });
    expect(await accounts.mailsTo(owner.email, 'listing_blocked')).toMatchObject([
      { data: { title: 'House in Folsom', reason: 'The pictures are another home’s' } },
    ]);
    expect(await log(listingId)).toMatchObject([
      {
        action: 'listing.block',
        at: '2026-11-20T10:00:00.000Z',
        actor: { id: admin.user.id, name: 'Asha Raman' },
        target: { kind: 'listing', label: 'House in Folsom' },
        reason: 'The pictures are another home’s',
      },
    ]);
  });

  test('its end is told in the inbox alone', async () => {
    const owner = await someone('seller');
    const { listingId } = await publish({ action: 'listing.unblock', ownerId: owner.user.id, reason: null });
    await heard();
    expect((await inboxOf(owner)).items).toMatchObject([{ kind: 'listing_unblocked', body: 'House in Folsom' }]);
    expect(await accounts.mailsTo(owner.email, 'listing_blocked')).toEqual([]);
    expect(await log(listingId)).toMatchObject([{ action: 'listing.unblock', reason: null }]);
  });

  test('reports are in the log and in no inbox', async () => {
    const owner = await someone('seller');
    const reportId = crypto.randomUUID();
    await publish({ action: 'report.uphold', reportId, ownerId: owner.user.id });
    await heard();
    expect(await log(reportId)).toMatchObject([{ action: 'report.uphold', target: { kind: 'report' } }]);
    expect((await inboxOf(owner)).items).toEqual([]);
  });

  test('of nobody’s listing, of an erased owner’s, and with a title that is no line, is in the log all the same', async () => {
    const [nobodys, gone] = [crypto.randomUUID(), crypto.randomUUID()];
    await publish({ listingId: nobodys, listingTitle: 'a\0b\r\nBcc: x' });
    await publish({ listingId: gone, ownerId: crypto.randomUUID(), listingTitle: ' ' });
    await heard();
    expect(await log(nobodys)).toMatchObject([{ target: { label: 'a b Bcc: x' } }]);
    expect(await log(gone)).toMatchObject([{ target: { label: 'Untitled listing' } }]);
  });
});

describe('an owner of listings that nobody looks after', () => {
  const staleOf = (ownerId: string, titles: string[], count = titles.length) => ({
    ownerId,
    count,
    listings: titles.map((title) => ({ id: crypto.randomUUID(), title })),
  });

  /** Delivers an event so many times, and waits until whatever was delivered before the last word of another's is dealt with. */
  async function deliver<E extends EventDefinition>(event: E, payload: PayloadOf<E>, times: number): Promise<void> {
    const id = crypto.randomUUID();
    const messages = Array.from({ length: times }, () => ({
      event,
      payloadText: JSON.stringify(payload),
      meta: { id },
    }));
    await accounts.bus.publishAll(messages);
    const mark = await someone('seller');
    const last = { ...staleOf(mark.user.id, ['Mark']), archivedFrom: '2026-12-08T03:30:00.000Z' };
    await accounts.bus.publishAll([{ event: propertyApi.listingsWarned, payloadText: JSON.stringify(last), meta: {} }]);
    await until(async () => (await inboxOf(mark)).unread === 1, { what: 'the events to be heard' });
    await accounts.settled();
  }

  test('is warned once by inbox and mail, however often the event comes, in words that fit on a line', async () => {
    const owner = await someone('seller');
    const stale = staleOf(owner.user.id, ['House\r\nBcc: eve', 'Flat', 'Plot', 'Shop'], 12);
    await deliver(propertyApi.listingsWarned, { ...stale, archivedFrom: '2026-12-08T03:30:00.000Z' }, 3);
    const names = 'House Bcc: eve, Flat, Plot and 9 more';
    expect((await inboxOf(owner)).items).toMatchObject([
      { kind: 'listing_expiring', link: '/sell', body: expect.stringContaining(names) },
    ]);
    expect(await accounts.mailsTo(owner.email, 'listing_expiring')).toMatchObject([
      { data: { listings: names, day: '2026-12-08', path: '/sell' } },
    ]);
  });

  test('is told once, in the inbox, that they were archived', async () => {
    const owner = await someone('seller');
    await deliver(propertyApi.listingsExpired, staleOf(owner.user.id, ['House']), 2);
    expect((await inboxOf(owner)).items).toMatchObject([{ kind: 'listing_expired', link: '/sell?status=archived' }]);
    expect(await accounts.mailsTo(owner.email, 'listing_expiring')).toEqual([]);
  });
});

describe('what an administrator does with a job of the scheduler', () => {
  const act = { action: 'job.retry', queue: 'mail', jobId: 'e1' } as const;

  test('is in the log once, under an id that is always the job’s', async () => {
    const admin = await someone('admin');
    const key = { ...as(admin), idempotencyKey: crypto.randomUUID() };
    for (let i = 0; i < 2; i++) await accounts.ask(accountsApi.noteJobAct, act, key);
    await accounts.ask(accountsApi.noteJobAct, act, as(admin));
    await accounts.ask(accountsApi.noteJobAct, { ...act, jobId: null }, as(admin));
    const { items } = await accounts.ask(accountsApi.audit, { actorId: admin.user.id }, as(admin));
    expect(items.map(({ action, target }) => [action, target.kind, target.label])).toEqual([
      ['job.retry', 'job', 'all of the queue mail'],
      ['job.retry', 'job', 'mail e1'],
      ['job.retry', 'job', 'mail e1'],
    ]);
    expect(items[1]?.target.id).toBe(items[2]?.target.id);
  });

  test('is nobody else’s to write', async () => {
    const seller = await someone('seller');
    expect((await accounts.refusal(accountsApi.noteJobAct, act, as(seller))).code).toBe('forbidden');
  });
});
