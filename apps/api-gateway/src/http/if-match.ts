import { AppError } from '@viewora/contracts/errors';
import { invalidInput } from '@viewora/service-kit/errors';
import type { FastifyRequest } from 'fastify';

/**
 * The version of the resource that the caller has seen, from `If-Match: "3"`.
 * @throws AppError `invalid_input`, with status 428 where it is missing
 */
export function readIfMatch({ headers }: FastifyRequest): number {
  const given = headers['if-match'];
  if (given === undefined) {
    const errors = [{ path: 'If-Match', message: 'is required: the version that was edited, in quotes' }];
    throw new AppError('invalid_input', 'Say which version was edited', { errors, status: 428 });
  }
  const version = /^"(\d{1,9})"$/.exec(given)?.[1];
  if (version === undefined)
    throw invalidInput([{ path: 'If-Match', message: 'must be a version in quotes, like "3"' }]);
  return Number(version);
}
