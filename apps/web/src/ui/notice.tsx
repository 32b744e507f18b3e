import type { ReactNode } from 'react';

interface NoticeProps {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  role?: 'alert' | 'status';
  /** There is nothing else on the page: its title is the page's. */
  isPage?: boolean;
}

/**
 * What happened, and what to do about it. In a column it stands in line with what is above; where it has the page to itself,
 * it keeps its own distance from the edges.
 */
export function Notice({ title, children, action, role, isPage = false }: NoticeProps) {
  const Heading = isPage ? 'h1' : 'h2';
  return (
    <div
      role={role}
      className="mx-auto flex max-w-md flex-col items-start gap-3 px-5 py-10 in-[.column]:mx-0 in-[.column]:px-0 in-[.column]:py-6"
    >
      <Heading className="text-lg font-semibold text-balance">{title}</Heading>
      {children && <div className="text-base text-muted">{children}</div>}
      {action}
    </div>
  );
}
