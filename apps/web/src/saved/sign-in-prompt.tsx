import { Link, useLocation } from 'react-router';
import { signInAddress } from '../entry/next-path.ts';
import type { Departure } from '../entry/return.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { keepWish } from './sign-in-wish.ts';

interface SignInPromptProps {
  id: string;
  onClose: () => void;
}

/** Why one has to sign in to save a home, and the ways to do it; both lead back to here. */
export function SignInPrompt({ id, onClose }: SignInPromptProps) {
  const location = useLocation();
  const departure: Departure = { leftFrom: location.pathname + location.search + location.hash };
  const signIn = signInAddress(location);

  function leave(): void {
    keepWish(id);
    onClose();
  }

  return (
    <Dialog
      title="Sign in to save this home"
      lead="Saved homes stay with your account, on every device, with your notes and what has become of their prices. You come back to just here."
      onClose={onClose}
    >
      <div className="flex flex-col gap-2.5">
        <Link to={signIn} state={departure} onClick={leave} className={buttonClass('primary')}>
          Sign in
        </Link>
        <Link to={signIn.replace('/sign-in', '/sign-up')} state={departure} onClick={leave} className={buttonClass()}>
          Create an account
        </Link>
        <Button look="quiet" onClick={onClose}>
          Not now
        </Button>
      </div>
    </Dialog>
  );
}
