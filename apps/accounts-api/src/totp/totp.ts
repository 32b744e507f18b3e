import { Secret as Key, TOTP } from 'otpauth';

/** What every authenticator app knows (RFC 6238, Google's key URI format); other values some of them ignore. */
const common = { issuer: 'Viewora', algorithm: 'SHA1', digits: 6, period: 30 };
/** Codes accepted before and after the current one: clocks differ, and typing takes its time. */
const window = 1;

/** 160 random bits in base32, as apps let people type them. */
export function newTotpSecret(): string {
  return new Key({ size: 20 }).base32;
}

/** What the QR code says. */
export function totpUri(secret: string, email: string): string {
  return new TOTP({ ...common, label: email, secret }).toString();
}

/** The time step that a code belongs to; null when it is none of those accepted now. Apps show it in two halves: spaces do not matter. */
export function stepOf(secret: string, code: string, now = Date.now()): number | null {
  const token = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const totp = new TOTP({ ...common, secret });
  const delta = totp.validate({ token, timestamp: now, window });
  return delta === null ? null : totp.counter({ timestamp: now }) + delta;
}
