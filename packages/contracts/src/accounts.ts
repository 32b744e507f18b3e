import { z } from 'zod';
import { Client, command, event, query, type Role, roles, service } from './service.ts';

/** As people type it; compared in lower case. Control characters, spaces and header-breaking text cannot be in it. */
export const Email = z
  .string()
  .trim()
  .max(254)
  .pipe(z.email())
  .refine((email) => /^[\x21-\x7e]+$/.test(email), 'must be written in plain Latin letters')
  .transform((email) => email.toLowerCase());

/** Length is what a form can check; whether it is easily guessed, the service says. */
export const passwordLength = { min: 10, max: 200 } as const;
export const NewPassword = z
  .string()
  .min(passwordLength.min)
  .max(passwordLength.max)
  .refine((password) => !password.includes('\0'), 'must not contain a NUL character');
/** A password that is only compared: whatever the rules were when it was chosen. */
const Password = z.string().min(1).max(1_000);

export const PersonName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine((name) => !/[\p{Cc}\p{Cf}]/u.test(name), 'must not contain control characters');

/** What people can register as; admins are made by admins. */
export const RegisterRole = z.enum(['buyer', 'seller', 'broker']);

/** Whether somebody's claim to sell or broker has been looked at. Buyers and admins need none. */
export const Verification = z.enum(['not_needed', 'none', 'pending', 'approved', 'rejected']);

/** How somebody can show that it is them, beside the password. */
export const SecondFactorMethod = z.enum(['email', 'totp', 'recovery']);
export type SecondFactorMethod = z.infer<typeof SecondFactorMethod>;

/** Somebody, as they see themselves. */
export const User = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  role: z.enum(roles),
  verification: Verification,
  createdAt: z.iso.datetime(),
  version: z.number().int(),
});
export type User = z.infer<typeof User>;

/** What the gateway puts into cookies. Never in a body. */
export const SessionTokens = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  /** How long the refresh token, and with it the cookies, may live, whole seconds. */
  maxAgeSeconds: z.number().int(),
});
export type SessionTokens = z.infer<typeof SessionTokens>;

const SignedIn = z.object({ user: User, session: SessionTokens.optional() });
const SecondFactorWanted = z.object({
  secondFactor: z.object({
    /** Proves that the password was right; ten minutes, one sign-in. */
    ticket: z.string(),
    methods: z.array(SecondFactorMethod),
  }),
});

/** One sign-in, on one device. */
export const Session = z.object({
  id: z.uuid(),
  /** "Firefox on Windows". */
  device: z.string(),
  /** The network it was last seen from, cut short: "203.0.113.x". */
  place: z.string(),
  createdAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  isCurrent: z.boolean(),
});
export type Session = z.infer<typeof Session>;

const Nothing = z.object({});
const everybody: readonly Role[] = roles;

/** What holds a password or a code is worth nothing a minute later, and must not lie in a queue. */
const expiresInMs = 60_000;

/** Nobody waits for it any longer than it may wait: a renewal that nobody receives would look like a stolen token's. */
const whileAwaited = { timeoutMs: 10_000, expiresInMs: 10_000 };

/** Access tokens: EdDSA, these claims, checked by every gateway replica. */
export const accessTokenIssuer = 'viewora-accounts';
export const accessTokenAudience = 'viewora-api';
export const accessTokenSeconds = 600;
export const AccessClaims = z.object({
  iss: z.literal(accessTokenIssuer),
  aud: z.literal(accessTokenAudience),
  /** The user's id. */
  sub: z.uuid(),
  role: z.enum(roles),
  /** The session's id. */
  sid: z.uuid(),
  /** What `X-CSRF-Token` must say, bound to the session. */
  csrf: z.string(),
  iat: z.number().int(),
  exp: z.number().int(),
});
export type AccessClaims = z.infer<typeof AccessClaims>;

