import compress from '@fastify/compress';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { LOGGER } from '@viewora/service-kit/logger';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { GATEWAY_ENV } from '../env.token.ts';
import type { GatewayEnv } from '../env.ts';
import { observeRequests } from './routes.ts';

/** What every answer goes through: security headers, the CORS list, compression, request ids, timing. */
@Injectable()
export class Security implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    @Inject(GATEWAY_ENV) private readonly env: GatewayEnv,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    observeRequests(fastify, this.logger);
    fastify.addHook('onRequest', async (request, reply) => {
      reply.header('x-request-id', request.id);
    });
    await fastify.register(helmet, {
      // The docs page brings its own script and styles; everything else here is data.
      contentSecurityPolicy: {
        directives: {
          defaultSrc: ["'self'"],
          scriptSrc: ["'self'", "'unsafe-inline'"],
          styleSrc: ["'self'", "'unsafe-inline'"],
          imgSrc: ["'self'", 'data:'],
        },
      },
      crossOriginResourcePolicy: { policy: 'cross-origin' },
    });
    await fastify.register(cors, {
      origin: [this.env.WEB_ORIGIN, ...this.env.CORS_ORIGINS],
      credentials: true,
      exposedHeaders: [
        'etag',
        'retry-after',
        'ratelimit-limit',
        'ratelimit-remaining',
        'ratelimit-reset',
        'x-request-id',
      ],
      maxAge: 600,
    });
    await fastify.register(compress, { threshold: 1_024, encodings: ['br', 'gzip'] });
  }
}
