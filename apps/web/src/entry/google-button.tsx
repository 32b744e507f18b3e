import { useMutation } from '@tanstack/react-query';
import { accountsApi } from '@viewora/contracts/accounts';
import { useLocation } from 'react-router';
import { call } from '../api/api-client.ts';
import { Button } from '../ui/button.tsx';
import { FormFailure } from '../ui/form-failure.tsx';
import { keepAttempt } from './google-attempt.ts';
import { GoogleMark } from './google-mark.tsx';

/** Leaves for Google, which sends the visitor back to `/sign-in/google`. */
export function GoogleButton() {
  const { search } = useLocation();
  const leaving = useMutation({
    mutationFn: () => call(accountsApi.startGoogle, {}),
    onSuccess: ({ url, state }) => {
      keepAttempt({ state, search });
      window.location.assign(url);
    },
  });
  // Until the page is gone.
  const isLeaving = leaving.isPending || leaving.isSuccess;
  return (
    <>
      <Button
        aria-disabled={isLeaving}
        onClick={() => isLeaving || leaving.mutate()}
        className="w-full aria-disabled:opacity-70"
      >
        <GoogleMark />
        {isLeaving ? 'Going to Google …' : 'Continue with Google'}
      </Button>
      {leaving.isError && <FormFailure error={leaving.error} />}
    </>
  );
}
