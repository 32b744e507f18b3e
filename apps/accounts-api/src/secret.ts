import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** What the service's secret is used for; each has a key of its own, so that nothing made for one works for another. */
export type Purpose = 'refresh' | 'csrf' | 'code' | 'email' | 'password' | 'signing-key';

/** The service's secret, which never leaves this class. */
export class Secret {
  private readonly keys = new Map<Purpose, Buffer>();

  constructor(private readonly secret: string) {}

  /** A 256-bit key for one purpose (HKDF-SHA-256, RFC 5869). */
  key(purpose: Purpose): Buffer {
    const known = this.keys.get(purpose);
    if (known) return known;
    const key = Buffer.from(hkdfSync('sha256', this.secret, 'viewora.accounts', purpose, 32));
    this.keys.set(purpose, key);
    return key;
  }

  /** HMAC-SHA-256, base64url. The parts may not run into each other: "a", "bc" is not "ab", "c". */
  mac(purpose: Purpose, ...parts: (string | number)[]): string {
    return createHmac('sha256', this.key(purpose)).update(JSON.stringify(parts)).digest('base64url');
  }
}

/** SHA-256, base64url: for secrets so long that nobody can try them all. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** Compares in a time that does not depend on where the two differ. */
export function isSame(a: string, b: string): boolean {
  const [left, right] = [digest(a), digest(b)];
  return timingSafeEqual(Buffer.from(left), Buffer.from(right));
}
