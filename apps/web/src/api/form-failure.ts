import { AppError } from '@viewora/contracts/errors';

/** What to tell about a form that was not taken: why, what to do, and that nothing typed is lost. */
export function formFailure(error: Error): string {
  if (!navigator.onLine) return 'You are offline. What you typed is kept: try again when the connection is back.';
  if (!(error instanceof AppError)) return 'Something on this page went wrong. Try again, or reload the page.';
  switch (error.code) {
    case 'too_many_requests':
      return 'Too many tries in a short time. Wait a little, then try again.';
    case 'invalid_input':
      return 'The server could not make sense of this. Check what you typed, then try again.';
    case 'conflict':
      return 'This was changed elsewhere meanwhile. Reload the page to see how it is now.';
    case 'unauthenticated':
      return 'You are signed out. Sign in, then try again.';
    case 'forbidden':
      return 'This was refused. If you signed in or out in another tab, reload this page and try again.';
    default:
      return 'The server cannot be reached right now. What you typed is kept: try again in a moment.';
  }
}