export const accountsApi = service('accounts', {
  session: query({
    summary: 'Who is signed in, and the token that their writes need',
    access: 'public',
    input: Nothing,
    output: z.object({ user: User.nullable(), csrfToken: z.string().nullable() }),
    http: { method: 'GET', path: '/auth/session' },
  }),
  register: command({
    summary: 'Make an account. The answer is the same whether or not there is one already; a mail says more',
    access: 'public',
    input: z.object({ email: Email, password: NewPassword, name: PersonName, role: RegisterRole }),
    output: Nothing,
    http: { method: 'POST', path: '/auth/register', rateClass: 'mail', status: 202 },
    expiresInMs,
  }),
  verifyEmail: command({
    summary: 'Confirm an e-mail address with the token that was mailed to it',
    access: 'public',
    input: z.object({ token: z.string().min(1).max(200) }),
    output: z.object({ email: z.string() }),
    http: { method: 'POST', path: '/auth/verify-email', rateClass: 'sign_in' },
    expiresInMs,
  }),
  resendVerification: command({
    summary: 'Mail the confirmation once more, where one is still wanted',
    access: 'public',
    input: z.object({ email: Email }),
    output: Nothing,
    http: { method: 'POST', path: '/auth/verify-email/resend', rateClass: 'mail', status: 202 },
    expiresInMs,
  }),
  login: command({
    summary: 'Sign in with a password; admins and brokers are asked for a second factor',
    access: 'public',
    input: z.object({ email: Email, password: Password, client: Client }),
    output: z.union([SignedIn, SecondFactorWanted]),
    http: { method: 'POST', path: '/auth/login', rateClass: 'sign_in', fills: ['client'], session: 'opens' },
    ...whileAwaited,
  }),
  secondFactor: command({
    summary: 'Finish signing in with the second factor',
    access: 'public',
    input: z.object({
      ticket: z.string().min(1).max(500),
      method: SecondFactorMethod,
      code: z.string().trim().min(6).max(40),
      client: Client,
    }),
    output: SignedIn,
    http: { method: 'POST', path: '/auth/second-factor', rateClass: 'sign_in', fills: ['client'], session: 'opens' },
    ...whileAwaited,
  }),
  mailSecondFactor: command({
    summary: 'Mail a new code for the sign-in under way',
    access: 'public',
    input: z.object({ ticket: z.string().min(1).max(500) }),
    output: Nothing,
    http: { method: 'POST', path: '/auth/second-factor/mail', rateClass: 'mail', status: 202 },
    expiresInMs,
  }),
  refresh: command({
    summary: 'Renew the session by its cookie',
    access: 'public',
    input: z.object({ refreshToken: z.string().max(500), client: Client }),
    output: SignedIn,
    http: {
      method: 'POST',
      path: '/auth/refresh',
      rateClass: 'write',
      fills: ['refreshToken', 'client'],
      session: 'opens',
    },
    ...whileAwaited,
  }),
  logout: command({
    summary: 'Sign out on this device',
    access: 'public',
    input: z.object({ refreshToken: z.string().max(500) }),
    output: Nothing,
    http: { method: 'POST', path: '/auth/logout', status: 204, fills: ['refreshToken'], session: 'closes' },
  }),
  forgotPassword: command({
    summary: 'Mail a link that sets a new password. The answer is the same whether or not there is an account',
    access: 'public',
    input: z.object({ email: Email }),
    output: Nothing,
    http: { method: 'POST', path: '/auth/password/forgot', rateClass: 'mail', status: 202 },
    expiresInMs,
  }),
  resetPassword: command({
    summary: 'Set a new password with the token that was mailed; signs out everywhere',
    access: 'public',
    input: z.object({ token: z.string().min(1).max(200), password: NewPassword }),
    output: Nothing,
    http: { method: 'POST', path: '/auth/password/reset', rateClass: 'sign_in', status: 204 },
    expiresInMs,
  }),
  changePassword: command({
    summary: 'Change the password; signs out everywhere else',
    access: everybody,
    input: z.object({ currentPassword: Password, password: NewPassword }),
    output: Nothing,
    http: { method: 'POST', path: '/auth/password/change', rateClass: 'sign_in', status: 204 },
    expiresInMs,
  }),
  me: query({
    summary: 'The account of whoever asks',
    access: everybody,
    input: Nothing,
    output: User,
    http: { method: 'GET', path: '/me' },
  }),
  updateMe: command({
    summary: 'Change what the account says of you',
    access: everybody,
    input: z.object({ name: PersonName, version: z.number().int() }),
    output: User,
    http: { method: 'PATCH', path: '/me', ifMatch: true },
  }),
  sessions: query({
    summary: 'Where you are signed in, this device first',
    access: everybody,
    input: Nothing,
    output: z.object({ items: z.array(Session) }),
    http: { method: 'GET', path: '/me/sessions' },
  }),
  revokeSession: command({
    summary: 'Sign out one device',
    access: everybody,
    input: z.object({ id: z.uuid() }),
    output: Nothing,
    http: { method: 'DELETE', path: '/me/sessions/:id', status: 204 },
  }),
  revokeOtherSessions: command({
    summary: 'Sign out every other device',
    access: everybody,
    input: Nothing,
    output: Nothing,
    http: { method: 'DELETE', path: '/me/sessions', status: 204 },
  }),
  keys: query({
    summary: 'The public keys that access tokens are checked with (JWK, RFC 7517)',
    access: 'internal',
    input: Nothing,
    output: z.object({ keys: z.array(z.looseObject({ kid: z.string() })) }),
  }),
  revocations: query({
    summary: 'Sessions that ended before their access tokens did',
    access: 'internal',
    input: Nothing,
    output: z.object({ sessionIds: z.array(z.uuid()) }),
  }),
  sessionsRevoked: event({
    summary: 'Sessions ended: their access tokens are worth nothing any more',
    payload: z.object({ userId: z.uuid(), sessionIds: z.array(z.uuid()) }),
  }),
  mailWanted: event({
    summary: 'Somebody has to be told something by mail',
    payload: z.object({
      to: z.string(),
      name: z.string(),
      template: z.enum([
        'verify_email',
        'already_registered',
        'sign_in_code',
        'reset_password',
        'password_changed',
        'new_device',
      ]),
      /** What the template needs: a `token`, a `code`, a `device`. */
      data: z.record(z.string(), z.string()),
    }),
  }),
});
