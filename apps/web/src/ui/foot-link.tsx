import type { ReactNode } from 'react';
import { Link } from 'react-router';

/** At the foot of what anybody reads. */
export function FootLink({ to, className = '', children }: { to: string; className?: string; children: ReactNode }) {
  return (
    <Link
      to={to}
      className={`inline-flex min-h-11 items-center rounded-sm text-sm text-muted underline-offset-4 hover:text-ink hover:underline ${className}`}
    >
      {children}
    </Link>
  );
}
