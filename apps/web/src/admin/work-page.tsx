import { type ReactNode, useEffect, useRef } from 'react';

export const pageColumn = 'column mx-auto w-full max-w-[1200px] px-4 pt-6 pb-16 md:px-6 lg:px-8 lg:pt-8';

interface WorkPageProps {
  title: string;
  /** Stands above the title: the way back. */
  before?: ReactNode;
  /** What there is, in a few words; said aloud when it changes. */
  summary?: ReactNode;
  /** At the end of the title's line. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A page of the administration: its heading has the focus when it is opened. */
export function WorkPage({ title, before, summary, actions, children }: WorkPageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    document.title = `${title} – Administration – Viewora`;
  }, [title]);
  return (
    <div className={pageColumn}>
      {before}
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-2">
        <h1 ref={heading} tabIndex={-1} className="min-w-0 text-xl font-semibold text-balance outline-none">
          {title}
        </h1>
        <p role="status" className="min-h-6 text-sm text-muted">
          {summary}
        </p>
        {actions && <div className="flex items-center gap-2 self-center md:ml-auto">{actions}</div>}
      </div>
      {children}
    </div>
  );
}
