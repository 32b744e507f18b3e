import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refuseConnection } from './server-options.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Runs until the body has arrived. */
    bodyTimer: NodeJS.Timeout | undefined;
  }
}

/** For a body of our usual size, however it trickles. */
const bodyTimeMs = 30_000;

/** Bounds how long a body may be on its way; a route that takes more of it asks for more. */
export function limitBodies(fastify: FastifyInstance): void {
  fastify.decorateRequest('bodyTimer');
  fastify.addHook('onRequest', async (request) => {
    const { 'content-length': length = '0', 'transfer-encoding': encoding } = request.headers;
    if (length === '0' && encoding === undefined) return;
    limitBodyTime(request, bodyTimeMs);
    request.raw.once('end', () => clearTimeout(request.bodyTimer));
  });
}

/** Closes the connection unless the request's body has arrived `timeMs` from now. */
export function limitBodyTime(request: FastifyRequest, timeMs: number): void {
  const { raw } = request;
  clearTimeout(request.bodyTimer);
  if (raw.complete) return;
  request.bodyTimer = setTimeout(() => {
    if (!raw.complete) refuseConnection({ code: 'ERR_HTTP_REQUEST_TIMEOUT' }, raw.socket);
  }, timeMs);
  request.bodyTimer.unref();
}
