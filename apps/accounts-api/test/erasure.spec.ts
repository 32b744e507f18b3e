import type { INestApplicationContext } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import type { Role } from '@viewora/contracts/service';
import { bootCommand } from '@viewora/service-kit/boot';
import { startStorage, type TestStorage } from '@viewora/testkit/storage';
import {
  firefox,
  mailSecret,
  password,
  type SignedInPerson,
  secret,
  startAccounts,
  type TestAccounts,
} from './accounts.ts';
import { startFakeAdvisor } from './advisor.fake.ts';
import { papersOf } from './papers.ts';
import { startFakeProperty } from './property.fake.ts';

let accounts: TestAccounts;
let storage: TestStorage;
let papers: ReturnType<typeof papersOf>;
let admin: SignedInPerson;
/** One replica more, whose clockwork the test turns. */
let app: INestApplicationContext;

beforeAll(async () => {
  storage = await startStorage();
  accounts = await startAccounts({ replicas: 2, env: storage.environment });
  papers = papersOf(accounts);
  admin = await someone('admin');
  Object.assign(process.env, storage.environment, {
    DATABASE_URL: accounts.databaseUrl,
    REDIS_URL: accounts.redisUrl,
    ACCOUNTS_SECRET: secret,
    MAIL_SECRET: mailSecret,
    LOG_LEVEL: 'silent',
  });
  // Their environment is read when they are loaded.
  const { AppModule } = await import('../src/app.module.ts');
  const { env } = await import('../src/env.ts');
  app = await bootCommand(AppModule, env);
}, 60_000);

afterAll(async () => {
  await app?.close();
  await accounts?.stop();
  await storage?.stop();
});

const as = ({ actor }: SignedInPerson) => ({ actor });
const someone = async (role: Role = 'buyer') => accounts.signIn(await accounts.person(role));
const erase = (person: SignedInPerson, currentPassword?: string, idempotencyKey: string = crypto.randomUUID()) =>
  accounts.ask(accountsApi.eraseMe, { currentPassword }, { ...as(person), idempotencyKey });
const refusedErase = (person: SignedInPerson, currentPassword?: string) =>
  accounts.refusal(accountsApi.eraseMe, { currentPassword }, as(person));
const ageSession = ({ actor }: SignedInPerson) =>
  accounts.sql(`UPDATE session SET created_at = now() - interval '11 minutes' WHERE id = $1`, [actor.sessionId]);
async function cleanUp(): Promise<void> {
  const { CleanUpService } = await import('../src/clean-up/clean-up.service.ts');
  await app.get(CleanUpService).run();
}
/** As if the time in which a link to upload may be good had passed. */
const passUploadTime = () => accounts.sql(`UPDATE object_removal SET due_at = now() - interval '1 second'`);
const objectOf = (person: SignedInPerson, documentId?: string) =>
  fetch(`${storage.url}/applications/${person.user.id}/${documentId}`).then(({ status }) => status);

