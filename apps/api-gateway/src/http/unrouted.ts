import { AppError } from '@viewora/contracts/errors';
import type { FastifyInstance } from 'fastify';

/**
 * Refuses what no route answers, by what the router says of the address: 405 with `Allow` where other methods lead
 * somewhere, else 404. A bare OPTIONS is told the same methods.
 */
export function refuseUnrouted(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', async (request, reply) => {
    // An address without parameters that found its route needs no second look.
    if (!request.is404 && Object.keys(request.params as object).length === 0) return;
    const methods = methodsAt(fastify, request.url);
    if (methods.includes(request.method)) return;
    // CORS has a route for OPTIONS everywhere, so that one can arrive at nothing without being lost yet.
    if (methods.length === 0) return request.is404 ? undefined : reply.callNotFound();
    reply.header('allow', methods.join(', '));
    if (request.method === 'OPTIONS') return reply.code(204).header('content-length', 0).send();
    throw new AppError('not_found', 'This address does not know that method', { status: 405 });
  });
}

/**
 * The methods of the route that fits an address best: `/properties/search` is one of its own, not the listing of the id
 * "search". OPTIONS is left out: CORS answers it everywhere.
 */
function methodsAt(fastify: FastifyInstance, url: string): string[] {
  const routes = fastify.supportedMethods
    .filter((method) => method !== 'OPTIONS')
    .flatMap((method) => {
      const found = fastify.findRoute({ method, url });
      if (!found) return [];
      // What takes every address fits none well.
      const names = Object.keys(found.params);
      return [{ method, parameters: names.includes('*') ? Number.POSITIVE_INFINITY : names.length }];
    });
  const fewest = Math.min(...routes.map(({ parameters }) => parameters));
  return routes.filter(({ parameters }) => parameters === fewest).map(({ method }) => method);
}
