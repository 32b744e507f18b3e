import { type ReactNode, useId } from 'react';

interface AccountGroupProps {
  title: string;
  children: ReactNode;
}

/** Sections that belong together. */
export function AccountGroup({ title, children }: AccountGroupProps) {
  return (
    <div className="mt-4 border-t border-hairline pt-8 pb-2">
      <h2 className="mb-6 text-lg font-semibold">{title}</h2>
      <div className="flex flex-col gap-9">{children}</div>
    </div>
  );
}

interface AccountSectionProps {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}

/** On a desk the title stands beside what it is about, on a phone above it. */
export function AccountSection({ title, lead, children }: AccountSectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="grid gap-x-10 gap-y-4 md:grid-cols-[240px_minmax(0,1fr)]">
      <div>
        <h3 id={id} className="text-base font-semibold">
          {title}
        </h3>
        {lead && <p className="mt-1 text-sm text-muted">{lead}</p>}
      </div>
      <div className="min-w-0 md:max-w-lg">{children}</div>
    </section>
  );
}
