import { Injectable } from '@nestjs/common';
import { accessTokenSeconds } from '@viewora/contracts/accounts';
import { DataSource } from 'typeorm';

/** What nobody needs any more, by table. Revoked sessions stay while one of their access tokens may still be within its time. */
const stale: Record<string, string> = {
  one_time_token: 'expires_at < now()',
  sign_in_ticket: 'expires_at < now()',
  attempt: 'forget_at < now()',
  mail_limit: 'forget_at < now()',
  known_device: `seen_at < now() - interval '180 days'`,
  session: `least(expires_at, revoked_at) < now() - make_interval(secs => ${accessTokenSeconds + 60})`,
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
}
