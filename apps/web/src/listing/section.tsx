import { type ReactNode, useId } from 'react';
import { sectionLook, sectionTitleLook } from './listing-head.ts';

export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={sectionLook}>
      <h2 id={id} className={sectionTitleLook}>
        {title}
      </h2>
      {children}
    </section>
  );
}
