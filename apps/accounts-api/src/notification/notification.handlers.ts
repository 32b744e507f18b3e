import { Controller } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import type { Call } from '@viewora/contracts/call';
import type { ParsedInputOf, ReplyOf } from '@viewora/contracts/service';
import { Handle } from '@viewora/service-kit/handle';
import type { Nothing } from '../nothing.ts';
import { NotificationService } from './notification.service.ts';

@Controller()
export class NotificationHandlers {
  constructor(private readonly inbox: NotificationService) {}

  @Handle(accountsApi.notifications)
  notifications(
    input: ParsedInputOf<typeof accountsApi.notifications>,
    call: Call,
  ): Promise<ReplyOf<typeof accountsApi.notifications>> {
    return this.inbox.list(input, call);
  }

  @Handle(accountsApi.readNotification)
  readNotification(input: { id: string }, call: Call): Promise<Nothing> {
    return this.inbox.read(input, call);
  }

  @Handle(accountsApi.readAllNotifications)
  readAllNotifications(_: object, call: Call): Promise<Nothing> {
    return this.inbox.readAll(call);
  }
}
