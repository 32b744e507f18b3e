import { Injectable } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import type { AdminUser, AuditAction } from '@viewora/contracts/admin';
import type { Call } from '@viewora/contracts/call';
import { AppError } from '@viewora/contracts/errors';
import type { ParsedInputOf, ReplyOf, Role } from '@viewora/contracts/service';
import type { User } from '@viewora/contracts/user';
import { pageOf, positionOf } from '@viewora/database/keyset';
import { ApplicationRepository } from '../application/application.repository.ts';
import { AuditRepository } from '../audit/audit.repository.ts';
import { TokenRepository } from '../code/token.repository.ts';
import { MailService } from '../mail/mail.service.ts';
import { NotificationRepository } from '../notification/notification.repository.ts';
import { SessionRepository } from '../session/session.repository.ts';
import { TicketRepository } from '../sign-in/ticket.repository.ts';
import { type Transaction, Transactions } from '../transactions.ts';
import { UserRepository } from '../user/user.repository.ts';
import type { Account } from '../user/user.row.ts';
import { AdministratorService } from './administrator.service.ts';
import { UserAdminRepository } from './user-admin.repository.ts';

/** What administrators do with people. Each act and its entry in the audit log are one. */
@Injectable()
export class UserAdminService {
  constructor(
    private readonly accounts: UserAdminRepository,
    private readonly administrators: AdministratorService,
    private readonly applications: ApplicationRepository,
    private readonly audits: AuditRepository,
    private readonly notifications: NotificationRepository,
    private readonly users: UserRepository,
    private readonly sessions: SessionRepository,
    private readonly tickets: TicketRepository,
    private readonly tokens: TokenRepository,
    private readonly mails: MailService,
    private readonly transactions: Transactions,
  ) {}

  async list(filter: ParsedInputOf<typeof accountsApi.users>): Promise<ReplyOf<typeof accountsApi.users>> {
    const after = positionOf(filter.cursor);
    const [found, total] = await Promise.all([this.accounts.list(filter, after), this.accounts.count(filter)]);
    return { ...pageOf(found, filter.limit, ({ id, createdAt }) => ({ id, at: createdAt })), total };
  }

  async get({ id }: { id: string }): Promise<AdminUser> {
    return there(await this.accounts.find(id));
  }

  block(input: { id: string; reason: string }, call: Call): Promise<AdminUser> {
    const { id, reason } = input;
    return this.transactions.once(accountsApi.blockUser, input, call, async (tx) => {
      const admin = await this.administrators.actingOn(tx, id, call);
      const user = there(await this.users.lock(tx, id));
      if (user.isBlocked) throw new AppError('conflict', 'This account is blocked already');
      await this.accounts.block(tx, id, reason);
      await this.shutOut(tx, id);
      await this.mails.want(tx, user, 'account_blocked', () => ({ reason }));
      await this.note(tx, admin, 'user.block', user, reason);
      return there(await this.accounts.find(id, tx));
    });
  }

  unblock({ id }: { id: string }, call: Call): Promise<AdminUser> {
    return this.transactions.once(accountsApi.unblockUser, { id }, call, async (tx) => {
      const admin = await this.administrators.actingOn(tx, id, call);
      const user = there(await this.users.lock(tx, id));
      if (!user.isBlocked) throw new AppError('conflict', 'This account is not blocked');
      await this.accounts.unblock(tx, id);
      await this.note(tx, admin, 'user.unblock', user);
      return there(await this.accounts.find(id, tx));
    });
  }

  /** Signs out everywhere: an access token says what its owner was when it was made. */
  changeRole(input: ParsedInputOf<typeof accountsApi.changeRole>, call: Call): Promise<AdminUser> {
    const { id, role, reason } = input;
    return this.transactions.once(accountsApi.changeRole, input, call, async (tx) => {
      const admin = await this.administrators.actingOn(tx, id, call);
      const user = there(await this.users.lock(tx, id));
      refuseRole(user, role);
      await this.applications.dropOpen(tx, id);
      await this.accounts.setRole(tx, id, role, await this.verificationFor(tx, id, role));
      await this.shutOut(tx, id);
      await this.notifications.add(tx, id, {
        kind: 'role_changed',
        title: `Your account is now ${called[role]}`,
        body: reason,
        link: '/account',
      });
      await this.note(tx, admin, 'user.change_role', user, `${user.role} → ${role}: ${reason}`);
      return there(await this.accounts.find(id, tx));
    });
  }

  /** Sessions, sign-ins under way, links in mails. */
  private async shutOut(tx: Transaction, userId: string): Promise<void> {
    await this.sessions.revokeAll(tx, userId);
    await this.tickets.dropAll(tx, userId);
    await this.tokens.drop(tx, userId, 'reset_password');
  }

  private async verificationFor(tx: Transaction, userId: string, role: Role): Promise<User['verification']> {
    if (role !== 'seller' && role !== 'broker') return 'not_needed';
    return (await this.applications.wasApproved(tx, userId, role)) ? 'approved' : 'none';
  }

  private async note(
    tx: Transaction,
    actorId: string,
    action: AuditAction,
    { id, name }: Account,
    reason?: string,
  ): Promise<void> {
    await this.audits.add(tx, { actorId, action, target: { kind: 'user', id, label: name }, about: id, reason });
  }
}

const called: Record<Role, string> = {
  buyer: 'a buyer’s',
  seller: 'a seller’s',
  broker: 'a broker’s',
  admin: 'an administrator’s',
};

/** Who has not confirmed their address may be anybody, and could still register anew as something else. */
function refuseRole(user: Account, role: Role): void {
  if (user.role === role) throw new AppError('conflict', `This account is ${called[role]} already`);
  if (role === 'admin' && !user.isEmailVerified)
    throw new AppError('conflict', 'They have not confirmed their address');
}

function there<T>(user: T | null): T {
  if (user) return user;
  throw new AppError('not_found', 'There is no such account');
}
