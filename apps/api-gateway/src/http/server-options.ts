import type { Socket } from 'node:net';
import { type Problem, problems } from '@viewora/contracts/errors';
import type { FastifyServerOptions } from 'fastify';
import type { Logger } from 'pino';
import type { GatewayEnv } from '../env.ts';
import { bodyLimitBytes } from './body.ts';
import { sendProblem } from './problem.ts';

/** Says no to who has not got as far as a request that could be answered. */
export function refuseConnection(error: { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status = 400, reason = 'Bad Request', detail } = known[error.code ?? ''] ?? notHttp;
  const { title } = problems.invalid_input;
  const requestId = crypto.randomUUID();
  const problem: Problem = {
    type: 'https://viewora.dev/problems/invalid_input',
    title,
    status,
    code: 'invalid_input',
    detail,
    requestId,
  };
  const body = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\ncontent-type: application/problem+json\r\nx-request-id: ${requestId}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

interface ConnectionRefusal {
  status?: number;
  reason?: string;
  detail: string;
}

const notHttp: ConnectionRefusal = { detail: 'This is not a valid HTTP request' };
const known: Record<string, ConnectionRefusal> = {
  HPE_HEADER_OVERFLOW: { detail: 'The request line and headers are too large' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, reason: 'Request Timeout', detail: 'The request was too long on its way' },
};

/** Longer than a file may take; `body-time.ts` has the limit of each request. */
const requestTimeMs = 16 * 60_000;

/** How Fastify is set up before any route exists. */
export function serverOptions({
  TRUSTED_PROXIES,
}: Pick<GatewayEnv, 'TRUSTED_PROXIES'>): (logger: Logger) => FastifyServerOptions {
  return (logger) => ({
    bodyLimit: bodyLimitBytes,
    trustProxy: TRUSTED_PROXIES.length > 0 ? TRUSTED_PROXIES : false,
    requestTimeout: requestTimeMs,
    http: { headersTimeout: 30_000 },
    keepAliveTimeout: 75_000,
    genReqId: ({ headers }) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : crypto.randomUUID();
    },
    routerOptions: { maxParamLength: 200 },
    // Node gives up on a request before Fastify has one: too large a header, not HTTP at all.
    clientErrorHandler: (error, socket) => refuseConnection(error, socket),
    // A URL that cannot be decoded is refused before any route and its error handler.
    frameworkErrors: (error, request, reply) => sendProblem(error, request, reply, logger),
  });
}
