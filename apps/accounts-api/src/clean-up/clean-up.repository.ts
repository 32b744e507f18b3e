import { Injectable } from '@nestjs/common';
import { accessTokenSeconds } from '@viewora/contracts/accounts';
import { DataSource } from 'typeorm';

/** What nobody needs any more, by table. Revoked sessions stay while one of their access tokens may still be within its time. */
const stale: Record<string, string> = {
  one_time_token: 'expires_at < now()',
  sign_in_ticket: 'expires_at < now()',
  spent_challenge: 'forget_at < now()',
  totp_setup: 'expires_at < now()',
  attempt: 'forget_at < now()',
  mail_limit: 'forget_at < now()',
  known_device: `seen_at < now() - interval '180 days'`,
  session: `least(expires_at, revoked_at) < now() - make_interval(secs => ${accessTokenSeconds + 60})`,
  erased_session: `revoked_at < now() - make_interval(secs => ${accessTokenSeconds + 60})`,
  notification: `at < now() - interval '1 year'`,
  // Never handed in, and not touched for a month; its documents go with it.
  application: `status = 'draft' AND changed_at < now() - interval '30 days'`,
  // Of an approved one they stay as long as the account: they are what it was approved by.
  application_document: `application_id IN
    (SELECT id FROM application WHERE status = 'rejected' AND decided_at < now() - interval '30 days')`,
  signing_key: `signs_until < now() - interval '1 day'`,
};

@Injectable()
export class CleanUpRepository {
  constructor(private readonly dataSource: DataSource) {}

  tables(): string[] {
    return Object.keys(stale);
  }

  /** Deletes a bounded number of rows and gives how many; rows that another replica deletes are left to it. */
  async deleteStale(table: string, limit: number): Promise<number> {
    const [, count]: [unknown[], number] = await this.dataSource.query(
      `DELETE FROM ${table} WHERE ctid IN
         (SELECT ctid FROM ${table} WHERE ${stale[table]} LIMIT $1 FOR UPDATE SKIP LOCKED)`,
      [limit],
    );
    return count;
  }

  /**
   * Objects to remove now. Whoever takes them has five minutes before another does; who dies with them in hand loses none.
   */
  async takeRemovals(limit: number): Promise<string[]> {
    const [rows]: [{ object_key: string }[], number] = await this.dataSource.query(
      `UPDATE object_removal SET due_at = now() + interval '5 minutes' WHERE object_key IN
         (SELECT object_key FROM object_removal WHERE due_at <= now() ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING object_key`,
      [limit],
    );
    return rows.map(({ object_key }) => object_key);
  }

  async forgetRemoval(objectKey: string): Promise<void> {
    await this.dataSource.query('DELETE FROM object_removal WHERE object_key = $1', [objectKey]);
  }
}
