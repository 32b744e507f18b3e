import type { Call } from '@viewora/contracts/call';
import { AppError } from '@viewora/contracts/errors';

/** @throws AppError `unauthenticated` for a visitor without a session, or another service */
export function signedInUser({ actor }: Call): string {
  if (actor.kind !== 'user') throw new AppError('unauthenticated', 'Sign in first');
  return actor.userId;
}
