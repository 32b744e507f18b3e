import { ChevronDown, UserRound } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { Link, useLocation } from 'react-router';
import { signInAddress } from '../entry/next-path.ts';
import type { Departure } from '../entry/return.ts';
import { buttonClass } from '../ui/button.tsx';
import { initials } from './initials.ts';
import { useUser } from './session.ts';

const importPanel = () => import('./account-panel.tsx');
const AccountPanel = lazy(() => importPanel().then((module) => ({ default: module.AccountPanel })));

function preloadPanel(): void {
  // A failure shows when it is really opened.
  importPanel().catch(() => {});
}

/** Who is signed in, or the way to sign in. As wide before that is known as after, so that nothing moves. */
export function AccountControl() {
  const user = useUser();
  return (
    <div className="flex w-11 shrink-0 justify-end md:w-18">
      {user ? <AccountButton user={user} /> : user === null && <SignInLink />}
    </div>
  );
}

function SignInLink() {
  const location = useLocation();
  const departure: Departure = { leftFrom: location.pathname + location.search + location.hash };
  return (
    <Link
      to={signInAddress(location)}
      state={location.pathname.startsWith('/sign-') ? location.state : departure}
      aria-label="Sign in"
      className={`${buttonClass()} animate-appear size-11 px-0! whitespace-nowrap md:h-10 md:w-full`}
    >
      <UserRound size={18} aria-hidden className="md:hidden" />
      <span className="hidden md:inline">Sign in</span>
    </Link>
  );
}

function AccountButton({ user }: { user: NonNullable<ReturnType<typeof useUser>> }) {
  const anchor = useRef<HTMLButtonElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button
        ref={anchor}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onPointerEnter={preloadPanel}
        onFocus={preloadPanel}
        onClick={() => setIsOpen(!isOpen)}
        className="animate-appear flex items-center rounded-full border border-hairline bg-surface transition-colors hover:bg-sunken md:w-full md:justify-between md:p-0.75 md:pr-2.5"
      >
        <span className="sr-only">Your account, {user.name}</span>
        <span
          aria-hidden
          className="grid size-10.5 place-items-center overflow-hidden rounded-full bg-accent-soft text-sm font-semibold text-accent-strong md:size-8"
        >
          {initials(user.name) || <UserRound size={18} aria-hidden />}
        </span>
        <ChevronDown size={16} aria-hidden className="hidden text-muted md:block" />
      </button>
      {isOpen && (
        <Suspense>
          <AccountPanel user={user} anchor={anchor} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
