import { Injectable } from '@nestjs/common';
import { digest, isSame, Secret } from '../secret.ts';
import type { Transaction } from '../transactions.ts';
import { newToken } from './one-time-token.ts';

/** What a challenge may begin. */
export type ChallengeUse = 'google' | 'passkey_sign_in' | 'passkey_registration';

const minutes: Record<ChallengeUse, number> = { google: 10, passkey_sign_in: 5, passkey_registration: 5 };
const pattern = /^(\d{1,12})\.([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{43})$/;

/**
 * What is handed out at the beginning of a sign-in elsewhere and has to come back, once, within its time. It carries its time and
 * a signature, so that beginning costs no row: anybody may begin, as often as they like. What has come back is noted.
 */
@Injectable()
export class ChallengeRepository {
  constructor(private readonly secret: Secret) {}

  /** `subject` is whose it is, where that is known already. */
  create(use: ChallengeUse, subject = '', now = Date.now()): string {
    const expires = Math.floor(now / 1_000) + minutes[use] * 60;
    const random = newToken();
    return `${expires}.${random}.${this.sign(use, subject, expires, random)}`;
  }

  /** Whether it was made here, for this use and subject, and its time is not over. */
  isGood(challenge: string, use: ChallengeUse, subject = ''): boolean {
    const [, expires = '', random = '', signature = ''] = pattern.exec(challenge) ?? [];
    const isOurs = isSame(signature, this.sign(use, subject, Number(expires), random));
    return isOurs && Number(expires) * 1_000 > Date.now();
  }

  /** Uses up a challenge that is good. Of two who try at once, one gets false. */
  async spend(tx: Transaction, challenge: string, use: ChallengeUse, subject = ''): Promise<boolean> {
    if (!this.isGood(challenge, use, subject)) return false;
    const spent: unknown[] = await tx.query(
      `INSERT INTO spent_challenge (hash, forget_at) VALUES ($1, now() + make_interval(mins => $2))
       ON CONFLICT DO NOTHING RETURNING 1`,
      // A minute more than it lasts: the clocks of replicas and of Postgres differ a little.
      [digest(challenge), minutes[use] + 1],
    );
    return spent.length > 0;
  }

  /** 256 bits that only we can tell from the challenge, so that they need not be kept meanwhile; base64url. */
  derive(challenge: string, what: 'nonce' | 'verifier' | 'passkey'): string {
    return this.secret.mac('challenge', what, challenge);
  }

  private sign(use: ChallengeUse, subject: string, expires: number, random: string): string {
    return this.secret.mac('challenge', 'signature', use, subject, expires, random);
  }
}
