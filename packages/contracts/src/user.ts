import { z } from 'zod';
import { roles } from './service.ts';

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
export const Password = z.string().min(1).max(1_000);

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

/** Somebody who sells or brokers, as everybody may see them. */
export const PublicProfile = z.object({
  id: z.uuid(),
  name: z.string(),
  role: z.enum(['seller', 'broker']),
  /** Whether an administrator has seen their papers. */
  isVerified: z.boolean(),
  memberSince: z.iso.datetime(),
});
export type PublicProfile = z.infer<typeof PublicProfile>;
