import { AppError } from '@viewora/contracts/errors';
import { formFailure } from '../api/form-failure.ts';
import { showToast } from '../ui/toast.tsx';
import { type Subject, setBlocked } from './blocking.ts';

/** Blocks at once, says so, and offers the way back. */
export async function block(subject: Subject, reason: string): Promise<void> {
  try {
    await setBlocked(subject, reason);
  } catch (error) {
    return sayFailed(`${subject.name} could not be blocked`, error, () => block(subject, reason));
  }
  showToast({
    text: `${subject.name} is blocked`,
    action: { label: 'Undo', run: () => void unblock(subject, reason) },
  });
}

/** The same the other way round. `reason`: why it was blocked, to block it again where this was a slip. */
export async function unblock(subject: Subject, reason: string | null): Promise<void> {
  try {
    await setBlocked(subject, null);
  } catch (error) {
    return sayFailed(`${subject.name} could not be unblocked`, error, () => unblock(subject, reason));
  }
  showToast({
    text: `${subject.name} is no longer blocked`,
    ...(reason !== null && { action: { label: 'Undo', run: () => void block(subject, reason) } }),
  });
}

/** The reason is kept for the next try: nobody types it twice. */
function sayFailed(what: string, error: unknown, again: () => Promise<void>): void {
  showToast({
    text: `${what}. ${whyFailed(error)}`,
    isFailure: true,
    action: { label: 'Try again', run: () => void again() },
  });
}

export function whyFailed(error: unknown): string {
  return refusal(error) ?? formFailure(error instanceof Error ? error : new Error(String(error)));
}

/** What the server itself says of an act that its rules forbid: it knows which, and administrators may know. */
export function refusal(error: unknown): string | undefined {
  if (!(error instanceof AppError) || !['conflict', 'forbidden', 'not_found'].includes(error.code)) return undefined;
  return /[.!?]$/.test(error.message) ? error.message : `${error.message}.`;
}
