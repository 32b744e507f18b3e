import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { HeaderTools } from '../session/header-tools.tsx';
import { Wordmark } from './wordmark.tsx';

const links = [
  { to: '/advisor', text: 'Ask' },
  { to: '/trending', text: 'Trending' },
  { to: '/markets', text: 'Markets' },
  { to: '/sell', text: 'Sell' },
];

/** The top of every page but the search: the same while its code loads, so that nothing moves when it comes. */
export function PageHeader({ children }: { children?: ReactNode }) {
  return (
    <header className="flex items-center gap-3 border-b border-hairline px-3 py-2.5 md:px-5">
      <Wordmark />
      {children}
      <div className="ml-auto flex items-center gap-2 md:gap-3">
        {links.map(({ to, text }) => (
          <Link
            key={to}
            to={to}
            className="hidden min-h-10 items-center rounded-sm px-2 text-sm font-semibold hover:text-accent md:flex"
          >
            {text}
          </Link>
        ))}
        <HeaderTools />
      </div>
    </header>
  );
}
