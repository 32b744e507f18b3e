import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';

interface EntryLinkProps {
  to: string;
  className?: string;
  children: ReactNode;
}

export const textLink = 'font-semibold text-accent underline-offset-4 hover:underline';

/** From one of the pages that lead in to another: together they are one step in the history, and know the way back. */
export function EntryLink({ to, className = textLink, children }: EntryLinkProps) {
  const { search, state } = useLocation();
  return (
    <Link to={{ pathname: to, search }} state={state} replace className={className}>
      {children}
    </Link>
  );
}
