import type { GoogleAttempt } from './google-attempt.ts';

/** What came back from Google, and where to go on from there. */
export type GoogleReturn = { search: string } & (
  | { kind: 'granted'; code: string; state: string }
  | { kind: 'refused'; title: string; lead: string }
);

/**
 * Judges the address that Google sent the visitor back to. Anybody can send somebody to such an address, and sign them in as
 * whom they like; only who left from this tab brings back the state that it keeps (RFC 9700, 4.7).
 */
export function readGoogleReturn(returned: string, attempt: GoogleAttempt | null): GoogleReturn {
  const { code, state, error } = Object.fromEntries(new URLSearchParams(returned));
  const search = attempt?.search ?? '';
  if (!attempt || state !== attempt.state) {
    const lead =
      'This tab did not ask Google for it: the address may be somebody else’s, or was opened before. Nobody was signed in.';
    return { kind: 'refused', search, title: 'This sign-in was not begun here', lead };
  }
  if (code && !error) return { kind: 'granted', search, code, state };
  return { kind: 'refused', search, title: 'You are not signed in', lead: refusals[error ?? ''] ?? unknownRefusal };
}

const unknownRefusal = 'Google could not sign you in just now. Try again, or sign in with your e-mail and password.';

/** RFC 6749, 4.1.2.1; the others say nothing that a visitor could act upon. */
const refusals: Record<string, string> = {
  access_denied: 'You did not let Google tell us who you are. You can try again, or use your e-mail and a password.',
};
