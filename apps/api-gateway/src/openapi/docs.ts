import { apiBase } from '@viewora/contracts/http-client';
import type { FastifyInstance } from 'fastify';
import { latePage } from '../http/late-page.ts';
import { publicOperations } from '../operations.ts';
import { openApiDocument } from './openapi.ts';

const documentPath = `${apiBase}/openapi.json`;
const pagePath = '/docs';

/** The OpenAPI document at `/api/v1/openapi.json`, and a page to read and try it at `/docs`. */
export function registerDocs(fastify: FastifyInstance): void {
  const document = JSON.stringify(openApiDocument(publicOperations));
  fastify.get(documentPath, (_request, reply) =>
    reply.type('application/json; charset=utf-8').header('cache-control', 'public, max-age=60').send(document),
  );
  const showPage = latePage(fastify, openPage);
  fastify.get(pagePath, showPage);
  fastify.get(`${pagePath}/*`, showPage);
}

/** Its script takes 20 MB of memory. */
async function openPage(): Promise<FastifyInstance> {
  const [{ fastify }, { default: scalar }] = await Promise.all([
    import('fastify'),
    import('@scalar/fastify-api-reference'),
  ]);
  const page = fastify();
  await page.register(scalar, {
    routePrefix: pagePath,
    configuration: {
      url: documentPath,
      pageTitle: 'Viewora API',
      telemetry: false,
      withDefaultFonts: false,
      showDeveloperTools: 'never',
      hideClientButton: true,
      agent: { disabled: true },
      mcp: { disabled: true },
    },
  });
  return page;
}
