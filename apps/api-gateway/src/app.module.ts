import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { propertyApi } from '@viewora/contracts/property';
import { Bus } from '@viewora/service-kit/bus';
import { Readiness } from '@viewora/service-kit/health';
import { GATEWAY_ENV } from './env.token.ts';
import { env } from './env.ts';
import { CacheHandlers } from './http/cache.handlers.ts';
import { Door } from './http/door.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { RateLimit } from './http/rate-limit.ts';
import { ReplyCache } from './http/reply-cache.ts';
import { Routes } from './http/routes.ts';
import { PreviewController } from './preview/preview.controller.ts';
import { QueueBoard } from './queue-board/queue-board.ts';
import { Access } from './session/access.ts';
import { AccessTokens } from './session/access-token.ts';
import { Revocations } from './session/revocations.ts';
import { SessionHandlers } from './session/session.handlers.ts';
import { SessionReplies } from './session/session.replies.ts';
import { Visitors } from './session/visitors.ts';
import { StatusController } from './status/status.controller.ts';
import { Streams } from './stream/streams.ts';
import { UploadStore } from './upload/upload.store.ts';
import { Uploads } from './upload/uploads.ts';

@Module({
  controllers: [StatusController, PreviewController, CacheHandlers, SessionHandlers],
  providers: [
    { provide: GATEWAY_ENV, useValue: env },
    { provide: APP_FILTER, useClass: ProblemFilter },
    RateLimit,
    ReplyCache,
    AccessTokens,
    Revocations,
    Visitors,
    Access,
    SessionReplies,
    UploadStore,
    Uploads,
    Streams,
    Routes,
    QueueBoard,
    Door,
  ],
})
export class AppModule {
  constructor(readiness: Readiness, bus: Bus) {
    readiness.add('property-api', () => bus.request(propertyApi.places, { q: 'a', limit: 1 }));
  }
}