describe('an account that is erased', () => {
  test('is gone from every table, is told to all, and its address is free', async () => {
    const { person, application } = await papers.applicant();
    const { id } = person.user;
    await accounts.ask(accountsApi.rejectApplication, { id: application.id, reason: 'Cannot be read' }, as(admin));
    await papers.hand(person);
    await accounts.ask(accountsApi.forgotPassword, { email: person.email });

    await erase(person);

    const tables = await accounts.sql(
      `SELECT table_name, column_name FROM information_schema.columns
       WHERE table_schema = 'accounts' AND (column_name LIKE '%user_id' OR column_name = 'about')`,
    );
    expect(tables.length).toBeGreaterThan(5);
    for (const { table_name: table, column_name: column } of tables) {
      expect([table, await accounts.sql(`SELECT FROM ${table} WHERE ${column} = $1`, [id])]).toEqual([table, []]);
    }
    await accounts.settled();
    expect(accounts.erasures.filter(({ userId }) => userId === id)).toHaveLength(1);
    expect(accounts.revocations.find(({ userId }) => userId === id)?.sessionIds).toEqual([person.actor.sessionId]);
    expect(await accounts.mailsTo(person.email, 'account_erased')).toHaveLength(1);
    const refresh = { refreshToken: person.session.refreshToken, client: firefox };
    expect((await accounts.refusal(accountsApi.refresh, refresh)).code).toBe('unauthenticated');
    expect((await accounts.refusal(accountsApi.me, {}, as(person))).code).toBe('unauthenticated');

    await accounts.ask(accountsApi.register, { email: person.email, password, name: 'New', role: 'buyer' });
    const { data } = await accounts.mailTo(person.email, 'verify_email');
    await accounts.ask(accountsApi.verifyEmail, { token: data.token ?? '' });
    const again = await accounts.signIn({ email: person.email, role: 'buyer' });
    expect(again.user.id).not.toBe(id);
    expect((await accounts.ask(accountsApi.notifications, {}, as(again))).items).toEqual([]);
  });

  test('is erased once, however often it is asked for, with or without the password', async () => {
    const person = await someone();
    await erase(person, password, 'erase-once');
    await expect(erase(person, undefined, 'erase-once')).resolves.toEqual({});
    await accounts.settled();
    expect(accounts.erasures.filter(({ userId }) => userId === person.user.id)).toHaveLength(1);
    expect((await refusedErase(person)).code).toBe('unauthenticated');
  });

  test('leaves its documents to the clean-up, which loses none to a crash and leaves none', async () => {
    const { person, application } = await papers.applicant();
    const [document] = application.documents;
    await erase(person);
    await cleanUp();
    expect(await objectOf(person, document?.id)).toBe(200);
    await passUploadTime();
    // Another replica has them in hand, and dies.
    const { CleanUpRepository } = await import('../src/clean-up/clean-up.repository.ts');
    expect(await app.get(CleanUpRepository).takeRemovals(1_000)).not.toEqual([]);
    await cleanUp();
    expect(await objectOf(person, document?.id)).toBe(200);
    await passUploadTime();
    await Promise.all([cleanUp(), cleanUp()]);
    expect(await objectOf(person, document?.id)).toBe(404);
    expect(await accounts.sql('SELECT FROM object_removal')).toEqual([]);
  });

  test('ends its access tokens at a gateway that starts afterwards too, until they have run out', async () => {
    const person = await someone();
    await erase(person);
    const ended = async () => (await accounts.ask(accountsApi.revocations, {})).sessionIds;
    expect(await ended()).toContain(person.actor.sessionId);
    await accounts.sql(`UPDATE erased_session SET revoked_at = now() - interval '661 seconds'`);
    expect(await ended()).not.toContain(person.actor.sessionId);
    await cleanUp();
    expect(await accounts.sql('SELECT FROM erased_session')).toEqual([]);
  });

  test('keeps its place in the audit log, as nobody’s by name', async () => {
    const [former, target] = [await someone('admin'), await someone()];
    await accounts.ask(accountsApi.blockUser, { id: target.user.id, reason: 'Spam' }, as(former));
    await accounts.ask(accountsApi.unblockUser, { id: target.user.id }, as(admin));
    const again = await accounts.signIn(target);
    await erase(former);
    await erase(again);
    const { items } = await accounts.ask(accountsApi.audit, { targetId: target.user.id }, as(admin));
    const nobody = { id: former.user.id, name: 'Erased account' };
    expect(items.find(({ action }) => action === 'user.block')).toMatchObject({ actor: nobody, reason: 'Spam' });
    expect(items.map((entry) => entry.target.label)).toEqual(['Erased account', 'Erased account']);
  });
});

describe('erasing', () => {
  test('wants the password where the sign-in was not just now', async () => {
    const person = await someone();
    await ageSession(person);
    const field = (error: { details: { errors?: unknown } }) => error.details.errors;
    expect(field(await refusedErase(person))).toEqual([{ path: 'currentPassword', message: 'is required' }]);
    expect(field(await refusedErase(person, 'wrong'))).toEqual([{ path: 'currentPassword', message: 'is wrong' }]);
    await erase(person, password);
    expect(await accounts.sql('SELECT FROM app_user WHERE id = $1', [person.user.id])).toEqual([]);
  });

  test('is not to be had by guessing, nor with another’s session, nor by who has no password and an old one', async () => {
    const [person, other] = [await someone(), await someone()];
    await ageSession(person);
    const borrowed = { ...person, actor: { ...person.actor, sessionId: other.actor.sessionId } };
    expect((await refusedErase(borrowed)).code).toBe('invalid_input');
    const tries = await Promise.all(Array.from({ length: 15 }, (_, i) => refusedErase(person, `wrong-${i}`)));
    expect(tries.filter(({ code }) => code === 'invalid_input').length).toBeLessThanOrEqual(10);
    expect((await refusedErase(person, password)).code).toBe('too_many_requests');
    await ageSession(other);
    await accounts.sql('UPDATE app_user SET password_hash = NULL WHERE id = $1', [other.user.id]);
    expect((await refusedErase(other)).code).toBe('forbidden');
  });

  test('leaves one administrator: not the last one, nor the last two at the same moment', async () => {
    await accounts.sql(`UPDATE app_user SET role = 'buyer' WHERE role = 'admin'`);
    const [a, b] = [await someone('admin'), await someone('admin')];
    const done = await Promise.allSettled([erase(a), erase(b)]);
    expect(done.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(done.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'conflict' });
    expect(await accounts.sql(`SELECT FROM app_user WHERE role = 'admin'`)).toHaveLength(1);
    await accounts.sql(`UPDATE app_user SET role = 'admin' WHERE id = $1`, [admin.user.id]);
  });
});

