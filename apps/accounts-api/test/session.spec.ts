import { randomUUID } from 'node:crypto';
import { AccessClaims, accountsApi } from '@viewora/contracts/accounts';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { firefox, type SignedInPerson, safari, startAccounts, type TestAccounts } from './accounts.ts';

let accounts: TestAccounts;

beforeAll(async () => {
  // Two processes on one database: what is promised of refreshes, they promise together.
  accounts = await startAccounts({ replicas: 2 });
}, 60_000);

afterAll(() => accounts?.stop());

const newcomer = async () => accounts.signIn(await accounts.person());
const refresh = (refreshToken: string, client = firefox) => accounts.ask(accountsApi.refresh, { refreshToken, client });
const refusedRefresh = (refreshToken: string) =>
  accounts.refusal(accountsApi.refresh, { refreshToken, client: firefox });
const tokenOf = ({ session }: { session?: { refreshToken: string } }) => session?.refreshToken ?? '';
const isLive = async ({ actor }: SignedInPerson) =>
  (await accounts.sql('SELECT FROM session WHERE id = $1 AND revoked_at IS NULL', [actor.sessionId])).length === 1;
const later = (sessionId: string, seconds: number) =>
  accounts.sql(`UPDATE session SET rotated_at = rotated_at - make_interval(secs => $2) WHERE id = $1`, [
    sessionId,
    seconds,
  ]);
const toldOf = async (sessionId: string) => {
  await accounts.settled();
  return accounts.revocations.filter(({ sessionIds }) => sessionIds.includes(sessionId));
};

describe('refreshing', () => {
  test('fifty tabs at once, over two replicas: one successor and nobody signed out', async () => {
    const person = await newcomer();
    const replies = await Promise.all(Array.from({ length: 50 }, () => refresh(person.session.refreshToken)));
    const successors = new Set(replies.map(tokenOf));
    expect(successors.size).toBe(1);
    const [successor = ''] = successors;
    expect(successor).not.toBe(person.session.refreshToken);
    expect(await isLive(person)).toBe(true);
    expect(await accounts.sql('SELECT generation FROM session WHERE id = $1', [person.actor.sessionId])).toEqual([
      { generation: 2 },
    ]);
    expect(tokenOf(await refresh(successor))).not.toBe(successor);
  });

  test('both replicas have taken their share', async () => {
    const served = await accounts.served('accounts.refresh');
    expect(served.every((count) => count > 0)).toBe(true);
  });

  test('a token replaced less than ten seconds ago gets the same successor', async () => {
    const person = await newcomer();
    const successor = tokenOf(await refresh(person.session.refreshToken));
    await later(person.actor.sessionId, 8);
    expect(tokenOf(await refresh(person.session.refreshToken))).toBe(successor);
  });

  test('used again after that, it ends the family, and every gateway is told', async () => {
    const person = await newcomer();
    const successor = tokenOf(await refresh(person.session.refreshToken));
    await later(person.actor.sessionId, 11);
    expect((await refusedRefresh(person.session.refreshToken)).code).toBe('unauthenticated');
    expect(await isLive(person)).toBe(false);
    expect((await refusedRefresh(successor)).code).toBe('unauthenticated');
    expect(await toldOf(person.actor.sessionId)).toHaveLength(1);
  });

  test('the one before the one before ends it at once', async () => {
    const person = await newcomer();
    await refresh(tokenOf(await refresh(person.session.refreshToken)));
    expect((await refusedRefresh(person.session.refreshToken)).code).toBe('unauthenticated');
    expect(await isLive(person)).toBe(false);
  });

  test('a forged one is refused and ends nothing', async () => {
    const person = await newcomer();
    const successor = tokenOf(await refresh(person.session.refreshToken));
    const [id, , mac] = successor.split('.');
    const forged = [
      `${id}.1.${mac}`,
      `${id}.3.${mac}`,
      `${id}.2.${'A'.repeat(43)}`,
      `${randomUUID()}.2.${mac}`,
      `${id}.2`,
      `${id}\0.2.${mac}`,
      '',
    ];
    for (const each of forged) expect((await refusedRefresh(each)).code).toBe('unauthenticated');
    expect(await isLive(person)).toBe(true);
    await refresh(successor);
  });

  test('each renewal gives a week, until thirty days after the sign-in', async () => {
    const person = await newcomer();
    const first = await refresh(person.session.refreshToken);
    expect(first.session?.maxAgeSeconds).toBe(7 * 86_400);
    await accounts.sql(`UPDATE session SET created_at = now() - interval '29 days' WHERE id = $1`, [
      person.actor.sessionId,
    ]);
    const second = await refresh(tokenOf(first));
    expect(second.session?.maxAgeSeconds).toBeLessThanOrEqual(86_400);
    await accounts.sql('UPDATE session SET expires_at = now() WHERE id = $1', [person.actor.sessionId]);
    expect((await refusedRefresh(tokenOf(second))).code).toBe('unauthenticated');
  });

  test('somebody blocked cannot', async () => {
    const person = await newcomer();
    await accounts.sql('UPDATE app_user SET blocked_at = now() WHERE id = $1', [person.user.id]);
    expect((await refusedRefresh(person.session.refreshToken)).code).toBe('unauthenticated');
  });

  test('of the tokens only hashes are kept, in no table anything else', async () => {
    const person = await newcomer();
    const successor = tokenOf(await refresh(person.session.refreshToken));
    const tables = await accounts.sql(
      `SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'accounts'::regnamespace`,
    );
    for (const { relname } of tables) {
      const text = JSON.stringify(await accounts.sql(`SELECT * FROM ${String(relname)}`));
      for (const token of [person.session.refreshToken, successor, person.session.accessToken]) {
        expect(text).not.toContain(token.split('.').at(-1));
      }
    }
  });
});

