import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AccessClaims, accessTokenAudience, accessTokenIssuer, accountsApi } from '@viewora/contracts/accounts';
import { Bus } from '@viewora/service-kit/bus';
import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';

const mostRemembered = 50_000;
/** Tokens signed with keys that nobody knows must not make us ask for keys at every request. */
const keysPauseMs = 5_000;
/** Clocks of two hosts are never quite the same. */
const clockToleranceSeconds = 5;

type KeySet = ReturnType<typeof createLocalJWKSet>;

/** Checks access tokens by accounts-api's public keys, and remembers what it has checked until it runs out. */
@Injectable()
export class AccessTokens {
  private keys: Promise<KeySet> | undefined;
  private keysAskedAt = Number.NEGATIVE_INFINITY;
  private readonly remembered = new LRUCache<string, AccessClaims>({ max: mostRemembered });

  constructor(private readonly bus: Bus) {}

  /**
   * The claims of a token that is valid now; null for every other.
   * @throws AppError `unavailable` while the keys cannot be had
   */
  async verify(token: string): Promise<AccessClaims | null> {
    const digest = createHash('sha256').update(token).digest('base64url');
    const known = this.remembered.get(digest);
    if (known) return known;
    const claims = await this.check(token);
    // Within the tolerance a token may be over already; a time to live of zero would mean for ever.
    const ttl = claims ? claims.exp * 1_000 - Date.now() : 0;
    if (claims && ttl > 0) this.remembered.set(digest, claims, { ttl });
    return claims;
  }

  private async check(token: string): Promise<AccessClaims | null> {
    const options = {
      algorithms: ['EdDSA'],
      issuer: accessTokenIssuer,
      audience: accessTokenAudience,
      clockTolerance: clockToleranceSeconds,
      requiredClaims: ['exp', 'iat', 'sub'],
    };
    try {
      const { payload } = await jwtVerify(token, (...asked: Parameters<KeySet>) => this.key(...asked), options);
      const isFromTheFuture = (payload.iat ?? 0) > Date.now() / 1_000 + clockToleranceSeconds;
      const claims = AccessClaims.safeParse(payload);
      return claims.success && !isFromTheFuture ? claims.data : null;
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof TypeError) return null;
      throw error;
    }
  }

  /** Keys rotate: one that is not known is asked for, once in a while. */
  private async key(...asked: Parameters<KeySet>): Promise<Awaited<ReturnType<KeySet>>> {
    const used = this.loaded();
    try {
      return await (await used)(...asked);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      // Where somebody else has asked meanwhile, what they got is looked at, and nobody is asked again.
      if (this.keys === used) {
        if (performance.now() - this.keysAskedAt < keysPauseMs) throw error;
        this.keys = undefined;
      }
      return await (await this.loaded())(...asked);
    }
  }

  private loaded(): Promise<KeySet> {
    this.keys ??= this.load().catch((error: unknown) => {
      this.keys = undefined;
      throw error;
    });
    return this.keys;
  }

  private async load(): Promise<KeySet> {
    this.keysAskedAt = performance.now();
    const actor = { kind: 'service', name: 'api-gateway' } as const;
    return createLocalJWKSet((await this.bus.request(accountsApi.keys, {}, { actor })) as JSONWebKeySet);
  }
}
