import { type ReactNode, useId } from 'react';

export const accountColumn = 'mx-auto max-w-4xl px-5 pt-8 pb-16 md:pt-12';

interface AccountSectionProps {
  title: string;
  lead?: string;
  children: ReactNode;
}

/** On a desk the title stands beside what it is about, on a phone above it. */
export function AccountSection({ title, lead, children }: AccountSectionProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="grid gap-x-10 gap-y-5 border-t border-hairline py-8 md:grid-cols-[240px_minmax(0,1fr)]"
    >
      <div>
        <h2 id={id} className="text-lg font-semibold">
          {title}
        </h2>
        {lead && <p className="mt-1 text-sm text-muted">{lead}</p>}
      </div>
      <div className="min-w-0 md:max-w-lg">{children}</div>
    </section>
  );
}
