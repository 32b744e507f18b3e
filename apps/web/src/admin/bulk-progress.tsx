import { Dialog } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { showToast } from '../ui/toast.tsx';
import { whyFailed } from './block-acts.ts';
import { type Subject, setBlocked } from './blocking.ts';

interface Failure {
  subject: Subject;
  why: string;
}

interface BulkProgressProps {
  subjects: readonly Subject[];
  reason: string;
  many: string;
  onClose: () => void;
  /** All of them are blocked. */
  onDone: () => void;
}

/** Blocks one after the other, says how far it is, and by name what could not be done. */
export function BulkProgress({ subjects, reason, many, onClose, onDone }: BulkProgressProps) {
  const [left, setLeft] = useState(subjects);
  const [done, setDone] = useState<readonly Subject[]>([]);
  const [failures, setFailures] = useState<readonly Failure[]>([]);
  const [isRunning, setIsRunning] = useState(true);
  const isStopped = useRef(false);
  const hasBegun = useRef(false);

  async function blockAll(wanted: readonly Subject[]): Promise<void> {
    isStopped.current = false;
    setIsRunning(true);
    setFailures([]);
    const blocked = [...done];
    const failed: Failure[] = [];
    for (const [i, subject] of wanted.entries()) {
      if (isStopped.current) break;
      const why = await whyNotBlocked(subject, reason);
      if (why === null) blocked.push(subject);
      else failed.push({ subject, why });
      setDone([...blocked]);
      setFailures([...failed]);
      setLeft(wanted.slice(i + 1));
    }
    setIsRunning(false);
    if (blocked.length < subjects.length) return;
    sayAndOfferUndo(blocked);
    onDone();
    onClose();
  }

  function sayAndOfferUndo(blocked: readonly Subject[]): void {
    const what = blocked.length === 1 ? (blocked[0]?.name ?? '') : `${blocked.length} ${many}`;
    showToast({
      text: `${what} ${blocked.length === 1 ? 'is' : 'are'} blocked`,
      action: {
        label: 'Undo',
        run: () => void unblockAll(blocked),
      },
    });
  }

  async function unblockAll(blocked: readonly Subject[]): Promise<void> {
    const failed: Subject[] = [];
    for (const subject of blocked) await setBlocked(subject, null).catch(() => failed.push(subject));
    showToast(
      failed.length === 0
        ? { text: `${blocked.length} ${many} are no longer blocked` }
        : {
            text: `Still blocked: ${failed.map(({ name }) => name).join(', ')}`,
            isFailure: true,
            action: { label: 'Try again', run: () => void unblockAll(failed) },
          },
    );
  }

  useEffect(() => {
    if (hasBegun.current) return;
    hasBegun.current = true;
    void blockAll(subjects);
  }, []);

  function close(): void {
    if (isRunning) {
      isStopped.current = true;
      return;
    }
    if (done.length > 0) sayAndOfferUndo(done);
    onClose();
  }

  const tried = done.length + failures.length;
  const again = [...failures.map(({ subject }) => subject), ...left];
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="animate-appear fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onInteractOutside={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            // The bar with the button that was pressed goes away with the selection.
            document.getElementById('admin')?.focus();
          }}
          className="animate-rise fixed inset-x-4 top-1/2 z-50 mx-auto flex max-h-[calc(100dvh-32px)] max-w-lg -translate-y-1/2 flex-col gap-4 rounded-card border border-hairline bg-surface p-5 shadow-lift md:p-6"
        >
          <Dialog.Title className="text-lg font-semibold">
            {isRunning
              ? 'Blocking …'
              : done.length === 0
                ? 'Nothing is blocked'
                : `${done.length} of ${subjects.length} ${many} are blocked`}
          </Dialog.Title>
          <progress
            max={subjects.length}
            value={tried}
            aria-label="How far it is"
            className="h-2 w-full appearance-none overflow-hidden rounded-full bg-sunken accent-accent [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent"
          />
          <p role="status" className="text-sm text-muted">
            {tried} of {subjects.length}
            {failures.length > 0 && `, ${failures.length} could not be blocked`}
          </p>
          {failures.length > 0 && (
            <ul
              aria-label="Could not be blocked"
              className="scroll-quiet min-h-0 overflow-y-auto border-t border-hairline"
            >
              {failures.map(({ subject, why }) => (
                <li key={subject.id} className="border-b border-hairline py-2 text-sm">
                  <p className="font-semibold">{subject.name}</p>
                  <p className="text-muted">{why}</p>
                </li>
              ))}
            </ul>
          )}
          <div className="flex gap-3 *:flex-1 md:justify-end md:*:flex-none">
            <Button onClick={close}>{isRunning ? 'Stop' : 'Close'}</Button>
            {!isRunning && again.length > 0 && (
              <Button look="primary" onClick={() => void blockAll(again)}>
                Try {again.length === subjects.length ? 'again' : `the other ${again.length} again`}
              </Button>
            )}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

async function whyNotBlocked(subject: Subject, reason: string): Promise<string | null> {
  try {
    await setBlocked(subject, reason);
    return null;
  } catch (error) {
    return whyFailed(error);
  }
}
