import { isSame, type Secret } from '../secret.ts';

/** What a refresh token says: which family (one sign-in), and which of its tokens this is. */
export interface RefreshToken {
  sessionId: string;
  generation: number;
}

const pattern = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.([1-9]\d{0,8})\.([A-Za-z0-9_-]{43})$/;

/**
 * A token is computed from family and generation, so whoever asks for a successor, however often and at which replica, gets
 * the same one without its being stored.
 */
export function formatRefreshToken(secret: Secret, { sessionId, generation }: RefreshToken): string {
  return `${sessionId}.${generation}.${secret.mac('refresh', sessionId, generation)}`;
}

/** Null for anything that was not made here. */
export function parseRefreshToken(secret: Secret, text: string): RefreshToken | null {
  const [, sessionId = '', generation = '', mac = ''] = pattern.exec(text) ?? [];
  const token = { sessionId, generation: Number(generation) };
  return isSame(mac, secret.mac('refresh', token.sessionId, token.generation)) ? token : null;
}

/** What a refresh comes to. */
export type Rotation = 'rotate' | 'repeat' | 'reuse';

/** How long the token before is still good for the same successor: many tabs ask at once, and answers get lost. */
const toleranceSeconds = 10;

/** `rotatedSecondsAgo` is null before the first rotation. */
export function rotationOf(used: number, current: number, rotatedSecondsAgo: number | null): Rotation {
  if (used === current) return 'rotate';
  const isJustReplaced = used === current - 1 && rotatedSecondsAgo !== null && rotatedSecondsAgo < toleranceSeconds;
  return isJustReplaced ? 'repeat' : 'reuse';
}
