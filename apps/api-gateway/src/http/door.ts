import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { LOGGER } from '@viewora/service-kit/logger';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { GATEWAY_ENV } from '../env.token.ts';
import type { GatewayEnv } from '../env.ts';
import { registerDocs } from '../openapi/docs.ts';
import { QueueBoard } from '../queue-board/queue-board.ts';
import { limitBodies } from './body-time.ts';
import { observeRequests } from './observe.ts';
import { Routes } from './routes.ts';
import { registerSecurity } from './security.ts';
import { refuseUnrouted } from './unrouted.ts';

/** Builds the HTTP server, in order: what wraps every route must be there before the first. */
@Injectable()
export class Door implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly routes: Routes,
    private readonly queueBoard: QueueBoard,
    @Inject(GATEWAY_ENV) private readonly env: GatewayEnv,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    observeRequests(fastify, this.logger);
    limitBodies(fastify);
    await registerSecurity(fastify, this.env);
    refuseUnrouted(fastify);
    await this.routes.register(fastify);
    await this.queueBoard.register(fastify);
    registerDocs(fastify);
  }
}
