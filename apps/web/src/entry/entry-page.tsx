import { type ReactNode, useEffect, useRef } from 'react';
import { PageHeader } from '../ui/page-header.tsx';

interface EntryPageProps {
  title: string;
  lead?: ReactNode;
  children?: ReactNode;
  /** Below the card: the other way. */
  aside?: ReactNode;
}

/** A page with one thing to do. Whenever that becomes another, whoever hears the page is told by its heading. */
export function EntryPage({ title, lead, children, aside }: EntryPageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – Viewora`;
    heading.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <>
      <PageHeader />
      <main className="scroll-quiet relative min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-[440px] px-5 pt-8 pb-16 md:px-0 md:pt-[9vh]">
          <div className="md:rounded-card md:border md:border-hairline md:bg-surface md:px-9 md:py-9">
            <h1 ref={heading} tabIndex={-1} className="text-xl font-semibold text-balance outline-none">
              {title}
            </h1>
            {lead && <div className="mt-2 text-base text-muted">{lead}</div>}
            {children && <div className="mt-6">{children}</div>}
          </div>
          {aside && <div className="mt-6 text-sm text-muted md:text-center">{aside}</div>}
        </div>
      </main>
    </>
  );
}
