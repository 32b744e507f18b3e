import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '@viewora/contracts/call';
import { apiBase } from '@viewora/contracts/http-client';
import type { HttpRoute, InputOf, Operation } from '@viewora/contracts/service';
import { Bus } from '@viewora/service-kit/bus';
import { runInCall } from '@viewora/service-kit/current-call';
import { LOGGER } from '@viewora/service-kit/logger';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { publicOperations } from '../operations.ts';
import { Access } from '../session/access.ts';
import { SessionReplies } from '../session/session.replies.ts';
import { Visitors } from '../session/visitors.ts';
import { isStream, resumeOf, type StreamOperation, stopOf } from '../stream/run.operations.ts';
import { Streams } from '../stream/streams.ts';
import { type UploadOperation, Uploads } from '../upload/uploads.ts';
import { addBeaconParser, addFormParser, addJsonParser, bodyLimitBytes } from './body.ts';
import { readIdempotencyKey } from './idempotency-key.ts';
import { readInput } from './input.ts';
import { sendProblem } from './problem.ts';
import { RateLimit } from './rate-limit.ts';
import { ReplyCache } from './reply-cache.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** On whose behalf the request is answered. */
    actor: Actor;
  }
}

type RoutedOperation = Operation & { http: HttpRoute };
type Answer = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/**
 * Every route there is, from the contracts: limits, access, input, the service's reply. A refusal comes before the body is
 * read. The reply goes out as the text that came in.
 */
@Injectable()
export class Routes {
  constructor(
    private readonly rateLimit: RateLimit,
    private readonly access: Access,
    private readonly replies: ReplyCache,
    private readonly sessions: SessionReplies,
    private readonly visitors: Visitors,
    private readonly uploads: Uploads,
    private readonly streams: Streams,
    private readonly bus: Bus,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async register(fastify: FastifyInstance): Promise<void> {
    fastify.decorateRequest('actor');
    await this.registerThose((operation) => !isUpload(operation) && !isBeacon(operation), addJsonParser, fastify);
    await this.registerThose(isUpload, addFormParser, fastify);
    await this.registerThose(isBeacon, addBeaconParser, fastify);
  }

  /** Routes that read the same kind of body. */
  private async registerThose(
    isOne: (operation: RoutedOperation) => boolean,
    addParser: (api: FastifyInstance) => void,
    fastify: FastifyInstance,
  ): Promise<void> {
    await fastify.register(async (api) => {
      addParser(api);
      api.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, this.logger));
      for (const operation of publicOperations.filter(isOne)) {
        if (isStream(operation)) this.addStream(api, operation);
        else this.addRoute(api, operation, (request, reply) => this.dispatch(operation, request, reply));
      }
    });
  }

  private addStream(api: FastifyInstance, operation: StreamOperation): void {
    this.addRoute(api, operation, (request, reply) => this.streams.begin(operation, request, reply));
    this.addRoute(api, resumeOf(operation), (request, reply) => this.streams.resume(operation, request, reply));
    this.addRoute(api, stopOf(operation), (request, reply) => this.streams.stop(operation, request, reply));
  }

  private addRoute(api: FastifyInstance, operation: RoutedOperation, answer: Answer): void {
    const { method, path } = operation.http;
    api.route({
      method,
      url: apiBase + path,
      bodyLimit: bodyLimitBytes,
      // A stream's headers alone would say nothing, and begin it all the same.
      exposeHeadRoute: operation.kind !== 'stream',
      onRequest: (request, reply) => this.admit(operation, request, reply),
      handler: (request, reply) =>
        runInCall({ requestId: request.id, actor: request.actor }, () => answer(request, reply)),
    });
  }

  private dispatch(operation: RoutedOperation, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    if (operation.kind === 'query') return this.answer(operation, request, reply);
    return isBeacon(operation) ? this.queue(operation, request, reply) : this.execute(operation, request, reply);
  }

  /** Who asks, and whether they may, now. */
  private async admit(operation: RoutedOperation, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const rateClass = operation.http.rateClass ?? (operation.kind === 'query' ? 'read' : 'write');
    await this.rateLimit.takeAddress(request.ip, rateClass, reply);
    request.actor = await this.access.identify(operation, request);
    if (request.actor.kind === 'user') await this.rateLimit.takeUser(request.actor.userId, rateClass, reply);
    this.access.check(operation, request.actor);
  }

  private async answer(
    operation: RoutedOperation,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const input = readInput(operation, request);
    const { text, etag } = await this.replies.reply({ operation, input });
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    reply.header('cache-control', isRead ? cacheControl(operation) : 'no-store');
    if (isRead) reply.header('etag', etag);
    if (isRead && isFresh(request, etag)) return reply.code(304).send();
    return reply.type('application/json; charset=utf-8').send(text);
  }

  /** Answered as soon as the service's stream has it: whoever sent it may be gone already. */
  private async queue(operation: Beacon, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const input = readInput(operation, request) as InputOf<Operation>;
    await this.bus.queue(operation, input);
    return reply.code(202).header('cache-control', 'no-store').send(operation.http.beacon(input));
  }

  private async execute(
    operation: RoutedOperation,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const { status = 200, session, visitor } = operation.http;
    const idempotencyKey = readIdempotencyKey(request);
    const send = (input: InputOf<Operation>) =>
      this.bus.requestText(operation, input, idempotencyKey === undefined ? {} : { idempotencyKey });
    const asked = isUpload(operation)
      ? this.uploads.execute(operation, request, send)
      : send(readInput(operation, request) as InputOf<Operation>);
    reply.header('cache-control', 'no-store');
    const text = session ? await this.sessions.apply(operation.http, asked, reply) : await asked;
    const { actor } = request;
    if (visitor === 'opens' && actor.kind === 'anonymous' && actor.visitorId !== undefined)
      this.visitors.remember(actor.visitorId, reply);
    if (status === 204) return reply.code(204).send();
    return reply.code(status).type('application/json; charset=utf-8').send(text);
  }
}

type Beacon = RoutedOperation & { kind: 'command'; http: Required<Pick<HttpRoute, 'beacon'>> };

function isBeacon(operation: RoutedOperation): operation is Beacon {
  return operation.http.beacon !== undefined;
}

function isUpload(operation: RoutedOperation): operation is UploadOperation {
  return operation.http.upload !== undefined;
}

/**
 * What is one person's may be kept by their browser alone, and is asked for again each time. What everybody may ask and is yet
 * different for each, as who is signed in, is kept nowhere.
 */
function cacheControl({ access, http }: RoutedOperation): string {
  if (http.cacheSeconds) return `public, max-age=${http.cacheSeconds}`;
  return access === 'public' ? 'no-store' : 'private, no-cache';
}

function isFresh(request: FastifyRequest, etag: string): boolean {
  const wanted = request.headers['if-none-match'];
  return wanted !== undefined && (wanted.trim() === '*' || wanted.split(',').some((tag) => bare(tag) === bare(etag)));
}

/** Without the mark of a weak tag: compression changes bytes, not what is said. */
function bare(tag: string): string {
  return tag.trim().replace(/^W\//, '');
}
