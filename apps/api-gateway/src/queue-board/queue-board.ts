import { Inject, Injectable } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import { AppError } from '@viewora/contracts/errors';
import { apiBase } from '@viewora/contracts/http-client';
import { Bus } from '@viewora/service-kit/bus';
import { runInCall } from '@viewora/service-kit/current-call';
import { LOGGER } from '@viewora/service-kit/logger';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { GATEWAY_ENV } from '../env.token.ts';
import type { GatewayEnv } from '../env.ts';
import { latePage } from '../http/late-page.ts';
import { sendProblem } from '../http/problem.ts';
import { RateLimit } from '../http/rate-limit.ts';
import { Access } from '../session/access.ts';
import { actOf, actRoutes } from './act.ts';
import { openBoard } from './board.ts';
import { renewPage, renewScript } from './renew.page.ts';

/** Below the API, so that whatever leads there, a rewrite or a proxy, leads here too, and the session's cookies come along. */
export const boardPath = `${apiBase}/admin/queues`;
const renewPath = `${boardPath}/renew.js`;

/** It brings its own scripts and styles; the fonts that it would fetch elsewhere are left out. */
const policy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'";

/**
 * Bull Board, for administrators: every request of it passes the access check of the API. It shows the scheduler's jobs, and can
 * only have them tried again, which goes to the audit log before it is done.
 */
@Injectable()
export class QueueBoard {
  constructor(
    @Inject(GATEWAY_ENV) private readonly env: GatewayEnv,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly access: Access,
    private readonly rateLimit: RateLimit,
    private readonly bus: Bus,
  ) {}

  async register(fastify: FastifyInstance): Promise<void> {
    fastify.get(renewPath, (_request, reply) =>
      reply.type('text/javascript; charset=utf-8').header('cache-control', 'public, max-age=3600').send(renewScript),
    );
    await fastify.register(async (board) => {
      board.addHook('onRequest', (request, reply) => this.admit(request, reply));
      board.addHook('onSend', async (_request, reply) => {
        reply.header('content-security-policy', policy);
        if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
      });
      board.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, this.logger));
      const show = latePage(board, () => openBoard(this.env.REDIS_URL, boardPath));
      for (const route of actRoutes) board.put(boardPath + route, show);
      // Every other write ends in `note`.
      for (const url of [boardPath, `${boardPath}/*`]) board.all(url, show);
    });
  }

  /** Refuses by itself: the board's own answer to an error would say more than it should. */
  private async admit(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
    try {
      const isRead = request.method === 'GET' || request.method === 'HEAD';
      const rateClass = isRead ? 'read' : 'write';
      await this.rateLimit.takeAddress(request.ip, rateClass, reply);
      const { actor, csrfToken } = await this.access.identifyAdmin(request);
      await this.rateLimit.takeUser(actor.userId, rateClass, reply);
      // The board's client sends it back as a header; a page of another host can neither read nor replace it with the right one.
      if (isRead) reply.setCookie('XSRF-TOKEN', csrfToken, { path: boardPath, secure: true, sameSite: 'strict' });
      else await runInCall({ requestId: request.id, actor }, () => this.note(request));
    } catch (error) {
      return this.refuse(error, request, reply);
    }
  }

  /** What is not written down is not done. */
  private async note(request: FastifyRequest): Promise<void> {
    const act = actOf(request);
    if (!act) throw new AppError('forbidden', 'Jobs can be looked at and tried again here, and nothing else');
    await this.bus.request(accountsApi.noteJobAct, act);
  }

  /** A page whose session has to be renewed does that, and comes again. */
  private refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const isPage = request.headers.accept?.includes('text/html') && request.method === 'GET';
    if (isPage && error instanceof AppError && error.code === 'unauthenticated') {
      reply.header('content-security-policy', policy).header('cache-control', 'no-store');
      return reply.code(401).type('text/html; charset=utf-8').send(renewPage(renewPath));
    }
    return sendProblem(error, request, reply, this.logger);
  }
}
