import { httpSeconds } from '@viewora/service-kit/metrics';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

/** Answers with the request's id, times every request and logs it; its path and query stay out of the log: they can hold what somebody looks for. */
export function observeRequests(fastify: FastifyInstance, logger: Logger): void {
  fastify.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  fastify.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const labels = { method: request.method, route, status: String(reply.statusCode) };
    httpSeconds.observe(labels, reply.elapsedTime / 1_000);
    logger.info({ ...labels, ms: Math.round(reply.elapsedTime), requestId: request.id }, 'request');
  });
}
