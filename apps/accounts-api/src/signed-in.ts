import type { Call } from '@viewora/contracts/call';
import { AppError } from '@viewora/contracts/errors';

export interface SignedIn {
  userId: string;
  /** Absent where a service acts for somebody. */
  sessionId?: string;
}

/** Who asks. @throws AppError `unauthenticated` for anybody who is not signed in. */
export function signedIn({ actor }: Pick<Call, 'actor'>): SignedIn {
  if (actor.kind === 'user') return actor;
  throw new AppError('unauthenticated', 'Sign in first');
}
