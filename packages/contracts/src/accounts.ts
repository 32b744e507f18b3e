import { z } from 'zod';
import { adminOperations } from './admin.ts';
import { applicationOperations } from './application.ts';
import { notificationOperations } from './notification.ts';
import { Client, command, event, query, type Role, roles, service } from './service.ts';
import { SecondFactorWanted, SignedIn, secretExpiresInMs, signInWayOperations, whileAwaited } from './sign-in-ways.ts';
import { onTick } from './tick.ts';
import {
  Email,
  NewPassword,
  Password,
  PersonName,
  PublicProfile,
  RegisterRole,
  SecondFactorMethod,
  Session,
  User,
} from './user.ts';

const Nothing = z.object({});
const everybody: readonly Role[] = roles;

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
    expiresInMs: secretExpiresInMs,
  }),
  verifyEmail: command({
    summary: 'Confirm an e-mail address with the token that was mailed to it',
    access: 'public',
    input: z.object({ token: z.string().min(1).max(200) }),
    output: z.object({ email: z.string() }),
    http: { method: 'POST', path: '/auth/verify-email', rateClass: 'sign_in' },
    expiresInMs: secretExpiresInMs,
  }),
  resendVerification: command({
    summary: 'Mail the confirmation once more, where one is still wanted',
    access: 'public',
    input: z.object({ email: Email }),
    output: Nothing,
    http: { method: 'POST', path: '/auth/verify-email/resend', rateClass: 'mail', status: 202 },
    expiresInMs: secretExpiresInMs,
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
    expiresInMs: secretExpiresInMs,
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
    expiresInMs: secretExpiresInMs,
  }),
  resetPassword: command({
    summary: 'Set a new password with the token that was mailed; signs out everywhere',
    access: 'public',
    input: z.object({ token: z.string().min(1).max(200), password: NewPassword }),
    output: Nothing,
    http: { method: 'POST', path: '/auth/password/reset', rateClass: 'sign_in', status: 204 },
    expiresInMs: secretExpiresInMs,
  }),
  changePassword: command({
    summary: 'Change the password; signs out everywhere else',
    access: everybody,
    input: z.object({ currentPassword: Password, password: NewPassword }),
    output: Nothing,
    http: { method: 'POST', path: '/auth/password/change', rateClass: 'sign_in', status: 204 },
    expiresInMs: secretExpiresInMs,
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
  ...signInWayOperations,
  ...applicationOperations,
  ...notificationOperations,
  ...adminOperations,
  profile: query({
    summary: 'Somebody who sells or brokers, as everybody may see them',
    access: 'public',
    input: z.object({ id: z.uuid() }),
    output: PublicProfile,
    http: { method: 'GET', path: '/users/:id' },
  }),
  exportMe: query({
    summary: 'All that is kept about you, as JSON',
    access: everybody,
    input: Nothing,
    output: z.looseObject({ exportedAt: z.iso.datetime() }),
    http: { method: 'GET', path: '/me/export' },
    timeoutMs: 30_000,
  }),
  eraseMe: command({
    summary: 'Erase the account and all that belongs to it, for good',
    access: everybody,
    input: z.object({ currentPassword: Password.optional() }),
    output: Nothing,
    http: { method: 'POST', path: '/me/erase', rateClass: 'sign_in', status: 204, session: 'closes' },
    expiresInMs: secretExpiresInMs,
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
  cleanUp: onTick('Take away what has run out: sessions, codes, tickets, documents'),
  sessionsRevoked: event({
    summary: 'Sessions ended: their access tokens are worth nothing any more',
    payload: z.object({ userId: z.uuid(), sessionIds: z.array(z.uuid()) }),
  }),
  userErased: event({
    summary: 'Somebody is no longer there: whatever was kept about them goes',
    payload: z.object({ userId: z.uuid() }),
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
        'factor_changed',
        'application_approved',
        'application_rejected',
        'listing_blocked',
        'listing_expiring',
        'account_blocked',
        'account_erased',
      ]),
      /** What the template needs and everybody on the way may read. */
      data: z.record(z.string(), z.string()),
      /** The rest of it, a `token`, a `code`, a `device`: sealed, for events are kept a while. */
      sealed: z.string().optional(),
    }),
  }),
});
