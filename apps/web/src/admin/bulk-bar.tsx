import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { blockWords } from './block-button.tsx';
import type { Subject } from './blocking.ts';
import { BulkProgress } from './bulk-progress.tsx';
import { ReasonDialog } from './reason-dialog.tsx';

const namesShown = 5;

interface BulkBarProps {
  subjects: readonly Subject[];
  onClear: () => void;
}

/** What can be done with all that is ticked. */
export function BulkBar({ subjects, onClear }: BulkBarProps) {
  const [isAsking, setIsAsking] = useState(false);
  const [run, setRun] = useState<{ subjects: readonly Subject[]; reason: string } | null>(null);
  const [first] = subjects;
  if (!first && !run) return null;
  const words = blockWords[(first ?? run?.subjects[0])?.kind ?? 'user'];
  return (
    <>
      {first && (
        <section
          aria-label="What is selected"
          className="animate-rise sticky bottom-4 z-10 mx-auto mt-6 flex w-fit items-center gap-2 rounded-card border border-edge bg-surface py-1.5 pr-1.5 pl-4 shadow-lift"
        >
          <p role="status" className="text-sm font-semibold">
            {subjects.length} selected
          </p>
          <Button look="quiet" className="px-3" onClick={onClear}>
            Clear
          </Button>
          <Button look="primary" onClick={() => setIsAsking(true)}>
            Block …
          </Button>
        </section>
      )}
      {isAsking && (
        <ReasonDialog
          title={subjects.length === 1 ? `Block ${first?.name}?` : `Block ${subjects.length} ${words.many}?`}
          picks={words.reasons}
          label="Reason, the same for all"
          action={`Block ${subjects.length}`}
          pending="Blocking …"
          send={(reason) => {
            setIsAsking(false);
            setRun({ subjects, reason });
          }}
          onClose={() => setIsAsking(false)}
        >
          <ul className="mb-2 text-ink">
            {subjects.slice(0, namesShown).map(({ id, name }) => (
              <li key={id} className="truncate">
                {name}
              </li>
            ))}
            {subjects.length > namesShown && <li>and {subjects.length - namesShown} more</li>}
          </ul>
          You can undo it as soon as it is done.
        </ReasonDialog>
      )}
      {run && (
        <BulkProgress
          subjects={run.subjects}
          reason={run.reason}
          many={words.many}
          onClose={() => setRun(null)}
          onDone={onClear}
        />
      )}
    </>
  );
}
