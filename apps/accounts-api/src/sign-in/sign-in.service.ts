import { Injectable } from '@nestjs/common';
import type { accountsApi } from '@viewora/contracts/accounts';
import { AppError } from '@viewora/contracts/errors';
import type { Client, ParsedInputOf } from '@viewora/contracts/service';
import type { SecondFactorMethod, SessionTokens, User } from '@viewora/contracts/user';
import { passwordAttempts } from '../code/attempt.policy.ts';
import { AttemptRepository } from '../code/attempt.repository.ts';
import { MailService } from '../mail/mail.service.ts';
import { PasswordHasher } from '../password/password.hasher.ts';
import { Secret } from '../secret.ts';
import type { Place, SessionState } from '../session/session.repository.ts';
import { placeOf, SessionService } from '../session/session.service.ts';
import { type Transaction, Transactions } from '../transactions.ts';
import { UserRepository } from '../user/user.repository.ts';
import { type Account, toUser } from '../user/user.row.ts';
import { UserService } from '../user/user.service.ts';
import { DeviceRepository } from './device.repository.ts';
import { SecondFactorService } from './second-factor.service.ts';

type LoginInput = ParsedInputOf<typeof accountsApi.login>;
export type LoginReply =
  | { user: User; session: SessionTokens }
  | { secondFactor: { ticket: string; methods: SecondFactorMethod[] } };

/** What a sign-in comes to; refusals are results, because what they have counted and mailed is committed. */
export type Outcome =
  | { kind: 'session'; user: Account; state: SessionState }
  | { kind: 'second_factor'; ticket: string; methods: SecondFactorMethod[] }
  | { kind: 'refused'; error: AppError };

@Injectable()
export class SignInService {
  constructor(
    private readonly users: UserRepository,
    private readonly people: UserService,
    private readonly attempts: AttemptRepository,
    private readonly hasher: PasswordHasher,
    private readonly sessions: SessionService,
    private readonly secondFactor: SecondFactorService,
    private readonly devices: DeviceRepository,
    private readonly mails: MailService,
    private readonly transactions: Transactions,
    private readonly secret: Secret,
  ) {}

  /** Until the password is right, an address without an account is treated as one with: hashed, counted, answered alike. */
  async login({ email, password, client }: LoginInput): Promise<LoginReply> {
    const attemptsKey = await this.attemptsKey(email, placeOf(client));
    await this.attempts.begin(attemptsKey, passwordAttempts);
    const user = await this.verify(email, password, attemptsKey);
    if (!user) throw wrongPassword();
    const outcome = await this.transactions.run(async (tx) => {
      const now = await this.users.lock(tx, user.id);
      if (now?.passwordVersion !== user.passwordVersion) return refused(wrongPassword());
      await this.attempts.clear(tx, attemptsKey);
      return this.admit(tx, now, client);
    });
    return this.reply(outcome);
  }

  async finishWithCode(input: ParsedInputOf<typeof accountsApi.secondFactor>) {
    const { ticket, method, code, client } = input;
    const outcome = await this.transactions.run(async (tx): Promise<Outcome> => {
      const checked = await this.secondFactor.check(tx, ticket, method, code);
      if (checked instanceof AppError) return refused(checked);
      return this.openSession(tx, checked, client);
    });
    return this.finish(outcome);
  }

  /**
   * What the tries are counted by: the address, or its owner's own device, so that a stranger who goes on trying keeps only
   * strangers out. For who tries from elsewhere an address without an account is no different.
   */
  private async attemptsKey(email: string, place: Place): Promise<string> {
    const isKnown = await this.devices.isKnown(email, place);
    return isKnown ? this.secret.mac('email', email, place.device, place.network) : this.secret.mac('email', email);
  }

  /** Null when the password is wrong. */
  private async verify(email: string, password: string, attemptsKey: string): Promise<Account | null> {
    const user = await this.users.findByEmail(email);
    const verified = await this.hasher.verify(password, user?.passwordHash ?? null).catch(async (error: unknown) => {
      // What was not looked at must not count as wrong, or a busy hour would lock people out.
      await this.attempts.takeBack(attemptsKey);
      throw error;
    });
    if (!user || !verified.isRight) return null;
    if (verified.isOutdated) await this.renewHash(user, password);
    return user;
  }

  /** In a busy hour it is left to the next sign-in: nobody is kept out for the sake of a better hash. */
  private async renewHash(user: Account, password: string): Promise<void> {
    const hash = await this.hasher.hash(password).catch(() => null);
    if (hash !== null && user.passwordHash !== null) await this.users.renewHash(user.id, user.passwordHash, hash);
  }

  /** What somebody may do whose first factor is right. */
  async admit(tx: Transaction, user: Account, client: Client): Promise<Outcome> {
    const refusal = await this.refusalOf(tx, user);
    if (refusal) return refused(refusal);
    const methods = await this.secondFactor.methodsOf(tx, user);
    if (methods.length === 0) return this.openSession(tx, user, client);
    const ticket = await this.secondFactor.begin(tx, user, methods);
    return ticket instanceof AppError ? refused(ticket) : { kind: 'second_factor', ticket, methods };
  }

  /** What somebody may do who has shown all that is ever asked for. */
  async admitFully(tx: Transaction, user: Account, client: Client): Promise<Outcome> {
    const refusal = await this.refusalOf(tx, user);
    return refusal ? refused(refusal) : this.openSession(tx, user, client);
  }

  async reply(outcome: Outcome): Promise<LoginReply> {
    if (outcome.kind !== 'second_factor') return this.finish(outcome);
    return { secondFactor: { ticket: outcome.ticket, methods: outcome.methods } };
  }

  async finish(outcome: Outcome): Promise<{ user: User; session: SessionTokens }> {
    if (outcome.kind === 'refused') throw outcome.error;
    if (outcome.kind !== 'session') throw new Error(`A sign-in cannot end in ${outcome.kind}`);
    const { user, state } = outcome;
    return { user: toUser(user), session: await this.sessions.tokens(user, state) };
  }

  private async refusalOf(tx: Transaction, user: Account): Promise<AppError | null> {
    if (user.isBlocked) return new AppError('forbidden', 'This account is blocked');
    if (user.isEmailVerified) return null;
    await this.people.mailVerification(tx, user);
    return new AppError('forbidden', 'Confirm your e-mail address first');
  }

  private async openSession(tx: Transaction, user: Account, client: Client): Promise<Outcome> {
    const place = placeOf(client);
    const isNewDevice = await this.devices.isNew(tx, user.id, place);
    if (isNewDevice)
      await this.mails.want(tx, user, 'new_device', () => ({ device: place.device, place: place.network }));
    return { kind: 'session', user, state: await this.sessions.open(tx, user.id, place) };
  }
}

export function refused(error: AppError): Outcome {
  return { kind: 'refused', error };
}

function wrongPassword(): AppError {
  return new AppError('unauthenticated', 'E-mail or password is wrong');
}
