import { Injectable } from '@nestjs/common';
import type { Security } from '@viewora/contracts/sign-in-ways';
import { GoogleRepository } from '../google/google.repository.ts';
import { PasskeyRepository } from '../passkey/passkey.repository.ts';
import { toPasskey } from '../passkey/passkey.service.ts';
import type { SignedIn } from '../signed-in.ts';
import { RecoveryCodeRepository } from '../totp/recovery-code.repository.ts';
import { TotpRepository } from '../totp/totp.repository.ts';
import { UserService } from '../user/user.service.ts';

/** How somebody can sign in, as they see it. */
@Injectable()
export class SecurityService {
  constructor(
    private readonly people: UserService,
    private readonly google: GoogleRepository,
    private readonly passkeys: PasskeyRepository,
    private readonly totp: TotpRepository,
    private readonly recoveryCodes: RecoveryCodeRepository,
  ) {}

  async overview({ userId }: SignedIn): Promise<Security> {
    const [user, google, passkeys, totp, codesLeft] = await Promise.all([
      this.people.get(userId),
      this.google.findEmail(userId),
      this.passkeys.findOf(userId),
      this.totp.state(userId),
      this.recoveryCodes.countLeft(userId),
    ]);
    return {
      hasPassword: user.passwordHash !== null,
      google,
      hasTotp: totp === 'ready',
      recoveryCodesLeft: totp === 'ready' ? codesLeft : 0,
      passkeys: passkeys.map(toPasskey),
    };
  }
}
