import { type ReactNode, useId } from 'react';
import { Link } from 'react-router';

interface PartProps {
  title: string;
  /** To all of what is shown a little of. */
  more?: { to: string; label: string };
  children: ReactNode;
}

/** A part of a page about one thing. */
export function Part({ title, more, children }: PartProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mt-8 border-t border-hairline pt-5">
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id={id} className="text-lg font-semibold">
          {title}
        </h2>
        {more && (
          <Link to={more.to} className="thumb text-sm font-semibold text-accent underline-offset-4 hover:underline">
            {more.label}
          </Link>
        )}
      </div>
      {children}
    </section>
  );
}
