import type { FastifyServerOptions } from 'fastify';
import type { Logger } from 'pino';
import type { GatewayEnv } from '../env.ts';
import { bodyLimitBytes } from './body.ts';
import { sendProblem } from './problem.ts';

/** How Fastify is set up before any route exists. */
export function serverOptions({
  TRUSTED_PROXIES,
}: Pick<GatewayEnv, 'TRUSTED_PROXIES'>): (logger: Logger) => FastifyServerOptions {
  return (logger) => ({
    bodyLimit: bodyLimitBytes,
    trustProxy: TRUSTED_PROXIES.length > 0 ? TRUSTED_PROXIES : false,
    requestTimeout: 30_000,
    keepAliveTimeout: 75_000,
    genReqId: ({ headers }) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : crypto.randomUUID();
    },
    routerOptions: { maxParamLength: 200 },
    // A URL that cannot be decoded is refused before any route and its error handler.
    frameworkErrors: (error, request, reply) => sendProblem(error, request, reply, logger),
  });
}
