import { Injectable } from '@nestjs/common';
import type { Transaction } from '../transactions.ts';
import { type Mail, MailRepository } from './mail.repository.ts';

/** Tells people things by mail, within limits that nobody can see from outside. */
@Injectable()
export class MailService {
  constructor(private readonly mails: MailRepository) {}

  /**
   * Writes a mail into the transaction. `data` is asked for only when the mail will go, so that a limit reached never
   * replaces the token of a mail that has gone. Gives whether it goes.
   */
  async want(
    tx: Transaction,
    to: { email: string; name: string },
    template: Mail['template'],
    data: () => Promise<Mail['data']> | Mail['data'] = () => ({}),
  ): Promise<boolean> {
    if (!(await this.mails.admit(tx, to.email, template))) return false;
    await this.mails.add(tx, { to: to.email, name: to.name, template, data: await data() });
    return true;
  }
}
