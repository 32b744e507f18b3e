import { Link } from 'react-router';

/** At the foot of what anybody reads: visitors have no account to look behind. */
export function PrivacyLink({ className = '' }: { className?: string }) {
  return (
    <Link
      to="/privacy"
      className={`inline-flex min-h-11 items-center rounded-sm text-sm text-muted underline-offset-4 hover:text-ink hover:underline ${className}`}
    >
      Privacy
    </Link>
  );
}
