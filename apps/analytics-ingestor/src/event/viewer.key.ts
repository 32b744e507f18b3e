import { hash, hkdfSync } from 'node:crypto';
import { LRUCache } from 'lru-cache';

const mostRemembered = 20_000;

/**
 * Turns what says who somebody is into what does not. A viewer's id is kept as a keyed hash alone, by a key of its month: what is
 * kept of one month cannot be joined with another's.
 */
export class ViewerKeys {
  private readonly hashes = new LRUCache<string, string>({ max: mostRemembered });
  private readonly keys = new Map<string, string>();

  constructor(private readonly secret: string) {}

  /** `month` as in "2026-11". */
  viewer(viewerId: string, month: string): string {
    const name = `${month} ${viewerId}`;
    let hashed = this.hashes.get(name);
    if (hashed === undefined) {
      hashed = hash('sha256', this.key(`viewer ${month}`) + viewerId, 'base64url').slice(0, 16);
      this.hashes.set(name, hashed);
    }
    return hashed;
  }

  /** Tells one body from another and nothing else. */
  body(text: string): string {
    return integer(hash('sha256', this.key('body') + text, 'hex'));
  }

  /**
   * Begins what is hashed. That makes a keyed hash, without HMAC's second pass (five times the time), as long as no digest is kept
   * whole: only a whole one could be continued.
   */
  private key(purpose: string): string {
    let key = this.keys.get(purpose);
    if (key === undefined) {
      key = Buffer.from(hkdfSync('sha256', this.secret, '', `analytics ${purpose}`, 32)).toString('hex');
      this.keys.set(purpose, key);
    }
    return key;
  }
}

/** A name as a signed 64-bit integer: Redis keeps small sets of them in 8 bytes each. */
export function integerOf(text: string): string {
  return integer(hash('sha1', text, 'hex'));
}

function integer(hex: string): string {
  return BigInt.asIntN(64, BigInt(`0x${hex.slice(0, 16)}`)).toString();
}

/** "2026-11" of a time. */
export function monthOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 7);
}
