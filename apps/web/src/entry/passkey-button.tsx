import { AppError } from '@viewora/contracts/errors';
import { KeyRound } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { FormFailure } from '../ui/form-failure.tsx';
import { usePasskeySignIn } from './use-passkey-sign-in.ts';

/** For browsers that know passkeys. Beside it, they are among the suggestions of the e-mail field. */
export function PasskeyButton() {
  const { ask, isPending, failure } = usePasskeySignIn();
  return (
    <>
      <Button aria-disabled={isPending} onClick={ask} className="w-full aria-disabled:opacity-70">
        <KeyRound size={18} aria-hidden />
        {isPending ? 'Waiting for your passkey …' : 'Sign in with a passkey'}
      </Button>
      {failure && <FormFailure error={failure} said={explain(failure)} />}
    </>
  );
}

function explain(error: Error): string | undefined {
  if (!(error instanceof AppError)) return 'The passkey could not be read. Try again, or sign in another way.';
  if (error.code === 'unauthenticated') return 'This passkey is not known here any more. Sign in another way.';
  return error.code === 'forbidden' ? `${error.message}.` : undefined;
}
