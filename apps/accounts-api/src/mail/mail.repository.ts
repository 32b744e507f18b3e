import { Injectable } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import type { PayloadOf } from '@viewora/contracts/service';
import { Outbox } from '@viewora/database/outbox';
import { Seal } from '@viewora/service-kit/seal';
import { Secret } from '../secret.ts';
import type { Transaction } from '../transactions.ts';

export type Mail = PayloadOf<typeof accountsApi.mailWanted>;

/** Mails of one kind that one address gets at most within an hour, however many are asked for. */
const mailsPerHour = 5;
/** Codes go only to who has the password, and several devices a morning are not unusual. */
const codesPerHour = 15;

/** What is to be mailed, written with the change that it tells of. */
@Injectable()
export class MailRepository {
  constructor(
    private readonly outbox: Outbox,
    private readonly secret: Secret,
    private readonly seal: Seal,
  ) {}

  /** Counts a mail to this address; false when it would be one too many within the last hour. */
  async admit(tx: Transaction, to: string, template: Mail['template']): Promise<boolean> {
    const rows: unknown[] = await tx.query(
      `INSERT INTO mail_limit AS old (key, sent_at, forget_at) VALUES ($1, ARRAY[now()], now() + interval '1 hour')
       ON CONFLICT (key) DO UPDATE SET
         sent_at = (old.sent_at || now())[greatest(1, cardinality(old.sent_at) + 2 - $2):],
         forget_at = now() + interval '1 hour'
       WHERE cardinality(old.sent_at) < $2 OR old.sent_at[1] <= now() - interval '1 hour'
       RETURNING 1`,
      [this.secret.mac('email', to, template), template === 'sign_in_code' ? codesPerHour : mailsPerHour],
    );
    return rows.length > 0;
  }

  /** What the mail says is sealed: a code must lie in no table and no stream for whoever looks there. */
  async add(tx: Transaction, { data, ...mail }: Mail): Promise<void> {
    const sealed = await this.seal.seal(data);
    await this.outbox.add(tx, accountsApi.mailWanted, { ...mail, data: {}, sealed });
  }
}
