import { randomBytes, randomInt } from 'node:crypto';

/** What a mailed link may be good for. */
export type TokenPurpose = 'verify_email' | 'reset_password';

export const tokenMinutes: Record<TokenPurpose, number> = { verify_email: 24 * 60, reset_password: 30 };

/** 256 random bits, fit for a URL. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Six digits, each as likely as the other. */
export function newCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0');
}
