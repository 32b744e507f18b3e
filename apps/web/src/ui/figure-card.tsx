import type { ReactNode } from 'react';

interface FigureCardProps {
  name: string;
  figure: ReactNode;
  of?: string;
  children: ReactNode;
}

/** One figure among others, in a list of them. */
export function FigureCard({ name, figure, of, children }: FigureCardProps) {
  return (
    <div className="rounded-card border border-hairline bg-surface p-4 md:p-5">
      <dt className="text-sm text-muted">{name}</dt>
      <dd className="mt-1">
        <span className="text-xl font-semibold">{figure}</span>{' '}
        {of && <span className="text-sm whitespace-nowrap max-md:block">{of}</span>}
        <p className="mt-1.5 text-xs text-muted">{children}</p>
      </dd>
    </div>
  );
}
