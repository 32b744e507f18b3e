import type { FastifyInstance, InjectOptions, RouteHandlerMethod } from 'fastify';

const passedOn = ['content-type', 'cache-control', 'location'] as const;

/**
 * Answers with a Fastify instance of its own, which is opened on the first visit: a replica whose page nobody opens has neither
 * its code in memory nor its connections. What was opened is closed with the server.
 */
export function latePage(server: FastifyInstance, open: () => Promise<FastifyInstance>): RouteHandlerMethod {
  let opened: Promise<FastifyInstance> | undefined;
  server.addHook('onClose', async () => (await opened)?.close());
  return async (request, reply) => {
    opened ??= open().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    const method = request.method as NonNullable<InjectOptions['method']>;
    const page = await (await opened).inject({ method, url: request.url });
    if (page.statusCode === 404) {
      reply.callNotFound();
      return reply;
    }
    for (const name of passedOn) {
      const value = page.headers[name];
      if (value !== undefined) reply.header(name, value);
    }
    return reply.code(page.statusCode).send(page.rawPayload);
  };
}
