import type { Secret } from '../secret.ts';

/** Crockford's base 32: no letter that reads like a digit. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const codesInSet = 10;
const codeLength = 10;

/**
 * The codes of a set, fifty bits each ("x7k2-9qpd-3m"): computed from its id, so that a repeat of the request that made them
 * gets the same ones, and they are stored nowhere.
 */
export function recoveryCodes(secret: Secret, userId: string, setId: string): string[] {
  return Array.from({ length: codesInSet }, (_, index) => {
    const bytes = Buffer.from(secret.mac('recovery-code', 'code', userId, setId, index), 'base64url');
    const letters = [...bytes.subarray(0, codeLength)].map((byte) => alphabet[byte % alphabet.length]).join('');
    return `${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8)}`;
  });
}

/** However it was written down: capitals, dashes and spaces do not matter, nor an "o" for a zero. */
export function normalRecoveryCode(typed: string): string {
  return typed.toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1');
}
