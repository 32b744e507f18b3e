import { accountsApi } from '@viewora/contracts/accounts';
import type { Role } from '@viewora/contracts/service';
import { withClient } from '@viewora/devstack/postgres';
import { startStorage, type TestStorage } from '@viewora/testkit/storage';
import { firefox, password, type SignedInPerson, startAccounts, type TestAccounts } from './accounts.ts';
import { papersOf } from './papers.ts';

let accounts: TestAccounts;
let storage: TestStorage;
let papers: ReturnType<typeof papersOf>;
let admin: SignedInPerson;

beforeAll(async () => {
  storage = await startStorage();
  accounts = await startAccounts({ replicas: 2, env: storage.environment });
  papers = papersOf(accounts);
  admin = await someone('admin');
}, 60_000);

afterAll(async () => {
  await accounts?.stop();
  await storage?.stop();
});

const as = ({ actor }: SignedInPerson) => ({ actor });
const someone = async (role: Role = 'buyer') => accounts.signIn(await accounts.person(role));
const block = (id: string, by = admin) =>
  accounts.ask(accountsApi.blockUser, { id, reason: 'Sent spam to buyers' }, as(by));
const refusedBlock = (id: string, by = admin) =>
  accounts.refusal(accountsApi.blockUser, { id, reason: 'Because' }, as(by));
const changeRole = (id: string, role: Role, by = admin) =>
  accounts.ask(accountsApi.changeRole, { id, role, reason: 'By phone' }, as(by));
const find = (input: Parameters<typeof accounts.ask<typeof accountsApi.users>>[1]) =>
  accounts.ask(accountsApi.users, input, as(admin));
const refresh = ({ session }: SignedInPerson) =>
  accounts.refusal(accountsApi.refresh, { refreshToken: session.refreshToken, client: firefox });

describe('people', () => {
  test('are found by part of a name or address, whatever its case, and nothing typed is a wildcard', async () => {
    const { email, user } = await someone();
    await accounts.sql(`UPDATE app_user SET name = 'Ólafur O’Neil_Šimić 100%' WHERE id = $1`, [user.id]);
    const idsFor = async (q: string) => (await find({ q })).items.map(({ id }) => id);
    for (const q of ['ÓLAFUR', 'neil_š', '100%', email.slice(0, 9).toUpperCase(), '%']) {
      expect(await idsFor(q)).toContain(user.id);
    }
    for (const q of ['o_neil', 'ólafur%šimić']) expect(await idsFor(q)).toEqual([]);
    expect(await idsFor(`' OR 1=1 --`)).toEqual([]);
    const refused = await accounts.refusal(accountsApi.users, { q: 'a\0b' }, as(admin));
    expect(refused).toMatchObject({ code: 'invalid_input', details: { errors: [{ path: 'q' }] } });
  });

  test('are found with an index', async () => {
    const plan = await withClient(accounts.databaseUrl, async (client) => {
      // So few people are read whole otherwise.
      await client.query('SET enable_seqscan = off');
      return client.query(`EXPLAIN SELECT FROM app_user WHERE search_text LIKE lower('%Raman%')`);
    });
    expect(JSON.stringify(plan.rows)).toContain('Bitmap Index Scan on app_user_search');
  });

  test('come in pages, the newest first, with an exact total, by role, state and verification', async () => {
    const people = [await someone('seller'), await someone('seller'), await someone('seller')];
    await accounts.sql(`UPDATE app_user SET name = 'Paged Person' WHERE id = ANY ($1)`, [
      people.map(({ user }) => user.id),
    ]);
    const [oldest, , newest] = people;
    const first = await find({ q: 'paged person', limit: 2 });
    expect([first.items.length, first.total, first.items[0]?.id]).toEqual([2, 3, newest?.user.id]);
    const second = await find({ q: 'paged person', limit: 2, cursor: first.nextCursor ?? '' });
    expect([second.items.map(({ id }) => id), second.total, second.nextCursor]).toEqual([[oldest?.user.id], 3, null]);

    await block(oldest?.user.id ?? '');
    await accounts.sql('UPDATE app_user SET email_verified_at = NULL WHERE id = $1', [newest?.user.id]);
    const count = async (input: object) => (await find({ q: 'paged person', ...input })).total;
    expect(
      await Promise.all([
        count({ status: ['blocked'] }),
        count({ status: ['unconfirmed'] }),
        count({ status: ['active', 'blocked'] }),
        count({ role: ['seller'] }),
        count({ role: ['buyer', 'admin'] }),
        count({ verification: ['none'] }),
        count({ verification: ['approved'] }),
      ]),
    ).toEqual([1, 1, 2, 3, 0, 3, 0]);
  });

  test('show what an administrator needs and no secret', async () => {
    const { user } = await someone();
    const shown = await accounts.ask(accountsApi.user, { id: user.id }, as(admin));
    expect(shown).toEqual({
      ...user,
      status: 'active',
      blockedAt: null,
      blockedReason: null,
      lastSeenAt: expect.any(String),
    });
    const nobody = await accounts.refusal(accountsApi.user, { id: crypto.randomUUID() }, as(admin));
    expect(nobody.code).toBe('not_found');
  });
});

