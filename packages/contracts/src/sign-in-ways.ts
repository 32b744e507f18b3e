import { z } from 'zod';
import { Client, command, query, roles } from './service.ts';
import { Password, PersonName, SecondFactorMethod, SessionTokens, User } from './user.ts';

/** What holds a password or a code is worth nothing a minute later, and must not lie in a queue. */
export const secretExpiresInMs = 60_000;

/** Nobody waits for it any longer than it may wait: a renewal that nobody receives would look like a stolen token's. */
export const whileAwaited = { timeoutMs: 10_000, expiresInMs: 10_000 };

export const SignedIn = z.object({ user: User, session: SessionTokens.optional() });
export const SecondFactorWanted = z.object({
  secondFactor: z.object({
    /** Proves that the password was right; ten minutes, one sign-in. */
    ticket: z.string(),
    methods: z.array(SecondFactorMethod),
  }),
});

/** A key on a phone, a laptop or a stick that signs in without a password (WebAuthn). */
export const Passkey = z.object({
  id: z.uuid(),
  name: z.string(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
});
export type Passkey = z.infer<typeof Passkey>;

/** How somebody can sign in. */
export const Security = z.object({
  hasPassword: z.boolean(),
  /** The Google account's address, where one is linked. */
  google: z.string().nullable(),
  /** Whether an authenticator app's codes are asked for. */
  hasTotp: z.boolean(),
  recoveryCodesLeft: z.number().int(),
  passkeys: z.array(Passkey),
});
export type Security = z.infer<typeof Security>;

/** What `navigator.credentials` takes and gives, as JSON (WebAuthn Level 3, 5.1.8 and 5.1.9); the service checks every part of it. */
const WebAuthnJson = z.looseObject({});
const PasskeyCeremony = z.object({
  /** Names this attempt; five minutes, one use. */
  ticket: z.string(),
  options: WebAuthnJson,
});
const Ticket = z.string().min(1).max(500);
const TotpCode = z
  .string()
  .trim()
  .regex(/^\d{6}$/, 'must be six digits');
/**
 * Shows again that it is them, before what would lock them out or let others in. Needed by whoever has a password, unless
 * they signed in within the last ten minutes.
 */
const currentPassword = Password.optional();
const Nothing = z.object({});
const everybody = roles;

/** Ways to sign in beside a password, and what guards them. */
export const signInWayOperations = {
  signInMethods: query({
    summary: 'Which ways to sign in are offered here, beside e-mail and password',
    access: 'public',
    input: Nothing,
    output: z.object({ google: z.boolean() }),
    http: { method: 'GET', path: '/auth/methods' },
  }),
  startGoogle: command({
    summary: 'Begin to sign in with Google: where to send the browser, and what it has to remember until it is back',
    access: 'public',
    input: Nothing,
    output: z.object({ url: z.string(), state: z.string() }),
    http: { method: 'POST', path: '/auth/google/start', rateClass: 'sign_in' },
    expiresInMs: secretExpiresInMs,
  }),
  google: command({
    summary: 'Sign in with what Google sent back; a buyer’s account is made where there is none',
    access: 'public',
    input: z.object({ code: z.string().min(1).max(2_000), state: z.string().min(1).max(500), client: Client }),
    output: z.union([SignedIn, SecondFactorWanted]),
    http: { method: 'POST', path: '/auth/google', rateClass: 'sign_in', fills: ['client'], session: 'opens' },
    ...whileAwaited,
  }),
  passkeyOptions: command({
    summary: 'Begin to sign in with a passkey',
    access: 'public',
    input: Nothing,
    output: PasskeyCeremony,
    http: { method: 'POST', path: '/auth/passkeys/options', rateClass: 'sign_in' },
    expiresInMs: secretExpiresInMs,
  }),
  passkeySignIn: command({
    summary: 'Sign in with a passkey; it is two factors in one',
    access: 'public',
    input: z.object({ ticket: Ticket, credential: WebAuthnJson, client: Client }),
    output: SignedIn,
    http: { method: 'POST', path: '/auth/passkeys/sign-in', rateClass: 'sign_in', fills: ['client'], session: 'opens' },
    ...whileAwaited,
  }),
  security: query({
    summary: 'How you can sign in',
    access: everybody,
    input: Nothing,
    output: Security,
    http: { method: 'GET', path: '/me/security' },
  }),
  passkeyRegistration: command({
    summary: 'Begin to add a passkey',
    access: everybody,
    input: z.object({ currentPassword }),
    output: PasskeyCeremony,
    http: { method: 'POST', path: '/me/passkeys/options', rateClass: 'sign_in' },
    expiresInMs: secretExpiresInMs,
  }),
  addPasskey: command({
    summary: 'Add the passkey that the device has made',
    access: everybody,
    input: z.object({ ticket: Ticket, credential: WebAuthnJson, name: PersonName }),
    output: Passkey,
    http: { method: 'POST', path: '/me/passkeys', status: 201, rateClass: 'sign_in' },
    expiresInMs: secretExpiresInMs,
  }),
  renamePasskey: command({
    summary: 'Name a passkey',
    access: everybody,
    input: z.object({ id: z.uuid(), name: PersonName }),
    output: Passkey,
    http: { method: 'PATCH', path: '/me/passkeys/:id' },
  }),
  removePasskey: command({
    summary: 'Remove a passkey: nobody can sign in with it any more',
    access: everybody,
    input: z.object({ id: z.uuid() }),
    output: Nothing,
    http: { method: 'DELETE', path: '/me/passkeys/:id', status: 204 },
  }),
  beginTotp: command({
    summary: 'Begin to use an authenticator app: what it has to know. It counts once a code of it has been given',
    access: everybody,
    input: z.object({ currentPassword }),
    /** `uri` is what the QR code says: otpauth://totp/… */
    output: z.object({ secret: z.string(), uri: z.string() }),
    http: { method: 'POST', path: '/me/totp', rateClass: 'sign_in' },
    expiresInMs: secretExpiresInMs,
  }),
  confirmTotp: command({
    summary: 'Finish with a code from the app; recovery codes are shown once, where there are none yet',
    access: everybody,
    input: z.object({ code: TotpCode }),
    output: z.object({ recoveryCodes: z.array(z.string()) }),
    http: { method: 'POST', path: '/me/totp/confirm', rateClass: 'sign_in' },
    expiresInMs: secretExpiresInMs,
  }),
  removeTotp: command({
    summary: 'Stop using the authenticator app; its recovery codes go with it',
    access: everybody,
    input: z.object({ currentPassword }),
    output: Nothing,
    http: { method: 'POST', path: '/me/totp/remove', rateClass: 'sign_in', status: 204 },
    expiresInMs: secretExpiresInMs,
  }),
  newRecoveryCodes: command({
    summary: 'New recovery codes, in place of all before; shown once',
    access: everybody,
    input: z.object({ currentPassword }),
    output: z.object({ recoveryCodes: z.array(z.string()) }),
    http: { method: 'POST', path: '/me/recovery-codes', rateClass: 'sign_in' },
    expiresInMs: secretExpiresInMs,
  }),
};
