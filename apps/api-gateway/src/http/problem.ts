import { HttpException } from '@nestjs/common';
import { AppError, type ErrorCode, type Problem, problems } from '@viewora/contracts/errors';
import { toAppError } from '@viewora/service-kit/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';

/** Any failure as `application/problem+json`, in this one place. What is unknown is logged here and tells nothing. */
export function sendProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  logger: Logger,
): FastifyReply {
  const appError = fromHttp(error) ?? toAppError(error);
  if (appError.code === 'internal' && appError.cause) logger.error({ err: appError.cause }, 'a request failed');
  const { status, title } = problems[appError.code];
  const { errors, retryAfterSeconds, status: refined } = appError.details;
  const problem: Problem = {
    type: `https://viewora.dev/problems/${appError.code}`,
    title,
    status: refined ?? status,
    code: appError.code,
    ...(appError.code !== 'internal' && { detail: appError.message }),
    requestId: request.id,
    ...(errors && { errors }),
  };
  if (problem.status === 413) drain(request, reply);
  if (retryAfterSeconds) reply.header('retry-after', retryAfterSeconds);
  else if (appError.code === 'unavailable') reply.header('retry-after', 1);
  // JSON as text: the serializer would narrow it to the route's success schema.
  return reply
    .code(problem.status)
    .header('x-request-id', request.id)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(problem));
}

/**
 * Whoever sends too much is still sending: closing now would cut them off before they read why. The rest is read and
 * thrown away, until the server's request timeout at the latest.
 */
function drain(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('connection', 'keep-alive');
  request.raw.resume();
}

/** Nest's and Fastify's own errors, in the interface's words. */
function fromHttp(error: unknown): AppError | null {
  const status = error instanceof HttpException ? error.getStatus() : statusOf(error);
  if (status === null || error instanceof AppError || status >= 500) return null;
  const known: Record<number, [ErrorCode, string]> = {
    401: ['unauthenticated', 'Sign in first'],
    403: ['forbidden', 'Not allowed'],
    404: ['not_found', 'There is nothing at this address'],
    405: ['not_found', 'This address does not know that method'],
    413: ['invalid_input', 'The body is too large'],
    415: ['invalid_input', 'The body must be application/json'],
    429: ['too_many_requests', 'Too many requests'],
  };
  const [code, message] = known[status] ?? ['invalid_input', 'The request could not be read'];
  return new AppError(code, message, { status: known[status] ? status : 400 });
}

function statusOf(error: unknown): number | null {
  const { statusCode, code } = (error ?? {}) as { statusCode?: unknown; code?: unknown };
  return typeof code === 'string' && code.startsWith('FST_ERR_') && typeof statusCode === 'number' ? statusCode : null;
}