describe('a block', () => {
  test('ends every session at once and everywhere, and whatever would open another', async () => {
    const one = await someone('broker');
    const second = await accounts.signIn(one);
    await accounts.ask(accountsApi.forgotPassword, { email: one.email });
    const { data } = await accounts.mailTo(one.email, 'reset_password');
    const begun = await accounts.ask(accountsApi.login, { email: one.email, password, client: firefox });

    const blocked = await block(one.user.id);

    expect(blocked).toMatchObject({
      status: 'blocked',
      blockedReason: 'Sent spam to buyers',
      version: one.user.version + 1,
    });
    for (const person of [one, second]) expect((await refresh(person)).code).toBe('unauthenticated');
    await accounts.settled();
    const told = accounts.revocations.find(({ userId }) => userId === one.user.id);
    expect(told?.sessionIds.toSorted()).toEqual([one, second].map(({ actor }) => actor.sessionId).toSorted());
    const ticket = 'secondFactor' in begun ? begun.secondFactor.ticket : '';
    const { data: mailed } = await accounts.mailTo(one.email, 'sign_in_code');
    const code = { ticket, method: 'email' as const, code: mailed.code ?? '', client: firefox };
    expect((await accounts.refusal(accountsApi.secondFactor, code)).code).toBe('unauthenticated');
    const reset = { token: data.token ?? '', password: 'kettle-orbit-77-fern' };
    expect((await accounts.refusal(accountsApi.resetPassword, reset)).code).toBe('invalid_input');
    const login = { email: one.email, password, client: firefox };
    expect((await accounts.refusal(accountsApi.login, login)).code).toBe('forbidden');
    expect(await accounts.mailTo(one.email, 'account_blocked')).toMatchObject({
      data: { reason: 'Sent spam to buyers' },
    });
    const { items } = await accounts.ask(accountsApi.audit, { targetId: one.user.id }, as(admin));
    expect(items).toMatchObject([
      { action: 'user.block', reason: 'Sent spam to buyers', target: { label: one.user.name } },
    ]);
  });

  test('is had once, and can be taken back, once', async () => {
    const { user, email } = await someone();
    await block(user.id);
    expect((await refusedBlock(user.id)).code).toBe('conflict');
    const unblock = { id: user.id };
    expect(await accounts.ask(accountsApi.unblockUser, unblock, as(admin))).toMatchObject({
      status: 'active',
      blockedReason: null,
    });
    expect((await accounts.refusal(accountsApi.unblockUser, unblock, as(admin))).code).toBe('conflict');
    await expect(accounts.signIn({ email, role: 'buyer' })).resolves.toHaveProperty('user');
  });

  test('of nobody, without a reason, or with a NUL in it is refused', async () => {
    expect((await refusedBlock(crypto.randomUUID())).code).toBe('not_found');
    const { user } = await someone();
    for (const reason of ['', '  ', 'because\0']) {
      const refused = await accounts.refusal(accountsApi.blockUser, { id: user.id, reason }, as(admin));
      expect(refused).toMatchObject({ code: 'invalid_input', details: { errors: [{ path: 'reason' }] } });
    }
  });

  test('leaves nobody who applies, sells or has a profile', async () => {
    const { person, application } = await papers.applicant();
    await accounts.ask(accountsApi.approveApplication, { id: application.id }, as(admin));
    const { id } = person.user;
    expect(await accounts.ask(accountsApi.profile, { id })).toEqual({
      id,
      name: person.user.name,
      role: 'seller',
      isVerified: true,
      memberSince: person.user.createdAt,
    });
    await block(id);
    expect((await accounts.refusal(accountsApi.profile, { id })).code).toBe('not_found');
    expect(await accounts.ask(accountsApi.verificationOf, { userId: id })).toEqual({ mayPublish: false });
    // Their access token may be on its way still.
    await expect(papers.announce(person)).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

describe('a profile', () => {
  test('is nobody’s who does not sell, is not confirmed, or is not there', async () => {
    const [buyer, unconfirmed] = [await someone(), await someone('seller')];
    await accounts.sql('UPDATE app_user SET email_verified_at = NULL WHERE id = $1', [unconfirmed.user.id]);
    for (const id of [buyer.user.id, unconfirmed.user.id, admin.user.id, crypto.randomUUID()]) {
      expect((await accounts.refusal(accountsApi.profile, { id })).code).toBe('not_found');
      expect(await accounts.ask(accountsApi.verificationOf, { userId: id })).toEqual({ mayPublish: false });
    }
    expect(await accounts.ask(accountsApi.profile, { id: (await someone('broker')).user.id })).toMatchObject({
      role: 'broker',
      isVerified: false,
    });
  });
});

describe('another role', () => {
  test('signs out everywhere, is told, and asks for papers anew unless they were seen for it', async () => {
    const { person, application } = await papers.applicant();
    await accounts.ask(accountsApi.approveApplication, { id: application.id }, as(admin));
    const { id } = person.user;
    expect(await changeRole(id, 'broker')).toMatchObject({ role: 'broker', verification: 'none' });
    expect((await refresh(person)).code).toBe('unauthenticated');
    expect(await changeRole(id, 'buyer')).toMatchObject({ role: 'buyer', verification: 'not_needed' });
    expect(await changeRole(id, 'seller')).toMatchObject({ role: 'seller', verification: 'approved' });
    const again = await accounts.signIn(person);
    const { items } = await accounts.ask(accountsApi.notifications, {}, as(again));
    expect(items[0]).toMatchObject({ kind: 'role_changed', title: 'Your account is now a seller’s', body: 'By phone' });
    const log = await accounts.ask(accountsApi.audit, { targetId: id, action: ['user.change_role'] }, as(admin));
    expect(log.items.map(({ reason }) => reason)).toEqual([
      'buyer → seller: By phone',
      'broker → buyer: By phone',
      'seller → broker: By phone',
    ]);
    expect(
      await accounts.refusal(accountsApi.changeRole, { id, role: 'seller', reason: 'Again' }, as(admin)),
    ).toMatchObject({
      code: 'conflict',
    });
  });

  test('makes an open application void: nobody is approved as what they are not any more', async () => {
    const { person, application } = await papers.applicant();
    await changeRole(person.user.id, 'broker');
    const input = { id: application.id };
    expect((await accounts.refusal(accountsApi.approveApplication, input, as(admin))).code).toBe('not_found');
    const key = `applications/${person.user.id}/${application.documents[0]?.id}`;
    expect(await accounts.sql('SELECT FROM object_removal WHERE object_key = $1', [key])).toHaveLength(1);
  });

  test('of an administrator is not for who has not confirmed their address', async () => {
    const { user } = await someone();
    await accounts.sql('UPDATE app_user SET email_verified_at = NULL WHERE id = $1', [user.id]);
    const refused = await accounts.refusal(
      accountsApi.changeRole,
      { id: user.id, role: 'admin', reason: 'A colleague' },
      as(admin),
    );
    expect(refused.code).toBe('conflict');
  });
});

describe('administrators', () => {
  test('cannot block, unblock or demote themselves', async () => {
    const { id } = admin.user;
    expect((await refusedBlock(id)).code).toBe('conflict');
    expect((await accounts.refusal(accountsApi.unblockUser, { id }, as(admin))).code).toBe('conflict');
    const demote = { id, role: 'buyer' as const, reason: 'Tired of it' };
    expect((await accounts.refusal(accountsApi.changeRole, demote, as(admin))).code).toBe('conflict');
  });

  test('who block or demote each other at the same moment: one does, one is no administrator any more', async () => {
    for (let round = 0; round < 8; round++) {
      const [a, b] = [await someone('admin'), await someone('admin')];
      const act = round % 2 === 0 ? (id: string, by: SignedInPerson) => block(id, by) : demote;
      const done = await Promise.allSettled([act(b.user.id, a), act(a.user.id, b)]);
      expect(done.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      expect(done.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'forbidden' });
      const [left] = await accounts.sql(
        `SELECT count(*)::int AS count FROM app_user WHERE id = ANY ($1) AND role = 'admin' AND blocked_at IS NULL`,
        [[a.user.id, b.user.id]],
      );
      expect(left).toEqual({ count: 1 });
    }
    function demote(id: string, by: SignedInPerson) {
      return changeRole(id, 'buyer', by);
    }
  });

  test('who are none any more do nothing, whatever their token says', async () => {
    const former = await someone('admin');
    const { user } = await someone();
    await changeRole(former.user.id, 'buyer');
    expect((await refusedBlock(user.id, former)).code).toBe('forbidden');
    const blocked = await someone('admin');
    await block(blocked.user.id);
    expect((await refusedBlock(user.id, blocked)).code).toBe('forbidden');
  });
});

describe('the audit log', () => {
  test('finds by actor, action, target and time, in pages that neither repeat nor miss one', async () => {
    const actor = await someone('admin');
    const targets = [await someone(), await someone(), await someone()];
    for (const { user } of targets) await block(user.id, actor);
    await accounts.ask(accountsApi.unblockUser, { id: targets[0]?.user.id ?? '' }, as(actor));
    const audit = (input: object) => accounts.ask(accountsApi.audit, input, as(admin));
    const actorId = actor.user.id;
    const first = await audit({ actorId, limit: 3 });
    const second = await audit({ actorId, limit: 3, cursor: first.nextCursor });
    const all = [...first.items, ...second.items];
    expect(all.map(({ action }) => action)).toEqual(['user.unblock', 'user.block', 'user.block', 'user.block']);
    expect(new Set(all.map(({ id }) => id)).size).toBe(4);
    expect(second.nextCursor).toBeNull();
    expect((await audit({ actorId, action: ['user.unblock', 'listing.block'] })).items).toHaveLength(1);
    expect((await audit({ targetId: targets[0]?.user.id })).items).toHaveLength(2);
    const at = all[1]?.at;
    const from = (await audit({ actorId, from: at })).items;
    const to = (await audit({ actorId, to: at })).items;
    expect(from.length + to.length).toBe(4);
    expect([from.length, to.length]).toEqual([2, 2]);
  });

  test('cannot be changed, shortened or emptied, not even by the service', async () => {
    const { user } = await someone();
    await block(user.id);
    for (const table of ['audit_entry', 'audit_label']) {
      const column = table === 'audit_entry' ? 'action' : 'label';
      for (const sql of [`UPDATE ${table} SET ${column} = 'x'`, `DELETE FROM ${table}`, `TRUNCATE ${table} CASCADE`]) {
        await expect(accounts.sql(sql)).rejects.toThrow('append-only');
      }
    }
  });

  test('has no act that was not done: both are one', async () => {
    const { user } = await someone();
    await accounts.sql('ALTER TABLE audit_entry ADD CONSTRAINT full_up CHECK (false) NOT VALID');
    const refused = await refusedBlock(user.id);
    await accounts.sql('ALTER TABLE audit_entry DROP CONSTRAINT full_up');
    expect(refused.code).toBe('internal');
    expect(await accounts.ask(accountsApi.user, { id: user.id }, as(admin))).toMatchObject({ status: 'active' });
  });
});