describe('the access token', () => {
  test('is one that the published keys verify, with the claims of the contract', async () => {
    const person = await accounts.signIn(await accounts.person('seller'));
    const keys = createLocalJWKSet(await accounts.ask(accountsApi.keys, {}));
    const { payload } = await jwtVerify(person.session.accessToken, keys, { algorithms: ['EdDSA'] });
    const claims = AccessClaims.parse(payload);
    expect(claims).toMatchObject({ sub: person.user.id, role: 'seller', sid: person.actor.sessionId });
    expect(claims.exp - claims.iat).toBe(600);
    const { csrfToken, user } = await accounts.ask(accountsApi.session, {}, { actor: person.actor });
    expect(csrfToken).toBe(claims.csrf);
    expect(user).toEqual(person.user);
  });

  test('the write token is another for every session', async () => {
    const person = await accounts.person();
    const [one, two] = [await accounts.signIn(person), await accounts.signIn(person)];
    const [first, second] = await Promise.all(
      [one, two].map(({ actor }) => accounts.ask(accountsApi.session, {}, { actor })),
    );
    expect(first?.csrfToken).not.toBe(second?.csrfToken);
  });

  test('no private key leaves, and none is kept readable', async () => {
    const { keys } = await accounts.ask(accountsApi.keys, {});
    for (const key of keys) expect(Object.keys(key).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
    const [stored] = await accounts.sql('SELECT * FROM signing_key');
    expect(decodeProtectedHeader(String(stored?.sealed_private_jwk))).toMatchObject({ alg: 'dir', enc: 'A256GCM' });
    expect(JSON.stringify(stored)).not.toContain('"d"');
  });
});

describe('who is signed in', () => {
  test('nobody: an answer, not an error', async () => {
    expect(await accounts.ask(accountsApi.session, {})).toEqual({ user: null, csrfToken: null });
  });

  test('not somebody whose session has ended, nor somebody blocked', async () => {
    const person = await newcomer();
    await accounts.ask(accountsApi.logout, { refreshToken: person.session.refreshToken });
    const ended = await accounts.ask(accountsApi.session, {}, { actor: person.actor });
    const blocked = await newcomer();
    await accounts.sql('UPDATE app_user SET blocked_at = now() WHERE id = $1', [blocked.user.id]);
    const out = await accounts.ask(accountsApi.session, {}, { actor: blocked.actor });
    expect([ended, out]).toEqual([ended, out].map(() => ({ user: null, csrfToken: null })));
  });
});

describe('ending sessions', () => {
  test('signing out ends the session at once and tells every gateway', async () => {
    const person = await newcomer();
    await accounts.ask(accountsApi.logout, { refreshToken: person.session.refreshToken });
    expect((await refusedRefresh(person.session.refreshToken)).code).toBe('unauthenticated');
    expect(await toldOf(person.actor.sessionId)).toEqual([
      { userId: person.user.id, sessionIds: [person.actor.sessionId] },
    ]);
    expect((await accounts.ask(accountsApi.revocations, {})).sessionIds).toContain(person.actor.sessionId);
  });

  test('a forged token signs nobody out, and the answer is the same', async () => {
    const person = await newcomer();
    const [id] = person.session.refreshToken.split('.');
    expect(await accounts.ask(accountsApi.logout, { refreshToken: `${id}.1.${'A'.repeat(43)}` })).toEqual({});
    expect(await isLive(person)).toBe(true);
  });

  test('people see their own sessions, this one first, and of the network no more than is shown', async () => {
    const person = await accounts.person();
    const here = await accounts.signIn(person);
    const there = await accounts.signIn(person, safari);
    await newcomer();
    const { items } = await accounts.ask(accountsApi.sessions, {}, { actor: here.actor });
    expect(items).toEqual([
      {
        id: here.actor.sessionId,
        device: 'Firefox on Linux',
        place: '203.0.113.x',
        createdAt: expect.any(String),
        lastSeenAt: expect.any(String),
        isCurrent: true,
      },
      expect.objectContaining({
        id: there.actor.sessionId,
        device: 'Safari on iOS',
        place: '198.51.100.x',
        isCurrent: false,
      }),
    ]);
    const kept = JSON.stringify(await accounts.sql('SELECT * FROM session NATURAL FULL JOIN known_device'));
    expect(kept).not.toContain(safari.address);
  });

  test('one of one’s own can be ended, once; somebody else’s is not there', async () => {
    const person = await accounts.person();
    const [here, there] = [await accounts.signIn(person), await accounts.signIn(person, safari)];
    const stranger = await newcomer();
    const { id } = { id: there.actor.sessionId };
    expect((await accounts.refusal(accountsApi.revokeSession, { id }, { actor: stranger.actor })).code).toBe(
      'not_found',
    );
    expect(await isLive(there)).toBe(true);
    await accounts.ask(accountsApi.revokeSession, { id }, { actor: here.actor });
    expect((await refusedRefresh(there.session.refreshToken)).code).toBe('unauthenticated');
    expect((await accounts.refusal(accountsApi.revokeSession, { id }, { actor: here.actor })).code).toBe('not_found');
    expect(await toldOf(id)).toHaveLength(1);
  });

  test('all others can be ended at once', async () => {
    const person = await accounts.person();
    const here = await accounts.signIn(person);
    const others = [await accounts.signIn(person), await accounts.signIn(person)];
    const stranger = await newcomer();
    await accounts.ask(accountsApi.revokeOtherSessions, {}, { actor: here.actor });
    const ids = others.map(({ actor }) => actor.sessionId);
    const [told] = await toldOf(ids[0] ?? '');
    expect(told?.sessionIds.toSorted()).toEqual(ids.toSorted());
    expect(await Promise.all([here, stranger, ...others].map(isLive))).toEqual([true, true, false, false]);
  });

  test('a gateway that starts hears of what has ended while an access token may still be within its time', async () => {
    const [recent, old] = [await newcomer(), await newcomer()];
    for (const { session } of [recent, old])
      await accounts.ask(accountsApi.logout, { refreshToken: session.refreshToken });
    await accounts.sql(`UPDATE session SET revoked_at = now() - interval '650 seconds' WHERE id = $1`, [
      recent.actor.sessionId,
    ]);
    await accounts.sql(`UPDATE session SET revoked_at = now() - interval '661 seconds' WHERE id = $1`, [
      old.actor.sessionId,
    ]);
    const { sessionIds } = await accounts.ask(accountsApi.revocations, {});
    expect(sessionIds).toContain(recent.actor.sessionId);
    expect(sessionIds).not.toContain(old.actor.sessionId);
  });
});
