import compress from '@fastify/compress';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import type { GatewayEnv } from '../env.ts';

/** What every answer goes through: security headers, the CORS list, compression. */
export async function registerSecurity(fastify: FastifyInstance, env: GatewayEnv): Promise<void> {
  await fastify.register(helmet, {
    // The docs page brings its own script and styles; everything else here is data.
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", "'unsafe-inline'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        // The laptop speaks plain HTTP, and a proxy in front of us redirects anyway.
        upgradeInsecureRequests: null,
      },
    },
    crossOriginResourcePolicy: { policy: 'cross-origin' },
  });
  await fastify.register(cors, {
    origin: [env.WEB_ORIGIN, ...env.CORS_ORIGINS],
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
