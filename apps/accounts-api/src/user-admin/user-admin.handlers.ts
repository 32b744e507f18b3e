import { Controller } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import type { AdminUser } from '@viewora/contracts/admin';
import type { Call } from '@viewora/contracts/call';
import type { ParsedInputOf, ReplyOf } from '@viewora/contracts/service';
import { Handle } from '@viewora/service-kit/handle';
import { UserAdminService } from './user-admin.service.ts';

@Controller()
export class UserAdminHandlers {
  constructor(private readonly accounts: UserAdminService) {}

  @Handle(accountsApi.users)
  users(filter: ParsedInputOf<typeof accountsApi.users>): Promise<ReplyOf<typeof accountsApi.users>> {
    return this.accounts.list(filter);
  }

  @Handle(accountsApi.user)
  user(input: { id: string }): Promise<AdminUser> {
    return this.accounts.get(input);
  }

  @Handle(accountsApi.blockUser)
  block(input: { id: string; reason: string }, call: Call): Promise<AdminUser> {
    return this.accounts.block(input, call);
  }

  @Handle(accountsApi.unblockUser)
  unblock(input: { id: string }, call: Call): Promise<AdminUser> {
    return this.accounts.unblock(input, call);
  }

  @Handle(accountsApi.changeRole)
  changeRole(input: ParsedInputOf<typeof accountsApi.changeRole>, call: Call): Promise<AdminUser> {
    return this.accounts.changeRole(input, call);
  }
}
