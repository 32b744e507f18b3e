import { invalidInput } from '@viewora/service-kit/errors';
import type { FastifyRequest } from 'fastify';

const header = 'Idempotency-Key';

/** @throws AppError `invalid_input` for a key that is none: 1 to 255 visible ASCII characters. */
export function readIdempotencyKey({ headers }: FastifyRequest): string | undefined {
  const key = headers[header.toLowerCase()];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw invalidInput([{ path: header, message: 'must be 1 to 255 visible ASCII characters' }]);
}
