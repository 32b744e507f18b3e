import { ArrowLeft, ArrowRight, CircleAlert, Eye } from 'lucide-react';
import { useState } from 'react';
import { Link, useLocation } from 'react-router';
import { signInAddress } from '../entry/next-path.ts';
import type { Departure } from '../entry/return.ts';
import { sellerColumn } from '../selling/seller-page.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { FullSheet } from '../ui/full-sheet.tsx';
import { type Problems, type Step, steps } from './form-parts.ts';
import type { KeeperState, ListingKeeper } from './listing-keeper.ts';
import { Preview } from './preview.tsx';
import { saveText } from './save-text.ts';

interface EditorFooterProps {
  keeper: ListingKeeper;
  state: KeeperState;
  step: Step;
  complaints: Problems;
  onGo: (step: Step) => void;
}

/** How it stands with saving, and the ways on: at the thumb on a phone. */
export function EditorFooter({ keeper, state, step, complaints, onGo }: EditorFooterProps) {
  const [isPreviewed, setIsPreviewed] = useState(false);
  const savesItself = keeper.savesItself();
  const at = steps.indexOf(step);
  const [before, next] = [steps[at - 1], steps[at + 1]];
  return (
    <div className="border-t border-hairline bg-surface pb-[env(safe-area-inset-bottom)]">
      <div className={`${sellerColumn} flex flex-wrap items-center gap-x-4 gap-y-2 py-2.5`}>
        <SaveLine keeper={keeper} state={state} complaints={complaints} />
        <div className="ml-auto flex w-full gap-2.5 max-[359px]:gap-1.5 max-[359px]:*:min-w-11 max-[359px]:*:px-2.5 md:w-auto">
          <Button className="lg:hidden" onClick={() => setIsPreviewed(true)}>
            <Eye size={16} aria-hidden /> <span className={savesItself ? '' : 'max-md:sr-only'}>Preview</span>
          </Button>
          {before && (
            <Button onClick={() => onGo(before)} className="max-md:ml-auto">
              <ArrowLeft size={16} aria-hidden />
              <span className={savesItself ? '' : 'max-md:sr-only'}>Back</span>
            </Button>
          )}
          {next && (
            <Button
              look={savesItself ? 'primary' : 'plain'}
              onClick={() => onGo(next)}
              className={before ? '' : 'max-md:ml-auto'}
            >
              <span className={savesItself ? '' : 'max-md:sr-only'}>Next</span>
              <ArrowRight size={16} aria-hidden />
            </Button>
          )}
          {!savesItself && (
            <Button
              look="primary"
              aria-disabled={state.unsaved.length === 0 || state.isSaving}
              onClick={() => state.unsaved.length > 0 && !state.isSaving && void keeper.save()}
              className="whitespace-nowrap aria-disabled:opacity-60 max-md:flex-1"
            >
              {state.isSaving ? 'Saving …' : 'Save changes'}
            </Button>
          )}
        </div>
      </div>
      {isPreviewed && (
        <FullSheet
          title="Preview"
          closeLabel="Close the preview"
          onClose={() => setIsPreviewed(false)}
          footer={
            <Button look="primary" className="w-full" onClick={() => setIsPreviewed(false)}>
              Go on writing
            </Button>
          }
        >
          <div className="mx-auto max-w-sm py-6">
            <Preview form={state.form} listing={state.listing} />
          </div>
        </FullSheet>
      )}
    </div>
  );
}

function SaveLine({ keeper, state, complaints }: Pick<EditorFooterProps, 'keeper' | 'state' | 'complaints'>) {
  const location = useLocation();
  const { text, isBad, way } = saveText(state, keeper.savesItself(), complaints);
  const departure: Departure = { leftFrom: location.pathname + location.search + location.hash };
  return (
    <div className="flex min-h-6 min-w-0 items-center gap-3 text-sm md:min-h-10">
      <p role="status" className={`flex gap-1.5 ${isBad ? 'text-worse' : 'text-muted'}`}>
        {isBad && <CircleAlert size={16} aria-hidden className="mt-0.5 shrink-0" />}
        {text}
      </p>
      {way === 'retry' && (
        <button
          type="button"
          onClick={() => void keeper.save()}
          className="min-h-11 shrink-0 font-semibold md:min-h-10 text-accent underline underline-offset-4"
        >
          Try now
        </button>
      )}
      {way === 'sign-in' && (
        <Link to={signInAddress(location)} state={departure} className={`${buttonClass()} shrink-0`}>
          Sign in
        </Link>
      )}
      {!keeper.savesItself() && state.unsaved.length > 0 && !state.isSaving && (
        <button
          type="button"
          onClick={() => keeper.discard()}
          className="min-h-11 shrink-0 font-semibold md:min-h-10 underline underline-offset-4"
        >
          Discard
        </button>
      )}
    </div>
  );
}
