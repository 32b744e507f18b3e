import { AppError } from '@viewora/contracts/errors';
import { Link, useLocation } from 'react-router';
import { signInAddress } from '../entry/next-path.ts';
import type { Departure } from '../entry/return.ts';
import { failureText } from '../selling/failure-text.ts';
import { FormFailure } from '../ui/form-failure.tsx';

/** Why there is no draft, and what to do. Whatever it was, the description is as it was. */
export function DraftFailure({ error }: { error: Error }) {
  const code = error instanceof AppError ? error.code : null;
  if (!navigator.onLine) {
    return <FormFailure error={error} said="You are offline. Ask for a draft when the connection is back." />;
  }
  if (code === 'unauthenticated') return <FormFailure error={error} said={<SignIn />} />;
  if (code === 'unavailable' || code === 'internal') {
    return (
      <FormFailure
        error={error}
        said="No draft can be written right now. Your description is as it was: ask again in a moment, or write it yourself."
      />
    );
  }
  if (code === 'invalid_input') return <FormFailure error={error} said={failureText(error)} />;
  return <FormFailure error={error} />;
}

function SignIn() {
  const location = useLocation();
  const departure: Departure = { leftFrom: location.pathname + location.search + location.hash };
  return (
    <>
      Your session has ended. What you typed is kept:{' '}
      <Link to={signInAddress(location)} state={departure} className="font-semibold underline underline-offset-4">
        sign in
      </Link>{' '}
      and ask again.
    </>
  );
}
