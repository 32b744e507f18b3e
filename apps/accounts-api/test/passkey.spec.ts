import { accountsApi } from '@viewora/contracts/accounts';
import type { Role } from '@viewora/contracts/service';
import { TOTP } from 'otpauth';
import { ChallengeRepository } from '../src/code/challenge.repository.ts';
import { RelyingParty } from '../src/passkey/relying-party.ts';
import { Secret } from '../src/secret.ts';
import { firefox, type SignedInPerson, safari, secret, startAccounts, type TestAccounts } from './accounts.ts';
import { Authenticator, type Flaw } from './authenticator.ts';

const origin = 'https://viewora.test';

let accounts: TestAccounts;

beforeAll(async () => {
  accounts = await startAccounts({ replicas: 2, env: { WEB_ORIGIN: origin } });
}, 60_000);

afterAll(() => accounts?.stop());

const someone = async (role: Role = 'buyer') => accounts.signIn(await accounts.person(role));
const registration = ({ actor }: SignedInPerson) => accounts.ask(accountsApi.passkeyRegistration, {}, { actor });
const security = ({ actor }: SignedInPerson) => accounts.ask(accountsApi.security, {}, { actor });

/** A passkey of this person, as its phone holds it and as the account lists it. */
async function passkeyOf(person: SignedInPerson, name = 'My phone') {
  const phone = new Authenticator(origin);
  const { ticket, options } = await registration(person);
  const input = { ticket, credential: phone.register(options), name };
  const passkey = await accounts.ask(accountsApi.addPasskey, input, { actor: person.actor });
  return { phone, passkey };
}

async function refusedAdd(person: SignedInPerson, flaw: Flaw) {
  const { ticket, options } = await registration(person);
  const input = { ticket, credential: new Authenticator(origin).register(options, flaw), name: 'My phone' };
  return accounts.refusal(accountsApi.addPasskey, input, { actor: person.actor });
}

const begin = () => accounts.ask(accountsApi.passkeyOptions, {});
const finish = (ticket: string, credential: Record<string, unknown>) =>
  accounts.ask(accountsApi.passkeySignIn, { ticket, credential, client: firefox });
const refusedFinish = (ticket: string, credential: Record<string, unknown>) =>
  accounts.refusal(accountsApi.passkeySignIn, { ticket, credential, client: firefox });

async function signIn(phone: Authenticator, flaw: Flaw = {}) {
  const { ticket, options } = await begin();
  return finish(ticket, phone.signIn(options, flaw));
}

async function refusedSignIn(phone: Authenticator, flaw: Flaw) {
  const { ticket, options } = await begin();
  return refusedFinish(ticket, phone.signIn(options, flaw));
}

