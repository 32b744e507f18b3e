import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';

/** What the service's secret is used for; each has a key of its own, so that nothing made for one works for another. */
export type Purpose =
  | 'refresh'
  | 'csrf'
  | 'code'
  | 'email'
  | 'password'
  | 'signing-key'
  | 'challenge'
  | 'totp'
  | 'recovery-code';

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

  /** What is sealed here is not in clear anywhere else (JWE, A256GCM); `kid` says whose it is, and is sealed with it. */
  seal(purpose: Purpose, text: string, kid: string): Promise<string> {
    return new CompactEncrypt(new TextEncoder().encode(text))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid })
      .encrypt(this.key(purpose));
  }

  /** @throws Error for what another secret has sealed, or for somebody else. */
  async open(purpose: Purpose, sealed: string, kid: string): Promise<string> {
    const { plaintext, protectedHeader } = await compactDecrypt(sealed, this.key(purpose));
    if (protectedHeader.kid !== kid) throw new Error('This was sealed for another');
    return new TextDecoder().decode(plaintext);
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
