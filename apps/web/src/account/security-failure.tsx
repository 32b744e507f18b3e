import { AppError } from '@viewora/contracts/errors';
import { useSignOut } from '../session/use-sign-out.ts';
import { Button } from '../ui/button.tsx';
import { FormFailure } from '../ui/form-failure.tsx';

/** Why nothing was changed; and for whom there is no password to ask for, the way to show that it is them. */
export function SecurityFailure({ error }: { error: Error }) {
  return <FormFailure error={error} said={isSignInWanted(error) ? <SignInAgain /> : undefined} />;
}

/** The other reason for a refusal is a stale page; both have one code. */
export function isSignInWanted(error: Error): boolean {
  return error instanceof AppError && error.code === 'forbidden' && /sign in again/i.test(error.message);
}

export function SignInAgain() {
  const signingOut = useSignOut('/sign-in?next=%2Faccount');
  return (
    <div className="flex flex-col items-start gap-2">
      <p>You signed in a while ago. Sign in again first, to show that it is still you.</p>
      <Button onClick={() => signingOut.isPending || signingOut.mutate()}>Sign out and in again</Button>
      {signingOut.isError && <p>That did not work. Try again in a moment.</p>}
    </div>
  );
}
