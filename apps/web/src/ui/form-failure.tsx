import { AppError } from '@viewora/contracts/errors';
import { CircleAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { formFailure } from '../api/form-failure.ts';
import { formatWait } from '../format/dates.ts';
import { useSecondsUntil } from './use-seconds-until.ts';

interface FormFailureProps {
  error: Error;
  /** In the form's own words. */
  said?: ReactNode;
}

/** Why a form was not taken, and what to do; said aloud once. */
export function FormFailure({ error, said }: FormFailureProps) {
  const waitSeconds = error instanceof AppError ? error.details.retryAfterSeconds : undefined;
  const hasToWait = error instanceof AppError && error.code === 'too_many_requests' && waitSeconds !== undefined;
  return (
    <div role="alert" className="flex gap-2.5 rounded-sm border border-worse px-3 py-2.5 text-sm">
      <CircleAlert size={18} aria-hidden className="mt-px shrink-0 text-worse" />
      <div className="min-w-0">{said ?? (hasToWait ? <Wait seconds={waitSeconds} /> : formFailure(error))}</div>
    </div>
  );
}

function Wait({ seconds }: { seconds: number }) {
  const [endsAt] = useState(() => Date.now() + seconds * 1_000);
  const left = useSecondsUntil(endsAt);
  if (left === 0) return 'You can try again now.';
  return (
    <>
      Too many tries. You can try again in{' '}
      <span aria-hidden className="tabular-nums">
        {formatWait(left)}
      </span>
      {/* An alert that counts aloud would talk over everything. */}
      <span className="sr-only">{formatWait(seconds)}</span>.
    </>
  );
}