describe('adding a passkey', () => {
  test('asks for one that needs no address and knows its owner, and tells of it', async () => {
    const person = await someone();
    const { options } = await registration(person);
    expect(options).toMatchObject({
      rp: { id: 'viewora.test', name: 'Viewora' },
      user: { name: person.email, displayName: 'Asha Raman' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: [],
    });
    const { passkey, phone } = await passkeyOf(person, 'Blue phone');
    expect(passkey).toEqual({
      id: expect.any(String),
      name: 'Blue phone',
      createdAt: expect.any(String),
      lastUsedAt: null,
    });
    expect((await security(person)).passkeys).toEqual([passkey]);
    expect((await accounts.mailTo(person.email, 'factor_changed')).data).toEqual({ change: 'A passkey was added' });
    const again = await registration(person);
    expect(again.options).toMatchObject({
      excludeCredentials: [{ id: phone.id, transports: ['hybrid', 'internal'], type: 'public-key' }],
    });
  });

  const flaws: [string, Flaw][] = [
    ['another site', { origin: 'https://evil.test' }],
    ['a subdomain', { origin: 'https://evil.viewora.test' }],
    ['the same host without TLS', { origin: 'http://viewora.test' }],
    ['another scope', { rpId: 'evil.test' }],
    ['another challenge', { challenge: 'x'.repeat(43) }],
    ['a sign-in', { type: 'webauthn.get' }],
    ['somebody it has not verified', { isVerified: false }],
    ['nobody at all', { isPresent: false }],
    ['an attestation that says something', { attestation: { fmt: 'none', statement: new Map([['x', 1]]) } }],
    ['an attestation it has not signed', { attestation: { fmt: 'packed', statement: new Map() } }],
  ];

  test.each(flaws)('one made for %s is refused', async (_, flaw) => {
    const person = await someone();
    expect(await refusedAdd(person, flaw)).toMatchObject({
      code: 'invalid_input',
      details: { errors: [{ path: 'credential' }] },
    });
    expect((await security(person)).passkeys).toEqual([]);
  });

  test.each(['packed', 'fido-u2f', 'tpm', 'apple', 'android-key', 'android-safetynet'])(
    'a maker’s certificate (%s) is not even looked at',
    async (fmt) => {
      const challenge = 'x'.repeat(43);
      const attestation = { fmt, statement: new Map<string, unknown>([['x5c', [new Uint8Array(9)]]]) };
      const credential = new Authenticator(origin).register({ challenge, user: { id: 'x' } }, { attestation });
      const refused = new RelyingParty(origin).verifyRegistration(credential, challenge);
      await expect(refused).rejects.toMatchObject({ cause: { message: 'Attestation was not asked for' } });
    },
  );

  test('one that attests to itself is as good as one that does not', async () => {
    const person = await someone();
    const phone = new Authenticator(origin);
    const { ticket, options } = await registration(person);
    const credential = phone.register(options, { isSelfAttested: true });
    await accounts.ask(accountsApi.addPasskey, { ticket, credential, name: 'A stick' }, { actor: person.actor });
    await signIn(phone);
  });

  test.each([
    {},
    { id: 'x', rawId: 'x', type: 'public-key' },
    { id: 'x', rawId: 'x', type: 'public-key', response: { clientDataJSON: '{}', attestationObject: 'oops' } },
    { id: 'x', rawId: 'x', type: 'public-key', response: { clientDataJSON: 1, attestationObject: [] } },
  ])('nonsense is invalid input: %j', async (credential) => {
    const { actor, ...person } = await someone();
    const { ticket } = await registration({ actor, ...person });
    const refused = await accounts.refusal(accountsApi.addPasskey, { ticket, credential, name: 'x' }, { actor });
    expect(refused.code).toBe('invalid_input');
    expect(refused.details.errors?.[0]?.path).toMatch(/^credential/);
  });

  test('a ticket serves once, and its own user alone', async () => {
    const [person, other] = [await someone(), await someone()];
    const { ticket, options } = await registration(person);
    const input = { ticket, credential: new Authenticator(origin).register(options), name: 'My phone' };
    const stolen = await accounts.refusal(accountsApi.addPasskey, input, { actor: other.actor });
    expect(stolen).toMatchObject({ code: 'invalid_input', details: { errors: [{ path: 'ticket' }] } });
    const tries = await Promise.allSettled(
      [1, 2, 3].map(() => accounts.ask(accountsApi.addPasskey, input, { actor: person.actor })),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const another = { ...input, credential: new Authenticator(origin).register(options) };
    expect((await accounts.refusal(accountsApi.addPasskey, another, { actor: person.actor })).code).toBe(
      'invalid_input',
    );
    expect((await security(person)).passkeys).toHaveLength(1);
    expect((await security(other)).passkeys).toEqual([]);
  });

  test('a ticket that has run out, or is one for signing in, is none', async () => {
    const person = await someone();
    const challenges = new ChallengeRepository(new Secret(secret));
    const old = challenges.create('passkey_registration', person.user.id, Date.now() - 5 * 60_000);
    const { options } = await registration(person);
    for (const ticket of [old, (await begin()).ticket, 'made-up']) {
      const challenge = challenges.derive(ticket, 'passkey');
      const credential = new Authenticator(origin).register(options, { challenge });
      const refused = await accounts.refusal(
        accountsApi.addPasskey,
        { ticket, credential, name: 'x' },
        { actor: person.actor },
      );
      expect(refused).toMatchObject({ code: 'invalid_input', details: { errors: [{ path: 'ticket' }] } });
    }
  });

  test('a repeat of the same request adds one', async () => {
    const person = await someone();
    const { ticket, options } = await registration(person);
    const input = { ticket, credential: new Authenticator(origin).register(options), name: 'My phone' };
    const ask = () => accounts.ask(accountsApi.addPasskey, input, { actor: person.actor, idempotencyKey: 'add-once' });
    const first = await ask();
    expect(await ask()).toEqual(first);
    expect((await security(person)).passkeys).toEqual([first]);
  });

  test('a passkey that is somebody’s already is nobody else’s', async () => {
    const [owner, thief] = [await someone(), await someone()];
    const { phone } = await passkeyOf(owner);
    const { ticket, options } = await registration(thief);
    const input = { ticket, credential: phone.register(options), name: 'Mine' };
    expect((await accounts.refusal(accountsApi.addPasskey, input, { actor: thief.actor })).code).toBe('conflict');
    expect((await security(owner)).passkeys).toHaveLength(1);
  });

  test('twenty are the most, also at once', async () => {
    const person = await someone();
    for (let i = 0; i < 18; i++) await passkeyOf(person, `Phone ${i}`);
    const ceremonies = await Promise.all([1, 2, 3, 4].map(() => registration(person)));
    const added = await Promise.allSettled(
      ceremonies.map(({ ticket, options }) =>
        accounts.ask(
          accountsApi.addPasskey,
          { ticket, credential: new Authenticator(origin).register(options), name: 'One more' },
          { actor: person.actor },
        ),
      ),
    );
    expect(added.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect((await security(person)).passkeys).toHaveLength(20);
    const refused = await accounts.refusal(accountsApi.passkeyRegistration, {}, { actor: person.actor });
    expect(refused.code).toBe('conflict');
  });
});

describe('signing in with a passkey', () => {
  test('needs no address and no code, and opens a session', async () => {
    const person = await someone();
    const { phone, passkey } = await passkeyOf(person);
    const { options } = await begin();
    expect(options).toMatchObject({ rpId: 'viewora.test', userVerification: 'required' });
    expect(options).not.toHaveProperty('allowCredentials');
    const { user, session } = await signIn(phone);
    expect([user.id, session?.maxAgeSeconds]).toEqual([person.user.id, 7 * 86_400]);
    const [used] = (await security(person)).passkeys;
    expect(used).toEqual({ ...passkey, lastUsedAt: expect.any(String) });
    await signIn(phone);
  });

  test.each(['broker', 'admin'] as const)('is two factors in one: a %s is asked for nothing more', async (role) => {
    const person = await someone(role);
    const { phone } = await passkeyOf(person);
    const before = (await accounts.mailsTo(person.email, 'sign_in_code')).length;
    expect(await signIn(phone)).toMatchObject({ user: { id: person.user.id, role } });
    expect(await accounts.mailsTo(person.email, 'sign_in_code')).toHaveLength(before);
  });

  test('asks nobody for the app’s code either', async () => {
    const person = await someone();
    const { actor } = person;
    const { phone } = await passkeyOf(person);
    const { secret: shared } = await accounts.ask(accountsApi.beginTotp, {}, { actor });
    const code = new TOTP({ secret: shared }).generate();
    await accounts.ask(accountsApi.confirmTotp, { code }, { actor });
    expect(await signIn(phone)).toHaveProperty('session');
  });

  test('a device not seen before is told by mail', async () => {
    const person = await someone();
    const { phone } = await passkeyOf(person);
    const { ticket, options } = await begin();
    await accounts.ask(accountsApi.passkeySignIn, { ticket, credential: phone.signIn(options), client: safari });
    expect((await accounts.mailTo(person.email, 'new_device')).data.device).toBe('Safari on iOS');
  });

  const flaws: [string, Flaw][] = [
    ['for another site', { origin: 'https://evil.test' }],
    ['for a subdomain', { origin: 'https://evil.viewora.test' }],
    ['for another scope', { rpId: 'evil.test' }],
    ['for another challenge', { challenge: 'x'.repeat(43) }],
    ['as a registration', { type: 'webauthn.create' }],
    ['without having verified its owner', { isVerified: false }],
    ['without anybody there', { isPresent: false }],
    ['with another key', { isForged: true }],
    ['for somebody else', { userHandle: Buffer.from(crypto.randomUUID()).toString('base64url') }],
  ];

  test.each(flaws)('what was signed %s is refused', async (_, flaw) => {
    const { phone } = await passkeyOf(await someone());
    expect((await refusedSignIn(phone, flaw)).code).toBe('unauthenticated');
    await signIn(phone);
  });

  test('what has signed in once does not again, not even at the same moment', async () => {
    const { phone } = await passkeyOf(await someone());
    const { ticket, options } = await begin();
    // One that does not count, so that nothing but the ticket keeps a copy of it out.
    const credential = phone.signIn(options, { counter: 0 });
    const tries = await Promise.allSettled([1, 2, 3].map(() => finish(ticket, credential)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await refusedFinish(ticket, credential)).code).toBe('unauthenticated');
    // Nor with another ticket: what was signed is bound to its own.
    expect((await refusedFinish((await begin()).ticket, credential)).code).toBe('unauthenticated');
  });

  test('a count that goes back, or stands still, is that of a copy', async () => {
    const { phone } = await passkeyOf(await someone());
    await signIn(phone, { counter: 7 });
    for (const counter of [0, 6, 7]) expect((await refusedSignIn(phone, { counter })).code).toBe('unauthenticated');
    await signIn(phone, { counter: 8 });
  });

  test('a passkey that does not count may sign in again and again', async () => {
    const { phone } = await passkeyOf(await someone());
    for (let i = 0; i < 3; i++) await signIn(phone, { counter: 0 });
  });

  test('a ticket that has run out, or is one for adding, is none', async () => {
    const person = await someone();
    const { phone } = await passkeyOf(person);
    const challenges = new ChallengeRepository(new Secret(secret));
    const old = challenges.create('passkey_sign_in', '', Date.now() - 5 * 60_000);
    for (const ticket of [old, (await registration(person)).ticket, 'made-up']) {
      const credential = phone.signIn({ challenge: challenges.derive(ticket, 'passkey') });
      expect((await refusedFinish(ticket, credential)).code).toBe('unauthenticated');
    }
  });

  test('one that nobody has added is none', async () => {
    const person = await someone();
    const stranger = new Authenticator(origin);
    stranger.register((await registration(person)).options);
    expect((await refusedSignIn(stranger, {})).code).toBe('unauthenticated');
  });

  test('somebody blocked stays out', async () => {
    const person = await someone();
    const { phone } = await passkeyOf(person);
    await accounts.sql('UPDATE app_user SET blocked_at = now() WHERE id = $1', [person.user.id]);
    expect(await refusedSignIn(phone, {})).toMatchObject({ code: 'forbidden', message: 'This account is blocked' });
  });

  test.each([
    {},
    { id: 'x', rawId: 'x', type: 'public-key', response: {} },
    { id: 'x', rawId: 'x', type: 'password', response: {} },
  ])('nonsense is invalid input: %j', async (credential) => {
    const { ticket } = await begin();
    expect((await refusedFinish(ticket, credential)).code).toBe('invalid_input');
  });

  test.each(['clientDataJSON', 'authenticatorData', 'signature', 'userHandle'] as const)(
    'nonsense for its %s is refused',
    async (field) => {
      const { phone } = await passkeyOf(await someone());
      for (const nonsense of ['x', '%%%', '\0', 'A'.repeat(99)]) {
        const { ticket, options } = await begin();
        const credential = phone.signIn(options);
        const response = { ...credential.response, [field]: nonsense };
        expect((await refusedFinish(ticket, { ...credential, response })).code).toBe('unauthenticated');
      }
    },
  );
});

describe('a passkey of one’s own', () => {
  test('can be renamed and removed, and then signs in no more', async () => {
    const person = await someone();
    const { actor } = person;
    const { phone, passkey } = await passkeyOf(person);
    const renamed = await accounts.ask(accountsApi.renamePasskey, { id: passkey.id, name: 'Old phone' }, { actor });
    expect(renamed).toEqual({ ...passkey, name: 'Old phone' });
    const remove = () =>
      accounts.ask(accountsApi.removePasskey, { id: passkey.id }, { actor, idempotencyKey: 'remove-once' });
    expect([await remove(), await remove()]).toEqual([{}, {}]);
    expect((await security(person)).passkeys).toEqual([]);
    expect((await refusedSignIn(phone, {})).code).toBe('unauthenticated');
    expect((await accounts.mailTo(person.email, 'factor_changed')).data.change).toBe('A passkey was removed');
    expect((await accounts.refusal(accountsApi.removePasskey, { id: passkey.id }, { actor })).code).toBe('not_found');
  });

  test('is not there for others', async () => {
    const [owner, other] = [await someone(), await someone('admin')];
    const { passkey, phone } = await passkeyOf(owner);
    const { actor } = other;
    const { id } = passkey;
    expect((await accounts.refusal(accountsApi.renamePasskey, { id, name: 'Mine' }, { actor })).code).toBe('not_found');
    expect((await accounts.refusal(accountsApi.removePasskey, { id }, { actor })).code).toBe('not_found');
    expect((await security(owner)).passkeys).toEqual([passkey]);
    expect((await security(other)).passkeys).toEqual([]);
    await signIn(phone);
  });

  test('goes with its owner', async () => {
    const person = await someone();
    await passkeyOf(person);
    await accounts.sql('DELETE FROM app_user WHERE id = $1', [person.user.id]);
    expect(await accounts.sql('SELECT FROM passkey WHERE user_id = $1', [person.user.id])).toEqual([]);
  });
});
