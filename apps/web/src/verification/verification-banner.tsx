import type { User } from '@viewora/contracts/user';
import { Link } from 'react-router';
import { buttonClass } from '../ui/button.tsx';
import { verificationText } from './verification-text.ts';

/** For whoever cannot publish yet: why, and the way to it. */
export function VerificationBanner({ user }: { user: User }) {
  const text = verificationText(user);
  if (!text) return null;
  // While it is looked at there is nothing to do.
  const isDue = user.verification !== 'pending';
  return (
    <section
      aria-label="Verification"
      className={`mb-8 flex flex-col gap-x-6 gap-y-4 rounded-card border p-5 md:flex-row md:items-center md:justify-between ${isDue ? 'border-transparent bg-accent-soft' : 'border-hairline bg-surface'}`}
    >
      <div>
        <h2 className="text-base font-semibold">{text.title}</h2>
        <p className="mt-0.5 text-sm">{text.means}</p>
      </div>
      <Link to="/verification" className={`${buttonClass(isDue ? 'primary' : 'plain')} shrink-0`}>
        {text.action}
      </Link>
    </section>
  );
}
