import { AppError } from '@viewora/contracts/errors';
import { formFailure } from '../api/form-failure.ts';

/** Why something about one's own listings was not done. What a rule of the business refuses, the server says in its own words. */
export function failureText(error: Error): string {
  if (!(error instanceof AppError) || !navigator.onLine) return formFailure(error);
  if (error.code === 'conflict' && error.details.status !== 412) return sentence(error.message);
  if (error.code === 'forbidden') return sentence(error.message);
  if (error.code === 'not_found') return 'This is no longer here, or not yours.';
  const [first] = error.details.errors ?? [];
  if (error.code === 'invalid_input' && first) return sentence(`${first.path} ${first.message}`);
  return formFailure(error);
}

function sentence(text: string): string {
  const said = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(said) ? said : `${said}.`;
}

/** Publishing waits until an administrator has seen one's papers. */
export function needsPapers(error: Error | null): boolean {
  return error instanceof AppError && error.code === 'forbidden';
}
