import { timingSafeEqual } from 'node:crypto';
import { AppError } from '@viewora/contracts/errors';
import type { FastifyRequest } from 'fastify';

/**
 * Whether a browser says that a page of ours sent this: `Sec-Fetch-Site`, which no page can forge, or an `Origin` of the list.
 * @throws AppError `forbidden`
 */
export function checkOrigin({ headers }: FastifyRequest, allowedOrigins: readonly string[]): void {
  const isOwn = headers['sec-fetch-site'] === 'same-origin';
  const isAllowed = headers.origin !== undefined && allowedOrigins.includes(headers.origin);
  if (!isOwn && !isAllowed) throw new AppError('forbidden', 'This page may not write on your behalf');
}

/** @throws AppError `forbidden` unless the header is the session's token. */
export function checkCsrfToken({ headers }: FastifyRequest, expected: string, header = 'x-csrf-token'): void {
  const given = headers[header];
  const isRight =
    typeof given === 'string' &&
    Buffer.byteLength(given) === Buffer.byteLength(expected) &&
    timingSafeEqual(Buffer.from(given), Buffer.from(expected));
  if (!isRight)
    throw new AppError(
      'forbidden',
      `The ${header === 'x-csrf-token' ? 'X-CSRF-Token' : header} header is missing or out of date`,
    );
}
