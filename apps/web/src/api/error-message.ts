import { AppError } from '@viewora/contracts/errors';

/** What to tell people about a failure: what it is and what they can do. */
export function errorMessage(error: Error): string {
  if (!navigator.onLine) return 'You are offline. Check the connection, then try again.';
  if (!(error instanceof AppError)) return 'Something on this page went wrong. Try again, or reload the page.';
  if (error.code === 'too_many_requests') return 'Too many requests in a short time. Wait a moment, then try again.';
  if (error.code === 'invalid_input')
    return `The search could not be understood: ${error.message}. Clear the filters and try again.`;
  return 'The server cannot be reached right now. Nothing is lost: try again in a moment.';
}
