import { Injectable } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import type { Call } from '@viewora/contracts/call';
import { AppError } from '@viewora/contracts/errors';
import type { ParsedInputOf, ReplyOf } from '@viewora/contracts/service';
import { pageOf, positionOf } from '@viewora/database/keyset';
import type { Nothing } from '../nothing.ts';
import { signedIn } from '../signed-in.ts';
import { Transactions } from '../transactions.ts';
import { NotificationRepository } from './notification.repository.ts';

@Injectable()
export class NotificationService {
  constructor(
    private readonly notifications: NotificationRepository,
    private readonly transactions: Transactions,
  ) {}

  async list(
    { limit, cursor }: ParsedInputOf<typeof accountsApi.notifications>,
    call: Call,
  ): Promise<ReplyOf<typeof accountsApi.notifications>> {
    const { userId } = signedIn(call);
    const after = positionOf(cursor);
    const [found, unread] = await Promise.all([
      this.notifications.list(userId, limit, after),
      this.notifications.countUnread(userId),
    ]);
    return { ...pageOf(found, limit, (notification) => notification), unread };
  }

  /** @throws AppError `not_found` for other people's too */
  read({ id }: { id: string }, call: Call): Promise<Nothing> {
    const { userId } = signedIn(call);
    return this.transactions.once(accountsApi.readNotification, { id }, call, async (tx) => {
      if (await this.notifications.read(tx, userId, id)) return {};
      throw new AppError('not_found', 'There is no such notification');
    });
  }

  readAll(call: Call): Promise<Nothing> {
    const { userId } = signedIn(call);
    return this.transactions.once(accountsApi.readAllNotifications, {}, call, async (tx) => {
      await this.notifications.readAll(tx, userId);
      return {};
    });
  }
}
