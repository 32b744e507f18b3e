import { Injectable } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import type { Call } from '@viewora/contracts/call';
import { AppError } from '@viewora/contracts/errors';
import type { Role } from '@viewora/contracts/service';
import type { SecondFactorMethod } from '@viewora/contracts/user';
import { invalidInput } from '@viewora/service-kit/errors';
import { secondFactorAttempts } from '../code/attempt.policy.ts';
import { AttemptRepository } from '../code/attempt.repository.ts';
import { MailService } from '../mail/mail.service.ts';
import type { Nothing } from '../nothing.ts';
import { RecoveryCodeRepository } from '../totp/recovery-code.repository.ts';
import { TotpRepository } from '../totp/totp.repository.ts';
import { type Transaction, Transactions } from '../transactions.ts';
import { UserRepository } from '../user/user.repository.ts';
import type { Account } from '../user/user.row.ts';
import { type Ticket, TicketRepository } from './ticket.repository.ts';

/** Codes that may be tried with one ticket. */
const triesPerTicket = 5;
/** When it is worth asking again, once the hour's mails are used up: a guess between now and the hour. */
const mailPauseSeconds = 600;

const wantsSecondFactor: ReadonlySet<Role> = new Set(['admin', 'broker']);

/** The step after the first factor, for those whose account is worth more than one, and for whoever has an authenticator app. */
@Injectable()
export class SecondFactorService {
  constructor(
    private readonly tickets: TicketRepository,
    private readonly totp: TotpRepository,
    private readonly recoveryCodes: RecoveryCodeRepository,
    private readonly users: UserRepository,
    private readonly attempts: AttemptRepository,
    private readonly mails: MailService,
    private readonly transactions: Transactions,
  ) {}

  /**
   * What somebody has to choose from; nothing where one factor is enough. Who has an app is not offered the mail: it would make
   * the mailbox the way around it. Where the app's secret is lost with the service's, a mail is better than nothing.
   */
  async methodsOf(tx: Transaction, { id, role }: Account): Promise<SecondFactorMethod[]> {
    const totp = await this.totp.state(id, tx);
    if (totp === 'ready') return (await this.recoveryCodes.countLeft(id, tx)) > 0 ? ['totp', 'recovery'] : ['totp'];
    return totp === 'lost' || wantsSecondFactor.has(role) ? ['email'] : [];
  }

  /** A ticket for somebody whose first factor was right, and a mail with the code for it; the refusal where no mail can go now. */
  async begin(tx: Transaction, user: Account, methods: SecondFactorMethod[]): Promise<string | AppError> {
    const { id, token } = await this.tickets.create(tx, user.id, user.passwordVersion);
    if (!methods.includes('email') || (await this.mailCode(tx, user, id))) return token;
    return tooManyMails();
  }

  /**
   * Whose sign-in is complete, or the refusal: a value, because the try it has cost must be committed.
   * @throws AppError `too_many_requests` while the user's second factor is locked; nothing is counted then.
   */
  async check(tx: Transaction, token: string, method: SecondFactorMethod, code: string): Promise<Account | AppError> {
    // The user first, as whatever else changes how they sign in does: two that lock in turn never wait for each other.
    const userId = await this.tickets.findUserId(tx, token);
    const user = userId === null ? null : await this.users.lock(tx, userId);
    const ticket = await this.tickets.lock(tx, token);
    if (!user || !ticket || ticket.tries >= triesPerTicket) return over();
    if (user.isBlocked || user.passwordVersion !== ticket.passwordVersion) return over();
    // Asked anew: an app set up since the ticket was made has put an end to its mailed code.
    if (!(await this.methodsOf(tx, user)).includes(method)) return notSetUp();
    // Counted for the user and not only for the ticket: whoever has the password can get tickets without end.
    await this.attempts.begin(attemptsKey(ticket.userId), secondFactorAttempts, tx);
    await this.tickets.countTry(tx, ticket.id);
    if (!(await this.isRight(tx, ticket, method, code))) return wrongCode();
    await this.tickets.drop(tx, ticket.id);
    await this.attempts.clear(tx, attemptsKey(ticket.userId));
    if (method === 'recovery') await this.tellRecoveryCodeUsed(tx, user);
    return user;
  }

  async mailAgain({ ticket: token }: { ticket: string }, call: Call): Promise<Nothing> {
    return this.transactions.once(accountsApi.mailSecondFactor, { token }, call, async (tx) => {
      const ticket = await this.tickets.lock(tx, token);
      const user = ticket && ticket.tries < triesPerTicket ? await this.users.findInside(tx, ticket.userId) : null;
      if (!ticket || !user) throw over();
      if (!(await this.methodsOf(tx, user)).includes('email')) throw notMailed();
      if (!(await this.mailCode(tx, user, ticket.id))) throw tooManyMails();
      return {};
    });
  }

  /** What is right is used up with it, apart from a mailed code, which goes with its ticket. */
  private async isRight(tx: Transaction, ticket: Ticket, method: SecondFactorMethod, code: string): Promise<boolean> {
    switch (method) {
      case 'email':
        return this.tickets.isCode(ticket, code);
      case 'totp':
        return this.totp.use(tx, ticket.userId, code);
      case 'recovery':
        return this.recoveryCodes.use(tx, ticket.userId, code);
    }
  }

  private async tellRecoveryCodeUsed(tx: Transaction, user: Account): Promise<void> {
    const left = await this.recoveryCodes.countLeft(user.id, tx);
    const change = `A recovery code was used to sign in; ${left} ${left === 1 ? 'is' : 'are'} left`;
    await this.mails.want(tx, user, 'factor_changed', () => ({ change }));
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

function notSetUp(): AppError {
  return invalidInput([{ path: 'method', message: 'is not set up for this account' }]);
}

function notMailed(): AppError {
  return new AppError('conflict', 'This account’s codes come from its authenticator app: none is mailed');
}

function wrongCode(): AppError {
  return new AppError('unauthenticated', 'This code is wrong or has run out');
}

function over(): AppError {
  return new AppError('unauthenticated', 'This sign-in is over: begin again');
}
