import { Ban, History, Merge } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { formatAgo } from '../format/dates.ts';
import { ExpiryNote } from '../own-listings/expiry-note.tsx';
import { listWords } from '../own-listings/listing-moves.ts';
import { Button } from '../ui/button.tsx';
import type { Part } from './form-parts.ts';
import type { KeeperState, ListingKeeper } from './listing-keeper.ts';
import { saidOf } from './part-words.ts';

interface EditorNotesProps {
  keeper: ListingKeeper;
  state: KeeperState;
}

/** What has happened to a listing besides what is typed: a block, an earlier visit, a change elsewhere. */
export function EditorNotes({ keeper, state }: EditorNotesProps) {
  const { listing, restoredFrom, taken, conflicts, unsaved } = state;
  return (
    <div className="flex flex-col gap-3 empty:hidden *:first:mt-5">
      {listing?.isBlocked && (
        <Note Icon={Ban} isBad>
          An administrator has blocked this listing: nobody else sees it.
          {listing.blockedReason && ` Reason: ${listing.blockedReason}`}
        </Note>
      )}
      {listing && <ExpiryNote listing={listing} />}
      {listing?.status === 'sold' && <Note Icon={History}>This is sold. A sold listing stays as it is.</Note>}
      {restoredFrom !== null && (
        <Note Icon={History} onClose={() => keeper.dismissNotes()}>
          {unsaved.length > 0
            ? `What you typed ${formatAgo(new Date(restoredFrom).toISOString())} was not saved. It is back in its fields.`
            : `What you typed ${formatAgo(new Date(restoredFrom).toISOString())} is back, and saved.`}
          {unsaved.length > 0 && (
            <button
              type="button"
              onClick={() => keeper.discard()}
              className="ml-2 inline-flex min-h-11 items-center font-semibold underline underline-offset-4 md:min-h-0"
            >
              Discard it
            </button>
          )}
        </Note>
      )}
      {taken.length > 0 && (
        <Note Icon={Merge} onClose={() => keeper.dismissNotes()}>
          Changed elsewhere meanwhile, and taken over: {listWords(taken.map(({ label }) => label.toLowerCase()))}.
        </Note>
      )}
      {conflicts.length > 0 && <Conflicts keeper={keeper} state={state} />}
    </div>
  );
}

interface NoteProps {
  Icon: typeof Ban;
  isBad?: boolean;
  onClose?: () => void;
  children: ReactNode;
}

function Note({ Icon, isBad = false, onClose, children }: NoteProps) {
  return (
    <div
      role="status"
      className={`flex gap-3 rounded-card border bg-surface px-4 py-3 text-sm ${isBad ? 'border-worse text-worse' : 'border-hairline'}`}
    >
      <Icon size={18} aria-hidden className="mt-px shrink-0" />
      <div className="min-w-0 flex-1">{children}</div>
      {onClose && (
        <button
          type="button"
          onClick={onClose}
          className="thumb shrink-0 px-1 font-semibold md:-my-1 underline-offset-4 hover:underline"
        >
          Close
        </button>
      )}
    </div>
  );
}

/** Of what was changed in two places, each is chosen by looking at both. */
function Conflicts({ keeper, state }: EditorNotesProps) {
  const { conflicts, form, theirs } = state;
  const group = useRef<HTMLElement>(null);
  if (!theirs) return null;

  function choose(part: Part, choice: 'mine' | 'theirs'): void {
    keeper.resolve(part, choice);
    // The pressed button goes away with its row.
    group.current?.focus();
  }

  return (
    <section
      ref={group}
      tabIndex={-1}
      role="alert"
      aria-label="Changed in two places"
      className="rounded-card border border-worse bg-surface px-4 py-4 text-sm outline-none"
    >
      <p className="text-base font-semibold">This listing was changed elsewhere meanwhile</p>
      <p className="mt-1 text-muted">Choose what stands. Everything else is put together.</p>
      <ul className="mt-3 flex flex-col divide-y divide-hairline">
        {conflicts.map((part) => (
          <li key={part.name} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
            <div className="min-w-40 flex-1">
              <p className="font-semibold">{part.label}</p>
              <p className="break-words">Yours: {saidOf(part, form) ?? 'nothing'}</p>
              <p className="break-words">Theirs: {saidOf(part, theirs) ?? 'nothing'}</p>
            </div>
            <div className="flex gap-2">
              <Button aria-label={`${part.label}: keep yours`} onClick={() => choose(part, 'mine')}>
                Keep yours
              </Button>
              <Button aria-label={`${part.label}: take theirs`} onClick={() => choose(part, 'theirs')}>
                Take theirs
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
