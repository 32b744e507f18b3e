import type { DescribedFacts } from '@viewora/contracts/listing-text';
import { PencilLine, Square, Undo2 } from 'lucide-react';
import { Fragment, useId, useRef } from 'react';
import { Link } from 'react-router';
import { Button } from '../ui/button.tsx';
import { describedFacts, missingFacts } from './described-facts.ts';
import type { DescriptionDrafter, Drafting, WrittenDraft } from './description-drafter.ts';
import { DraftFailure } from './draft-failure.tsx';
import { stepSearch } from './editor.tsx';
import type { Part } from './form-parts.ts';
import type { ListingForm } from './listing-form.ts';

interface DraftHelpProps {
  drafter: DescriptionDrafter;
  drafting: Drafting;
  form: ListingForm;
  onWrite: (description: string) => void;
}

/** A description made of the facts, for whoever wants one. It goes into the field only as they say, and comes out again. */
export function DraftHelp({ drafter, drafting, form, onWrite }: DraftHelpProps) {
  const section = useRef<HTMLElement>(null);

  /** The pressed button goes away with what it was about. */
  function decide(run: () => void): void {
    run();
    section.current?.focus({ preventScroll: true });
  }

  return (
    <section ref={section} tabIndex={-1} aria-label="A draft of the description" className="outline-none">
      {drafting.state === 'offered' ? (
        <Offer
          draft={drafting}
          form={form}
          onAgain={(facts) => decide(() => void drafter.ask(facts))}
          onTake={(where) => decide(() => onWrite(drafter.take(form.description, where)))}
          onLeave={() => decide(() => drafter.settle())}
        />
      ) : drafting.state === 'taken' ? (
        <Taken
          former={drafting.former}
          onUndo={() => decide(() => onWrite(drafter.undo(form.description)))}
          onKeep={() => decide(() => drafter.settle())}
        />
      ) : (
        <Ask drafter={drafter} drafting={drafting} form={form} />
      )}
    </section>
  );
}

function Ask({ drafter, drafting, form }: Omit<DraftHelpProps, 'onWrite'>) {
  const facts = describedFacts(form);
  const isAsked = drafting.state === 'asked';
  const hint = useId();

  function press(): void {
    if (isAsked) drafter.stop();
    else if (facts) void drafter.ask(facts);
  }

  return (
    <div className="flex flex-col gap-3">
      {drafting.state === 'failed' && <DraftFailure error={drafting.error} />}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button aria-disabled={!facts} aria-describedby={hint} onClick={press} className="aria-disabled:opacity-60">
          {isAsked ? <Square size={14} aria-hidden /> : <PencilLine size={16} aria-hidden />}
          {isAsked ? 'Stop' : 'Draft it for me'}
        </Button>
        <p id={hint} className="min-w-0 flex-1 basis-56 text-sm text-muted">
          {isAsked ? (
            <span className="animate-breathe">Writing from your facts …</span>
          ) : facts ? (
            'Written from your facts alone. You see it first, and your own words stay as they are.'
          ) : (
            <>
              It has to know{' '}
              <Link to={{ search: stepSearch('place') }} className="underline underline-offset-4">
                what it is
              </Link>{' '}
              first.
            </>
          )}
        </p>
      </div>
    </div>
  );
}

interface OfferProps {
  draft: Extract<Drafting, { state: 'offered' }>;
  form: ListingForm;
  onAgain: (facts: DescribedFacts) => void;
  onTake: (where: 'instead' | 'below') => void;
  onLeave: () => void;
}

/** More would not be saved. */
const longest = 20_000;

function Offer({ draft: { text, by }, form, onAgain, onTake, onLeave }: OfferProps) {
  const own = form.description.trim();
  const facts = describedFacts(form);
  const isOutdated = facts !== null && by !== null && JSON.stringify(facts) !== JSON.stringify(by.facts);
  const isThere = own === text.trim();
  const fitsBelow = by !== null && own !== '' && own.length + text.length + 2 <= longest;
  return (
    <div className="flex flex-col gap-3 rounded-card border border-edge bg-surface p-4">
      <div>
        <h3 className="text-sm font-semibold">{by ? 'A draft' : 'What stood there a moment ago'}</h3>
        <p className="text-sm text-muted">{isThere ? 'Your description says just this already.' : comparison(own)}</p>
      </div>
      <p className="max-h-96 overflow-y-auto text-base break-words whitespace-pre-line">{text}</p>
      {by && (
        <div className="text-sm text-muted">
          <p>{originOf(by)}</p>
          {isOutdated ? <p>The facts have changed since.</p> : <Missing facts={missingFacts(form)} />}
        </div>
      )}
      <div className="flex flex-wrap gap-2.5">
        {!isThere && (
          <Button look="primary" onClick={() => onTake('instead')}>
            {own === '' ? 'Use it' : 'Use it instead of mine'}
          </Button>
        )}
        {!isThere && fitsBelow && <Button onClick={() => onTake('below')}>Add it below mine</Button>}
        {isOutdated && <Button onClick={() => onAgain(facts)}>Draft it again</Button>}
        <Button onClick={onLeave}>{isThere ? 'Close' : 'Leave it'}</Button>
      </div>
    </div>
  );
}

function comparison(own: string): string {
  return own === '' ? 'The field is empty until you use it.' : 'Your own words stand above, as they were.';
}

function originOf({ degraded, model }: WrittenDraft): string {
  return degraded
    ? 'Written by rules, without a language model: your facts as sentences.'
    : `Written by a language model (${model}) from your facts. Read it before you use it.`;
}

/** What a draft would have needed to say more, each with the way to it. */
function Missing({ facts }: { facts: readonly Part[] }) {
  if (facts.length === 0) return null;
  return (
    <p>
      To let it say more, add{' '}
      {facts.map(({ name, label, step }, i) => (
        <Fragment key={name}>
          {i > 0 && (i === facts.length - 1 ? ' and ' : ', ')}
          <Link to={{ search: stepSearch(step) }} className="underline underline-offset-4">
            {label.toLowerCase()}
          </Link>
        </Fragment>
      ))}
      .
    </p>
  );
}

function Taken({ former, onUndo, onKeep }: { former: string; onUndo: () => void; onKeep: () => void }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-card border border-hairline bg-surface px-4 py-3 text-sm">
      <p className="min-w-0 flex-1 basis-56">
        The draft is in the field: change it as you like.
        {former !== '' && ' Your own words are kept until you say that you do not need them.'}
      </p>
      <div className="flex gap-2.5">
        <Button onClick={onUndo}>
          <Undo2 size={16} aria-hidden /> Undo
        </Button>
        <Button onClick={onKeep}>{former === '' ? 'Fine' : 'Keep the draft'}</Button>
      </div>
    </div>
  );
}
