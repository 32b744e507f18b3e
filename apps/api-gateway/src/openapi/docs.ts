import scalar from '@scalar/fastify-api-reference';
import { apiBase } from '@viewora/contracts/http-client';
import type { FastifyInstance } from 'fastify';
import { publicOperations } from '../operations.ts';
import { openApiDocument } from './openapi.ts';

/** The OpenAPI document at `/api/v1/openapi.json`, and a page to read and try it at `/docs`. */
export async function registerDocs(fastify: FastifyInstance): Promise<void> {
  const document = JSON.stringify(openApiDocument(publicOperations));
  fastify.get(`${apiBase}/openapi.json`, (_request, reply) =>
    reply.type('application/json; charset=utf-8').header('cache-control', 'public, max-age=60').send(document),
  );
  await fastify.register(scalar, {
    routePrefix: '/docs',
    configuration: {
      url: `${apiBase}/openapi.json`,
      pageTitle: 'Viewora API',
      telemetry: false,
      withDefaultFonts: false,
      showDeveloperTools: 'never',
      hideClientButton: true,
      agent: { disabled: true },
      mcp: { disabled: true },
    },
  });
}
