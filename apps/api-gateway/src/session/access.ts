import { Inject, Injectable } from '@nestjs/common';
import type { AccessClaims } from '@viewora/contracts/accounts';
import type { Actor } from '@viewora/contracts/call';
import { AppError } from '@viewora/contracts/errors';
import type { HttpRoute, Operation } from '@viewora/contracts/service';
import type { FastifyRequest } from 'fastify';
import { GATEWAY_ENV } from '../env.token.ts';
import type { GatewayEnv } from '../env.ts';
import { AccessTokens } from './access-token.ts';
import { checkCsrfToken, checkOrigin } from './csrf.ts';
import { Revocations } from './revocations.ts';
import { readSessionCookies } from './session.cookies.ts';
import { Visitors } from './visitors.ts';

const anonymous: Actor = { kind: 'anonymous' };

/** Who asks, and whether they may: all of it before a body is read. */
@Injectable()
export class Access {
  private readonly origins: readonly string[];

  constructor(
    private readonly tokens: AccessTokens,
    private readonly revocations: Revocations,
    private readonly visitors: Visitors,
    @Inject(GATEWAY_ENV) env: GatewayEnv,
  ) {
    this.origins = [env.WEB_ORIGIN, ...env.CORS_ORIGINS];
  }

  /**
   * Who asks by this request.
   * @throws AppError `unauthenticated` for a session that is over or has to be renewed; `forbidden` for a write that
   *   another site may have sent
   */
  async identify({ http, access }: Operation & { http: HttpRoute }, request: FastifyRequest): Promise<Actor> {
    // The same for everybody, so that it can be shared; looking at the session would only cost.
    if (access === 'public' && http.cacheSeconds) return anonymous;
    const { accessToken, refreshToken } = readSessionCookies(request);
    const isWrite = request.method !== 'GET' && request.method !== 'HEAD';
    if (accessToken === undefined && refreshToken === undefined) return this.withoutSession(http, request, isWrite);
    // It only says whose looking does not count: nothing is done on anybody's behalf, and nobody is kept from telling it.
    if (http.beacon) return this.actorOf(accessToken).catch(() => anonymous);
    if (http.session && access === 'public') {
      // These work without a valid session, so there is no token to compare; nor would an attacker win anything else.
      checkOrigin(request, this.origins);
      return anonymous;
    }
    const claims = await this.claimsOf(accessToken);
    if (isWrite) {
      checkOrigin(request, this.origins);
      checkCsrfToken(request, claims.csrf);
    }
    return toActor(claims);
  }

  /**
   * Who asks, for what has no contract and only administrators may see; what it writes needs the session's token.
   * @throws AppError `unauthenticated` or `forbidden`
   */
  async identifyAdmin(request: FastifyRequest): Promise<{ actor: Actor & { kind: 'user' }; csrfToken: string }> {
    const { accessToken } = readSessionCookies(request);
    const claims = await this.claimsOf(accessToken);
    const actor = toActor(claims);
    if (actor.role !== 'admin') throw new AppError('forbidden', 'Your account does not allow this');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      checkOrigin(request, this.origins);
      checkCsrfToken(request, claims.csrf, 'x-xsrf-token');
    }
    return { actor, csrfToken: claims.csrf };
  }

  /** @throws AppError `unauthenticated` or `forbidden` unless the contract lets this actor in. */
  check({ access }: Operation, actor: Actor): void {
    if (access === 'public') return;
    if (actor.kind !== 'user') throw new AppError('unauthenticated', 'Sign in first');
    if (access === 'internal' || !access.includes(actor.role)) {
      throw new AppError('forbidden', 'Your account does not allow this');
    }
  }

  /** Where a browser says who sent a visitor's write, it must be us; without a session nothing else is asked of it. */
  private withoutSession({ visitor }: HttpRoute, request: FastifyRequest, isWrite: boolean): Actor {
    if (!visitor) return anonymous;
    const visitorId = this.visitors.idOf(request);
    const { origin, 'sec-fetch-site': site } = request.headers;
    if (visitorId !== undefined && isWrite && (origin ?? site) !== undefined) checkOrigin(request, this.origins);
    if (visitorId === undefined && visitor === 'knows') return anonymous;
    return { kind: 'anonymous', visitorId: visitorId ?? crypto.randomUUID() };
  }

  private async actorOf(accessToken: string | undefined): Promise<Actor> {
    return toActor(await this.claimsOf(accessToken));
  }

  private async claimsOf(accessToken: string | undefined): Promise<AccessClaims> {
    const claims = accessToken === undefined ? null : await this.tokens.verify(accessToken);
    if (!claims || (await this.revocations.has(claims.sid))) {
      throw new AppError('unauthenticated', 'The session has to be renewed');
    }
    return claims;
  }
}

function toActor({ sub, role, sid }: AccessClaims): Actor & { kind: 'user' } {
  return { kind: 'user', userId: sub, role, sessionId: sid };
}
