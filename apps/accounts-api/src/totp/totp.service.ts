import { Injectable } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import type { Call } from '@viewora/contracts/call';
import { AppError, type ErrorReply } from '@viewora/contracts/errors';
import { invalidInput } from '@viewora/service-kit/errors';
import { secondFactorAttempts } from '../code/attempt.policy.ts';
import { AttemptRepository } from '../code/attempt.repository.ts';
import { MailService } from '../mail/mail.service.ts';
import type { Nothing } from '../nothing.ts';
import { ReauthenticationService } from '../password/reauthentication.service.ts';
import { Secret } from '../secret.ts';
import { signedIn } from '../signed-in.ts';
import { type Transaction, Transactions } from '../transactions.ts';
import { UserRepository } from '../user/user.repository.ts';
import type { Account } from '../user/user.row.ts';
import { RecoveryCodeRepository } from './recovery-code.repository.ts';
import { TotpRepository } from './totp.repository.ts';
import { stepOf, totpUri } from './totp.ts';

type WithPassword = { currentPassword?: string | undefined };
/** What is stored for a repeat: a refusal, whose try has to be counted once, or the set of new codes and never the codes. */
type Confirmation = { refused: ErrorReply } | { setId: string | null };

/** An authenticator app as second factor, and the codes for who has lost it. */
@Injectable()
export class TotpService {
  constructor(
    private readonly totp: TotpRepository,
    private readonly recoveryCodes: RecoveryCodeRepository,
    private readonly users: UserRepository,
    private readonly attempts: AttemptRepository,
    private readonly mails: MailService,
    private readonly reauthentication: ReauthenticationService,
    private readonly transactions: Transactions,
    private readonly secret: Secret,
  ) {}

  /** The secret is read and not made in the reply, so that replies hold none when they are stored. */
  async begin(input: WithPassword, call: Call): Promise<{ secret: string; uri: string }> {
    const user = await this.reauthentication.require(signedIn(call), input.currentPassword);
    await this.transactions.once(accountsApi.beginTotp, this.repeatOf(input), call, async (tx) => {
      await this.reauthentication.hold(tx, user);
      await this.totp.prepare(tx, user.id);
      return {};
    });
    const secret = await this.totp.findPrepared(user.id);
    if (secret === null) throw notBegun();
    return { secret, uri: totpUri(secret, user.email) };
  }

  async confirm({ code }: { code: string }, call: Call): Promise<{ recoveryCodes: string[] }> {
    const { userId } = signedIn(call);
    const repeat = { code: this.secret.mac('code', userId, code) };
    const done = await this.transactions.once(accountsApi.confirmTotp, repeat, call, (tx) =>
      this.tryConfirm(tx, userId, code),
    );
    if ('refused' in done) throw AppError.fromReply(done.refused);
    return { recoveryCodes: done.setId === null ? [] : this.recoveryCodes.codes(userId, done.setId) };
  }

  async remove(input: WithPassword, call: Call): Promise<Nothing> {
    const user = await this.reauthentication.require(signedIn(call), input.currentPassword);
    return this.transactions.once(accountsApi.removeTotp, this.repeatOf(input), call, async (tx) => {
      await this.reauthentication.hold(tx, user);
      await this.recoveryCodes.dropAll(tx, user.id);
      if (await this.totp.drop(tx, user.id)) await this.tell(tx, user, 'The authenticator app was removed');
      return {};
    });
  }

  async renewRecoveryCodes(input: WithPassword, call: Call): Promise<{ recoveryCodes: string[] }> {
    const user = await this.reauthentication.require(signedIn(call), input.currentPassword);
    const { setId } = await this.transactions.once(
      accountsApi.newRecoveryCodes,
      this.repeatOf(input),
      call,
      async (tx) => {
        await this.reauthentication.hold(tx, user);
        if ((await this.totp.state(user.id, tx)) !== 'ready') throw noApp();
        await this.tell(tx, user, 'New recovery codes were made; the ones before are no longer valid');
        return { setId: await this.recoveryCodes.replaceAll(tx, user.id) };
      },
    );
    return { recoveryCodes: this.recoveryCodes.codes(user.id, setId) };
  }

  /** A refusal is a value, because the try it has cost must be committed. */
  private async tryConfirm(tx: Transaction, userId: string, code: string): Promise<Confirmation> {
    const user = await this.users.lock(tx, userId);
    if (!user || user.isBlocked) throw new AppError('unauthenticated', 'Sign in first');
    const secret = await this.totp.findPrepared(userId, tx);
    if (secret === null) throw notBegun();
    const attemptsKey = `confirm_totp:${userId}`;
    await this.attempts.begin(attemptsKey, secondFactorAttempts, tx);
    const step = stepOf(secret, code);
    if (step === null) return { refused: wrongCode().toReply() };
    await this.attempts.clear(tx, attemptsKey);
    return { setId: await this.take(tx, user, step) };
  }

  /** The id of the set of recovery codes that had to be made, if one had to. */
  private async take(tx: Transaction, user: Account, step: number): Promise<string | null> {
    const before = await this.totp.state(user.id, tx);
    await this.totp.confirm(tx, user.id, step);
    await this.tell(tx, user, 'An authenticator app was set up');
    // Codes of a secret that is lost are as lost as it is.
    const areGood = before === 'ready' && (await this.recoveryCodes.countLeft(user.id, tx)) > 0;
    return areGood ? null : this.recoveryCodes.replaceAll(tx, user.id);
  }

  private async tell(tx: Transaction, user: Account, change: string): Promise<void> {
    await this.mails.want(tx, user, 'factor_changed', () => ({ change }));
  }

  private repeatOf({ currentPassword = '' }: WithPassword): { currentPassword: string } {
    return { currentPassword: this.secret.mac('password', currentPassword) };
  }
}

function wrongCode(): AppError {
  return invalidInput([{ path: 'code', message: 'is wrong or has run out' }]);
}

function notBegun(): AppError {
  return new AppError('conflict', 'No authenticator app is being set up, or it has taken too long: begin again');
}

function noApp(): AppError {
  return new AppError('conflict', 'Recovery codes belong to an authenticator app: set one up first');
}
