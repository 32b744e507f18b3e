import { AppError } from '@viewora/contracts/errors';
import type { OwnListing } from '@viewora/contracts/own-listing';
import type { User } from '@viewora/contracts/user';
import { ChartNoAxesColumn } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { sellerColumn } from '../selling/seller-page.tsx';
import { buttonClass } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { FormContext } from '../ui/form.tsx';
import { useLeaveGuard } from '../ui/use-leave-guard.ts';
import { EditorFooter } from './editor-footer.tsx';
import { EditorNotes } from './editor-notes.tsx';
import { FactsStep } from './facts-step.tsx';
import { type Step, steps } from './form-parts.ts';
import type { FormKey, ListingForm } from './listing-form.ts';
import { complaintsOf } from './listing-keeper.ts';
import { PlaceStep } from './place-step.tsx';
import { Preview } from './preview.tsx';
import { PriceStep } from './price-step.tsx';
import { ReviewStep } from './review-step.tsx';
import { StepNav, stepTitles } from './step-nav.tsx';
import { useDescriptionDrafter } from './use-description-drafter.ts';
import { useListingKeeper } from './use-listing-keeper.ts';
import { type SoughtWords, WordsStep } from './words-step.tsx';

interface EditorProps {
  user: User;
  /** Null where a new one is begun. */
  listing: OwnListing | null;
  currency: string;
  onBegun: (listing: OwnListing) => void;
}

/** What a step has to know and can do. */
export interface StepProps {
  form: ListingForm;
  listing: OwnListing | null;
  onChange: (fields: Partial<ListingForm>) => void;
}

/** A listing written step by step, beside what others will see of it. */
export function Editor({ user, listing: opened, currency, onBegun }: EditorProps) {
  const [keeper, state] = useListingKeeper({ userId: user.id, listing: opened, currency, onBegun });
  const navigate = useNavigate();
  const { listing, form, unsaved, error } = state;
  const [drafter, drafting] = useDescriptionDrafter(user.id, listing?.id ?? null);
  const [sought, setSought] = useState<SoughtWords | null>(null);
  const isSold = listing?.status === 'sold';
  const wished = useStep();
  const step = isSold ? 'review' : wished;
  const heading = useRef<HTMLHeadingElement>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  // Whoever signs in again comes back to what is kept: that needs no question.
  const isSignedOut = error instanceof AppError && error.code === 'unauthenticated';
  const guard = useLeaveGuard(unsaved.length > 0 && !isSignedOut && (!keeper.savesItself() || error !== null));
  useStepFocus(step, heading);
  // Whoever signed in again, in another tab, need not press anything.
  useEffect(() => {
    if (user && keeper.state().error && keeper.savesItself()) void keeper.save();
  }, [user, keeper]);

  const complaints = complaintsOf(state);
  const shown = Object.entries(complaints).filter(
    ([key]) => left.has(key) || step === 'review' || key in state.refused,
  );
  const next = steps[steps.indexOf(step) + 1];

  function go(to: Step): void {
    navigate({ search: stepSearch(to) });
  }

  function seek(words: SoughtWords): void {
    setSought(words);
    go('words');
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (next) go(next);
  }

  function leaveField({ target }: { target: EventTarget }): void {
    const { name } = target as HTMLInputElement;
    if (name && form[name as FormKey] !== '') setLeft((before) => new Set(before).add(name));
  }

  const told: StepProps = { form, listing, onChange: (fields) => keeper.change(fields) };
  return (
    <>
      <div className="scroll-quiet min-h-0 flex-1 overflow-y-auto">
        <div className={`${sellerColumn} grid gap-x-14 pt-5 pb-12 lg:grid-cols-[minmax(0,1fr)_280px] lg:pt-8`}>
          <div className="min-w-0">
            <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
              <h1 className="text-xl font-semibold text-balance">{listing?.title ?? 'New listing'}</h1>
              {listing && listing.status !== 'draft' && (
                <Link to={`/sell/${listing.id}/analytics`} className={buttonClass()}>
                  <ChartNoAxesColumn size={16} aria-hidden /> Figures
                </Link>
              )}
            </div>
            {!isSold && <StepNav current={step} form={form} complaints={complaints} />}
            <EditorNotes keeper={keeper} state={state} />
            <FormContext value={{ fields: Object.fromEntries(shown), isPending: false }}>
              <form noValidate onSubmit={submit} onBlur={leaveField} className="pt-6">
                <h2 ref={heading} tabIndex={-1} className="text-lg font-semibold outline-none">
                  {isSold ? 'What it says' : stepTitles[step]}
                </h2>
                <div className="flex flex-col gap-5 pt-5">
                  {step === 'place' && <PlaceStep {...told} />}
                  {step === 'facts' && <FactsStep {...told} />}
                  {step === 'price' && <PriceStep {...told} />}
                  {step === 'words' && (
                    <WordsStep
                      {...told}
                      drafter={drafter}
                      drafting={drafting}
                      sought={sought}
                      onFound={() => setSought(null)}
                    />
                  )}
                  {step === 'review' && (
                    <ReviewStep keeper={keeper} state={state} user={user} complaints={complaints} onSeek={seek} />
                  )}
                </div>
                {/* Without a button of its own a form is not sent by the Enter key. */}
                <button type="submit" hidden tabIndex={-1} />
              </form>
            </FormContext>
          </div>
          <aside aria-label="Preview" className="hidden lg:block">
            <div className="sticky top-8">
              <Preview form={form} listing={listing} />
            </div>
          </aside>
        </div>
      </div>
      {!isSold && <EditorFooter keeper={keeper} state={state} step={step} complaints={complaints} onGo={go} />}
      {guard.asked && (
        <ConfirmDialog
          title="Leave without saving?"
          action="Leave"
          pending="Leaving …"
          way="Stay"
          isPending={false}
          error={null}
          onConfirm={guard.leave}
          onClose={guard.stay}
        >
          {keeper.savesItself()
            ? 'What you typed could not be saved yet. It is kept on this device, and comes back when you open this page again.'
            : 'Others still see the listing as it was. Your changes are kept on this device, and come back when you open it again.'}
        </ConfirmDialog>
      )}
    </>
  );
}

function useStep(): Step {
  const [params] = useSearchParams();
  return steps.find((step) => step === params.get('step')) ?? 'place';
}

export function stepSearch(step: Step): string {
  return step === 'place' ? '' : `?step=${step}`;
}

/** Each step is a page of its own to whoever hears it, and begins at its top. */
function useStepFocus(step: Step, heading: { current: HTMLHeadingElement | null }): void {
  const shown = useRef<Step | null>(null);
  useEffect(() => {
    const isFirst = shown.current === null;
    const isSame = shown.current === step;
    shown.current = step;
    // A step that was opened for certain words has shown them already.
    if (isSame || heading.current?.closest('form')?.contains(document.activeElement)) return;
    heading.current?.focus({ preventScroll: true });
    if (!isFirst) heading.current?.closest('.overflow-y-auto')?.scrollTo({ top: 0 });
  }, [step, heading]);
}
