import { type ReactNode, useId } from 'react';

interface ChartProps {
  /** What somebody wants to know. */
  question: string;
  /** The same as the chart says, in a sentence. */
  answer: string;
  /** Beside both: how it is shown. */
  tools?: ReactNode;
  children?: ReactNode;
}

/** A question, its answer, and the figures it is read from. */
export function Chart({ question, answer, tools, children }: ChartProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0 border-t border-hairline pt-5">
      <div className="mb-4 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h2 id={id} className="text-sm text-muted">
            {question}
          </h2>
          <p className="mt-0.5 text-base font-semibold text-pretty">{answer}</p>
        </div>
        {tools}
      </div>
      {children}
    </section>
  );
}
