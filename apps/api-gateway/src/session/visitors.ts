import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GATEWAY_ENV } from '../env.token.ts';
import type { GatewayEnv } from '../env.ts';
import { cookieAttributes } from './session.cookies.ts';

const visitorCookie = '__Host-visitor';

/** Browsers without a session that are known again: by an id in a signed cookie, which is all there is to being one. */
@Injectable()
export class Visitors {
  constructor(@Inject(GATEWAY_ENV) private readonly env: Pick<GatewayEnv, 'COOKIE_PROFILE'>) {}

  /** Who a request's cookie says it is; undefined without one, or where the signature is not ours. */
  idOf(request: FastifyRequest): string | undefined {
    const given = request.cookies[visitorCookie];
    const { valid, value } = given === undefined ? { valid: false, value: null } : request.unsignCookie(given);
    return valid && value !== null ? value : undefined;
  }

  /** Gives the cookie, for as long as the browser is open. */
  remember(visitorId: string, reply: FastifyReply): void {
    reply.setCookie(visitorCookie, visitorId, { ...cookieAttributes(this.env.COOKIE_PROFILE), signed: true });
  }
}
