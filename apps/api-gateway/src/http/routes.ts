import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@viewora/contracts/errors';
import { apiBase } from '@viewora/contracts/http-client';
import type { HttpRoute, Operation } from '@viewora/contracts/service';
import { runInCall } from '@viewora/service-kit/current-call';
import { LOGGER } from '@viewora/service-kit/logger';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { publicOperations } from '../operations.ts';
import { addJsonParser, bodyLimitBytes } from './body.ts';
import { readInput } from './input.ts';
import { sendProblem } from './problem.ts';
import { RateLimit } from './rate-limit.ts';
import { ReplyCache } from './reply-cache.ts';

type RoutedOperation = Operation & { http: HttpRoute };

/**
 * Every route there is, from the contracts: limits, access, input, the service's reply. A refusal comes before the body is
 * read. The reply goes out as the text that came in.
 */
@Injectable()
export class Routes {
  constructor(
    private readonly rateLimit: RateLimit,
    private readonly replies: ReplyCache,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async register(fastify: FastifyInstance): Promise<void> {
    await fastify.register(async (api) => {
      addJsonParser(api);
      api.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, this.logger));
      for (const operation of publicOperations) this.addRoute(api, operation);
    });
  }

  private addRoute(api: FastifyInstance, operation: RoutedOperation): void {
    const { method, path, rateClass } = operation.http;
    const limit = rateClass ?? (operation.kind === 'query' ? 'read' : 'write');
    api.route({
      method,
      url: apiBase + path,
      bodyLimit: bodyLimitBytes,
      onRequest: async (request, reply) => {
        await this.rateLimit.take(request.ip, limit, reply);
        checkAccess(operation);
      },
      handler: (request, reply) => this.handle(operation, request, reply),
    });
  }

  private async handle(
    operation: RoutedOperation,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const input = readInput(operation, request);
    const scope = { requestId: request.id, actor: { kind: 'anonymous' } as const };
    const { text, etag } = await runInCall(scope, () => this.replies.reply({ operation, input }));
    const { cacheSeconds } = operation.http;
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    reply.header('cache-control', isRead && cacheSeconds ? `public, max-age=${cacheSeconds}` : 'no-store');
    if (isRead) reply.header('etag', etag);
    if (isRead && isFresh(request, etag)) return reply.code(304).send();
    return reply.type('application/json; charset=utf-8').send(text);
  }
}

/** Without a session only the public operations are open. */
function checkAccess({ access }: Operation): void {
  if (access !== 'public') throw new AppError('unauthenticated', 'Sign in first');
}

function isFresh(request: FastifyRequest, etag: string): boolean {
  const wanted = request.headers['if-none-match'];
  return wanted !== undefined && (wanted.trim() === '*' || wanted.split(',').some((tag) => bare(tag) === bare(etag)));
}

/** Without the mark of a weak tag: compression changes bytes, not what is said. */
function bare(tag: string): string {
  return tag.trim().replace(/^W\//, '');
}
