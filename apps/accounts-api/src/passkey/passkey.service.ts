import { Injectable } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import type { Call } from '@viewora/contracts/call';
import { AppError } from '@viewora/contracts/errors';
import type { ParsedInputOf } from '@viewora/contracts/service';
import type { Passkey } from '@viewora/contracts/sign-in-ways';
import type { SessionTokens, User } from '@viewora/contracts/user';
import { invalidInput } from '@viewora/service-kit/errors';
import { ChallengeRepository } from '../code/challenge.repository.ts';
import { MailService } from '../mail/mail.service.ts';
import type { Nothing } from '../nothing.ts';
import { ReauthenticationService } from '../password/reauthentication.service.ts';
import { digest, Secret } from '../secret.ts';
import { refused, SignInService } from '../sign-in/sign-in.service.ts';
import { signedIn } from '../signed-in.ts';
import { type Transaction, Transactions } from '../transactions.ts';
import { UserRepository } from '../user/user.repository.ts';
import type { Account } from '../user/user.row.ts';
import { PasskeyRepository, type StoredPasskey } from './passkey.repository.ts';
import { type Assertion, RelyingParty } from './relying-party.ts';

const mostPasskeys = 20;

interface Ceremony {
  ticket: string;
  options: Record<string, unknown>;
}

/** Signing in with a passkey: what somebody has and what they are or know, in one. */
@Injectable()
export class PasskeyService {
  constructor(
    private readonly passkeys: PasskeyRepository,
    private readonly relyingParty: RelyingParty,
    private readonly challenges: ChallengeRepository,
    private readonly users: UserRepository,
    private readonly reauthentication: ReauthenticationService,
    private readonly signIns: SignInService,
    private readonly mails: MailService,
    private readonly transactions: Transactions,
    private readonly secret: Secret,
  ) {}

  /** For anybody: which passkeys there are, the device knows. */
  async signInOptions(): Promise<Ceremony> {
    const ticket = this.challenges.create('passkey_sign_in');
    return { ticket, options: { ...(await this.relyingParty.signInOptions(this.challengeOf(ticket))) } };
  }

  async signIn({
    ticket,
    credential,
    client,
  }: ParsedInputOf<typeof accountsApi.passkeySignIn>): Promise<{ user: User; session: SessionTokens }> {
    const assertion = this.relyingParty.readAssertion(credential);
    const outcome = await this.transactions.run(async (tx) => {
      if (!(await this.challenges.spend(tx, ticket, 'passkey_sign_in'))) return refused(over());
      const user = await this.verify(tx, assertion, this.challengeOf(ticket));
      return user ? this.signIns.admitFully(tx, user, client) : refused(notKnown());
    });
    return this.signIns.finish(outcome);
  }

  async registration(input: { currentPassword?: string | undefined }, call: Call): Promise<Ceremony> {
    const user = await this.reauthentication.require(signedIn(call), input.currentPassword);
    const known = await this.passkeys.findOf(user.id);
    if (known.length >= mostPasskeys) throw tooMany();
    const ticket = this.challenges.create('passkey_registration', user.id);
    const options = await this.relyingParty.registrationOptions(user, this.challengeOf(ticket), known);
    return { ticket, options: { ...options } };
  }

  /** The ticket shows that it was them who began, not long ago. */
  add({ ticket, credential, name }: ParsedInputOf<typeof accountsApi.addPasskey>, call: Call): Promise<Passkey> {
    const { userId } = signedIn(call);
    const repeat = {
      ticket: digest(ticket),
      credential: this.secret.mac('challenge', JSON.stringify(credential)),
      name,
    };
    return this.transactions.once(accountsApi.addPasskey, repeat, call, async (tx) => {
      const user = await this.users.lock(tx, userId);
      if (!user || user.isBlocked) throw new AppError('unauthenticated', 'Sign in first');
      if (!(await this.challenges.spend(tx, ticket, 'passkey_registration', userId))) throw usedUp();
      const key = await this.relyingParty.verifyRegistration(credential, this.challengeOf(ticket));
      if ((await this.passkeys.findOf(userId, tx)).length >= mostPasskeys) throw tooMany();
      const added = await this.passkeys.add(tx, userId, name, key);
      if (!added) throw new AppError('conflict', 'This passkey is here already');
      await this.tell(tx, user, 'A passkey was added');
      return toPasskey(added);
    });
  }

  /** @throws AppError `not_found` for other people's too. */
  rename({ id, name }: { id: string; name: string }, call: Call): Promise<Passkey> {
    const { userId } = signedIn(call);
    return this.transactions.once(accountsApi.renamePasskey, { id, name }, call, async (tx) => {
      const renamed = await this.passkeys.rename(tx, userId, id, name);
      if (renamed) return toPasskey(renamed);
      throw notFound();
    });
  }

  /**
   * Asks for nothing more: it lets nobody in, and nobody is locked out by it who can read the mail that tells of it.
   * @throws AppError `not_found` for other people's too.
   */
  remove({ id }: { id: string }, call: Call): Promise<Nothing> {
    const { userId } = signedIn(call);
    return this.transactions.once(accountsApi.removePasskey, { id }, call, async (tx) => {
      if (!(await this.passkeys.remove(tx, userId, id))) throw notFound();
      const user = await this.users.findInside(tx, userId);
      if (user) await this.tell(tx, user, 'A passkey was removed');
      return {};
    });
  }

  /** Null for what is no passkey of ours, or was not signed by it for this challenge. */
  private async verify(tx: Transaction, assertion: Assertion, challenge: string): Promise<Account | null> {
    const passkey = await this.passkeys.findByCredential(tx, assertion.id);
    const user = passkey && (await this.users.lock(tx, passkey.userId));
    if (!passkey || !user) return null;
    const counter = await this.relyingParty.verifySignIn(assertion, challenge, user.id, passkey);
    return counter !== null && (await this.passkeys.use(tx, passkey, counter)) ? user : null;
  }

  private challengeOf(ticket: string): string {
    return this.challenges.derive(ticket, 'passkey');
  }

  private async tell(tx: Transaction, user: Account, change: string): Promise<void> {
    await this.mails.want(tx, user, 'factor_changed', () => ({ change }));
  }
}

/** Without what it is checked by, which is nobody's business. */
export function toPasskey({ id, name, createdAt, lastUsedAt }: StoredPasskey): Passkey {
  return { id, name, createdAt, lastUsedAt };
}

function over(): AppError {
  return new AppError('unauthenticated', 'This sign-in is over: begin again');
}

function usedUp(): AppError {
  return invalidInput([{ path: 'ticket', message: 'has been used or has run out: begin again' }]);
}

function notKnown(): AppError {
  return new AppError('unauthenticated', 'This passkey is not known here, or did not sign this');
}

function notFound(): AppError {
  return new AppError('not_found', 'There is no such passkey');
}

function tooMany(): AppError {
  return new AppError('conflict', `${mostPasskeys} passkeys are the most: remove one first`);
}
