import { Injectable } from '@nestjs/common';
import {
  type AccessClaims,
  accessTokenAudience,
  accessTokenIssuer,
  accessTokenSeconds,
} from '@viewora/contracts/accounts';
import type { User } from '@viewora/contracts/user';
import { SignJWT } from 'jose';
import { Secret } from '../secret.ts';
import { KeyService } from './key.service.ts';

/** Makes what every gateway replica checks without asking. */
@Injectable()
export class AccessTokenSigner {
  constructor(
    private readonly keys: KeyService,
    private readonly secret: Secret,
  ) {}

  async sign({ id, role }: Pick<User, 'id' | 'role'>, sessionId: string): Promise<string> {
    const { kid, key } = await this.keys.signer();
    const issuedAt = Math.floor(Date.now() / 1_000);
    const claims: AccessClaims = {
      iss: accessTokenIssuer,
      aud: accessTokenAudience,
      sub: id,
      role,
      sid: sessionId,
      csrf: this.csrfToken(sessionId),
      iat: issuedAt,
      exp: issuedAt + accessTokenSeconds,
    };
    return new SignJWT({ ...claims }).setProtectedHeader({ alg: 'EdDSA', kid, typ: 'JWT' }).sign(key);
  }

  /** Bound to the session, and to be had only by who can read our replies. */
  csrfToken(sessionId: string): string {
    return this.secret.mac('csrf', sessionId);
  }
}
