import { Controller } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import type { Call } from '@viewora/contracts/call';
import type { ParsedInputOf } from '@viewora/contracts/service';
import type { PublicProfile, User } from '@viewora/contracts/user';
import { Handle } from '@viewora/service-kit/handle';
import type { Nothing } from '../nothing.ts';
import { signedIn } from '../signed-in.ts';
import { UserService } from './user.service.ts';

@Controller()
export class UserHandlers {
  constructor(private readonly users: UserService) {}

  @Handle(accountsApi.register)
  register(input: ParsedInputOf<typeof accountsApi.register>, call: Call): Promise<Nothing> {
    return this.users.register(input, call);
  }

  @Handle(accountsApi.verifyEmail)
  verifyEmail(input: { token: string }, call: Call): Promise<{ email: string }> {
    return this.users.verifyEmail(input, call);
  }

  @Handle(accountsApi.resendVerification)
  resendVerification(input: { email: string }, call: Call): Promise<Nothing> {
    return this.users.resendVerification(input, call);
  }

  @Handle(accountsApi.me)
  me(_: object, call: Call): Promise<User> {
    return this.users.me(signedIn(call));
  }

  @Handle(accountsApi.updateMe)
  updateMe(input: ParsedInputOf<typeof accountsApi.updateMe>, call: Call): Promise<User> {
    return this.users.updateMe(input, call);
  }

  @Handle(accountsApi.profile)
  profile(input: { id: string }): Promise<PublicProfile> {
    return this.users.profile(input);
  }

  @Handle(accountsApi.verificationOf)
  verificationOf(input: { userId: string }): Promise<{ mayPublish: boolean }> {
    return this.users.verificationOf(input);
  }
}