describe('documents', () => {
  test('of a draft that was left, and of a rejected application, are kept for 30 days; of an approved one longer', async () => {
    const [left, worked] = [await someone('seller'), await someone('seller')];
    const [forgotten, current] = [await papers.hand(left), await papers.hand(worked)];
    const [rejected, recent, approved] = [await papers.applicant(), await papers.applicant(), await papers.applicant()];
    const decide = (id: string) => ({ id, reason: 'Cannot be read' });
    await accounts.ask(accountsApi.rejectApplication, decide(rejected.application.id), as(admin));
    await accounts.ask(accountsApi.rejectApplication, decide(recent.application.id), as(admin));
    await accounts.ask(accountsApi.approveApplication, { id: approved.application.id }, as(admin));
    const { user } = left;
    await accounts.sql(`UPDATE application SET changed_at = now() - interval '31 days' WHERE user_id = $1`, [user.id]);
    await accounts.sql(
      `UPDATE application SET submitted_at = now() - interval '32 days', decided_at = now() - interval '31 days'
       WHERE id = ANY ($1)`,
      [[rejected.application.id, approved.application.id]],
    );
    await cleanUp();
    await passUploadTime();
    await cleanUp();
    const statuses = await Promise.all([
      objectOf(left, forgotten.document.id),
      objectOf(worked, current.document.id),
      ...[rejected, recent, approved].map(({ person, application }) => objectOf(person, application.documents[0]?.id)),
    ]);
    expect(statuses).toEqual([404, 200, 404, 200, 200]);
    const shown = await accounts.ask(accountsApi.application, { id: rejected.application.id }, as(admin));
    expect(shown).toMatchObject({ status: 'rejected', documents: [] });
    expect((await accounts.ask(accountsApi.myApplication, {}, as(left))).application).toBeNull();
  });
});

describe('an export', () => {
  test('has all that is kept about somebody, and no secret, no key, nobody else', async () => {
    const property = await startFakeProperty(accounts.redisUrl);
    const advisor = await startFakeAdvisor(accounts.redisUrl);
    property.personalData = (userId) => ({ listings: [{ ownerId: userId }] });
    const { person, application } = await papers.applicant();
    await accounts.ask(accountsApi.rejectApplication, { id: application.id, reason: 'Cannot be read' }, as(admin));
    const exported = await accounts.ask(accountsApi.exportMe, {}, as(person));
    expect(exported).toMatchObject({
      exportedAt: expect.any(String),
      account: { id: person.user.id, email: person.email, hasPassword: true, role: 'seller' },
      waysToSignIn: { google: null, hasTotp: false, passkeys: [] },
      sessions: [{ device: 'Firefox on Linux' }],
      devices: [{ device: 'Firefox on Linux' }],
      applications: [{ status: 'rejected', reason: 'Cannot be read', documents: [{ name: 'deed.pdf' }] }],
      notifications: [{ kind: 'application_rejected' }],
      market: { listings: [{ ownerId: person.user.id }] },
      advice: { conversations: [{ title: `Of ${person.user.id}` }] },
    });
    const text = JSON.stringify(exported);
    for (const hidden of ['argon2', 'token', 'applications/', person.actor.sessionId, admin.user.id, 'X-Amz']) {
      expect(text).not.toContain(hidden);
    }
    await property.stop();
    await advisor.stop();
  });

  test('is none without its other parts', async () => {
    const property = await startFakeProperty(accounts.redisUrl);
    expect((await accounts.refusal(accountsApi.exportMe, {}, as(await someone()))).code).toBe('unavailable');
    await property.stop();
  });
});
