import { Injectable } from '@nestjs/common';
import type { accountsApi } from '@viewora/contracts/accounts';
import { AppError } from '@viewora/contracts/errors';
import type { ParsedInputOf } from '@viewora/contracts/service';
import { ChallengeRepository } from '../code/challenge.repository.ts';
import { TokenRepository } from '../code/token.repository.ts';
import { MailService } from '../mail/mail.service.ts';
import { SessionRepository } from '../session/session.repository.ts';
import { type LoginReply, refused, SignInService } from '../sign-in/sign-in.service.ts';
import { TicketRepository } from '../sign-in/ticket.repository.ts';
import { type Transaction, Transactions } from '../transactions.ts';
import { UserRepository } from '../user/user.repository.ts';
import type { Account } from '../user/user.row.ts';
import { type GoogleAttempt, GoogleIssuer, type GooglePerson } from './google.issuer.ts';
import { GoogleRepository } from './google.repository.ts';

/** Signing in with Google: the first factor, as a password is. */
@Injectable()
export class GoogleService {
  constructor(
    private readonly issuer: GoogleIssuer,
    private readonly links: GoogleRepository,
    private readonly challenges: ChallengeRepository,
    private readonly users: UserRepository,
    private readonly tokens: TokenRepository,
    private readonly tickets: TicketRepository,
    private readonly sessions: SessionRepository,
    private readonly signIns: SignInService,
    private readonly mails: MailService,
    private readonly transactions: Transactions,
  ) {}

  methods(): { google: boolean } {
    return { google: this.issuer.isOffered };
  }

  async start(): Promise<{ url: string; state: string }> {
    const attempt = this.attemptOf(this.challenges.create('google'));
    return { url: await this.issuer.authorizationUrl(attempt), state: attempt.state };
  }

  /** The state is used up before Google is asked, so that of two who bring the same one gets no further. */
  async signIn({ code, state, client }: ParsedInputOf<typeof accountsApi.google>): Promise<LoginReply> {
    if (!(await this.transactions.run((tx) => this.challenges.spend(tx, state, 'google')))) throw over();
    const person = await this.issuer.personOf(code, this.attemptOf(state));
    const outcome = await this.transactions.run(async (tx) => {
      const user = await this.accountOf(tx, person);
      return user instanceof AppError ? refused(user) : this.signIns.admit(tx, user, client);
    });
    return this.signIns.reply(outcome);
  }

  private attemptOf(state: string): GoogleAttempt {
    return {
      state,
      nonce: this.challenges.derive(state, 'nonce'),
      codeVerifier: this.challenges.derive(state, 'verifier'),
    };
  }

  /** By Google's id of them, else by the address, else a new one; the refusal where the account has another at Google. */
  private async accountOf(tx: Transaction, person: GooglePerson): Promise<Account | AppError> {
    const known = await this.linkedTo(tx, person);
    if (known) return known;
    const existing = await this.users.lockByEmail(tx, person.email);
    if (existing) return this.adopt(tx, existing, person);
    const added = await this.register(tx, person);
    if (added) return added;
    // Somebody has registered the address just now; this waited until they had.
    const raced = await this.users.lockByEmail(tx, person.email);
    return raced ? this.adopt(tx, raced, person) : over();
  }

  private async linkedTo(tx: Transaction, person: GooglePerson): Promise<Account | null> {
    const userId = await this.links.findUserId(tx, person.subject);
    const user = userId === null ? null : await this.users.lock(tx, userId);
    if (user) await this.links.noteEmail(tx, person);
    return user;
  }

  /** Who is blocked stays as they are, and is told so by the sign-in. */
  private async adopt(tx: Transaction, user: Account, person: GooglePerson): Promise<Account | AppError> {
    if (user.isBlocked) return user;
    const isAlreadyLinked = (await this.links.findUserId(tx, person.subject)) === user.id;
    if (isAlreadyLinked) return user;
    if (!(await this.links.link(tx, user.id, person))) return hasAnother();
    if (!user.isEmailVerified) return this.takeOver(tx, user, person);
    await this.mails.want(tx, user, 'factor_changed', () => ({ change: 'Google sign-in was set up' }));
    return user;
  }

  /**
   * An account that nobody has confirmed may have been registered by a stranger who waits for the owner to come. The owner is
   * here: what the stranger may have left, a password, sessions, links, goes.
   */
  private async takeOver(tx: Transaction, user: Account, person: GooglePerson): Promise<Account> {
    const owned = await this.users.takeOver(tx, user.id, person.name);
    if (!owned) throw new Error('The account has gone while it was held');
    await this.tokens.drop(tx, user.id, 'verify_email');
    await this.tokens.drop(tx, user.id, 'reset_password');
    await this.tickets.dropAll(tx, user.id);
    await this.sessions.revokeAll(tx, user.id);
    const change = 'Google sign-in was set up; a password chosen before the address was confirmed is no longer valid';
    await this.mails.want(tx, owned, 'factor_changed', () => ({ change }));
    return owned;
  }

  /** Null when the address is taken. */
  private async register(tx: Transaction, person: GooglePerson): Promise<Account | null> {
    const { email, name } = person;
    const buyer = { email, name, role: 'buyer', verification: 'not_needed', passwordHash: null } as const;
    const added = await this.users.add(tx, buyer);
    if (!added) return null;
    await this.links.link(tx, added.id, person);
    return this.users.confirmEmail(tx, added.id);
  }
}

function over(): AppError {
  return new AppError('unauthenticated', 'This sign-in is over: begin again');
}

function hasAnother(): AppError {
  return new AppError('conflict', 'Your account here belongs to another Google account: sign in another way');
}
