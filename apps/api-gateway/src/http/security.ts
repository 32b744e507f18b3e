import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import type { GatewayEnv } from '../env.ts';

/** The docs page brings its own script, and styles within the page. */
const docsPolicy =
  "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

/** What every answer goes through: security headers, the CORS list, compression. */
export async function registerSecurity(fastify: FastifyInstance, env: GatewayEnv): Promise<void> {
  await fastify.register(helmet, {
    // Everything here is data, but for the docs page.
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    crossOriginResourcePolicy: { policy: 'cross-origin' },
  });
  fastify.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/docs')) reply.header('content-security-policy', docsPolicy);
  });
  // Said of every answer, compressed or not, or a shared cache would hand one form to who cannot read it.
  fastify.addHook('onRequest', async (_request, reply) => {
    reply.header('vary', 'accept-encoding');
  });
  await fastify.register(cors, {
    strictPreflight: false,
    // The router has the last word: there is nothing to ask at an address that leads nowhere.
    preflightContinue: true,
    origin: [env.WEB_ORIGIN, ...env.CORS_ORIGINS],
    credentials: true,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
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
  await fastify.register(cookie, { secret: env.VISITOR_SECRET });
  // In one go up to a page of results: as a stream it would cost four times the processor.
  await fastify.register(compress, { threshold: 1_024, syncThreshold: 65_536, encodings: ['br', 'gzip'] });
}
