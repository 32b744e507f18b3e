import { Injectable } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import type { Call } from '@viewora/contracts/call';
import { AppError } from '@viewora/contracts/errors';
import type { SecondFactorMethod } from '@viewora/contracts/user';
import { invalidInput } from '@viewora/service-kit/errors';
import { secondFactorAttempts } from '../code/attempt.policy.ts';
import { AttemptRepository } from '../code/attempt.repository.ts';
import { MailService } from '../mail/mail.service.ts';
import type { Nothing } from '../nothing.ts';
import { type Transaction, Transactions } from '../transactions.ts';
import { UserRepository } from '../user/user.repository.ts';
import type { Account } from '../user/user.row.ts';
import { TicketRepository } from './ticket.repository.ts';

/** Codes that may be tried with one ticket. */
const triesPerTicket = 5;
/** When it is worth asking again, once the hour's mails are used up: a guess between now and the hour. */
const mailPauseSeconds = 600;

/** The step after the password, for those whose account is worth more than one. */
@Injectable()
export class SecondFactorService {
  constructor(
    private readonly tickets: TicketRepository,
    private readonly users: UserRepository,
    private readonly attempts: AttemptRepository,
    private readonly mails: MailService,
    private readonly transactions: Transactions,
  ) {}

  /** A ticket for somebody whose password was right, and a mail with the code for it; the refusal where no mail can go now. */
  async begin(tx: Transaction, user: Account): Promise<string | AppError> {
    const { id, token } = await this.tickets.create(tx, user.id, user.passwordVersion);
    return (await this.mailCode(tx, user, id)) ? token : tooManyMails();
  }

  /**
   * Whose sign-in is complete, or the refusal: a value, because the try it has cost must be committed.
   * @throws AppError `too_many_requests` while the user's second factor is locked; nothing is counted then.
   */
  async check(tx: Transaction, token: string, method: SecondFactorMethod, code: string): Promise<Account | AppError> {
    if (method !== 'email') return invalidInput([{ path: 'method', message: 'is not set up for this account' }]);
    const ticket = await this.tickets.lock(tx, token);
    if (!ticket || ticket.tries >= triesPerTicket) return over();
    // Counted for the user and not only for the ticket: whoever has the password can get tickets without end.
    await this.attempts.begin(attemptsKey(ticket.userId), secondFactorAttempts, tx);
    await this.tickets.countTry(tx, ticket.id);
    if (!this.tickets.isCode(ticket, code)) return new AppError('unauthenticated', 'This code is wrong or has run out');
    await this.tickets.drop(tx, ticket.id);
    await this.attempts.clear(tx, attemptsKey(ticket.userId));
    const user = await this.users.lock(tx, ticket.userId);
    if (!user || user.isBlocked || user.passwordVersion !== ticket.passwordVersion) return over();
    return user;
  }

  async mailAgain({ ticket: token }: { ticket: string }, call: Call): Promise<Nothing> {
    return this.transactions.once(accountsApi.mailSecondFactor, { token }, call, async (tx) => {
      const ticket = await this.tickets.lock(tx, token);
      const user = ticket && ticket.tries < triesPerTicket ? await this.users.findInside(tx, ticket.userId) : null;
      if (!ticket || !user) throw over();
      if (!(await this.mailCode(tx, user, ticket.id))) throw tooManyMails();
      return {};
    });
  }

  private async mailCode(tx: Transaction, user: Account, ticketId: string): Promise<boolean> {
    return this.mails.want(tx, user, 'sign_in_code', async () => ({ code: await this.tickets.setCode(tx, ticketId) }));
  }
}

function attemptsKey(userId: string): string {
  return `second_factor:${userId}`;
}

/** Whoever gets here had the password, so there is nothing to hide; a code that is said to come and does not would keep them waiting. */
function tooManyMails(): AppError {
  return new AppError('too_many_requests', 'Too many codes have been mailed: wait before you ask for another', {
    retryAfterSeconds: mailPauseSeconds,
  });
}

function over(): AppError {
  return new AppError('unauthenticated', 'This sign-in is over: begin again');
}
