import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@viewora/contracts/errors';
import type { HttpRoute } from '@viewora/contracts/service';
import { SessionTokens } from '@viewora/contracts/user';
import type { FastifyReply } from 'fastify';
import { GATEWAY_ENV } from '../env.token.ts';
import type { GatewayEnv } from '../env.ts';
import { clearSessionCookies, setSessionCookies } from './session.cookies.ts';

/** Turns what a reply says of the session into cookies. */
@Injectable()
export class SessionReplies {
  constructor(@Inject(GATEWAY_ENV) private readonly env: GatewayEnv) {}

  /** The reply's body, without the tokens: those go into cookies. A session that cannot be renewed is not there any more. */
  async apply(
    { session: change, fills = [] }: HttpRoute,
    asked: Promise<string>,
    reply: FastifyReply,
  ): Promise<string> {
    const text = await asked.catch((error: unknown) => {
      // A wrong password says nothing of the session that is there.
      const isAboutSession = fills.includes('refreshToken');
      if (isAboutSession && error instanceof AppError && error.code === 'unauthenticated') this.close(reply);
      throw error;
    });
    if (change === 'closes') {
      this.close(reply);
      return text;
    }
    const { session, ...body }: Record<string, unknown> = JSON.parse(text);
    if (session !== undefined) setSessionCookies(reply, SessionTokens.parse(session), this.env.COOKIE_PROFILE);
    return JSON.stringify(body);
  }

  private close(reply: FastifyReply): void {
    clearSessionCookies(reply, this.env.COOKIE_PROFILE);
  }
}
