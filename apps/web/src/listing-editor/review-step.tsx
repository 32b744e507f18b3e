import { useMutation } from '@tanstack/react-query';
import { propertyApi } from '@viewora/contracts/property';
import type { User } from '@viewora/contracts/user';
import { CircleAlert, ExternalLink, Store } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { call } from '../api/api-client.ts';
import { failureText, needsPapers } from '../selling/failure-text.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { FormFailure } from '../ui/form-failure.tsx';
import { LiveRegion } from '../ui/live-region.tsx';
import { ConcernList } from './concern-list.tsx';
import { stepSearch } from './editor.tsx';
import { type Part, type Problems, partOf, parts, type Step, steps } from './form-parts.ts';
import { type FormKey, type ListingForm, neededKeys } from './listing-form.ts';
import type { KeeperState, ListingKeeper } from './listing-keeper.ts';
import { saidOf } from './part-words.ts';
import { stepTitles } from './step-nav.tsx';
import { useConcernsSaid } from './use-concerns-said.ts';
import { checkedKeys, useTextChecks } from './use-text-check.ts';
import type { SoughtWords } from './words-step.tsx';

interface ReviewStepProps {
  keeper: ListingKeeper;
  state: KeeperState;
  user: User;
  complaints: Problems;
  onSeek: (words: SoughtWords) => void;
}

/** All that is said, what is still needed, and the step onto the market. */
export function ReviewStep({ keeper, state, user, complaints, onSeek }: ReviewStepProps) {
  const { form, listing } = state;
  const toDo = thingsToDo(form, complaints);
  return (
    <>
      {listing?.status !== 'sold' && <WordsToLookAt form={form} onSeek={onSeek} />}
      {listing?.status === 'published' ? (
        <OnTheMarket listing={listing} />
      ) : (
        listing?.status !== 'sold' && <Publish keeper={keeper} state={state} user={user} toDo={toDo} />
      )}
      {listing?.status === 'published' && toDo.length > 0 && <ToDo toDo={toDo} />}
      {steps
        .filter((step) => step !== 'review')
        .map((step) => (
          <Told key={step} step={step} form={form} canEdit={listing?.status !== 'sold'} />
        ))}
    </>
  );
}

/** What of the words should be others. It is advice: what goes on the market, its owner says. */
function WordsToLookAt({ form, onSeek }: { form: ListingForm; onSeek: ReviewStepProps['onSeek'] }) {
  const checks = useTextChecks(form);
  const said = useConcernsSaid(checks);
  return (
    <>
      <LiveRegion message={said} />
      {checkedKeys.map((key) => (
        <ConcernList
          key={key}
          label={partOf(key).label}
          concerns={checks[key].concerns}
          onChoose={(concern) => onSeek({ key, concern })}
        >
          <p className="text-muted">This is advice: it can be published as it is.</p>
        </ConcernList>
      ))}
    </>
  );
}

interface Thing {
  key: FormKey;
  part: Part;
  /** The second half of a sentence that begins with the part's label. */
  said: string;
}

/** What keeps a listing off the market: what is wrong, and what is missing. */
function thingsToDo(form: ListingForm, complaints: Problems): Thing[] {
  const isGiven = (key: FormKey) => form[key].trim() !== '';
  const wrong = (Object.entries(complaints) as [FormKey, string][]).map(([key, said]) => ({ key, said }));
  const missing = neededKeys.filter((key) => !isGiven(key) && !complaints[key]);
  return [...wrong, ...missing.map((key) => ({ key, said: 'is needed' }))].map((thing) => ({
    ...thing,
    part: partOf(thing.key),
  }));
}

function ToDo({ toDo }: { toDo: readonly Thing[] }) {
  return (
    <ul className="flex flex-col gap-1">
      {toDo.map(({ key, part, said }) => (
        <li key={key} className="flex items-center gap-2 text-base">
          <CircleAlert size={17} aria-hidden className="shrink-0 text-worse" />
          <Link
            to={{ search: stepSearch(part.step) }}
            className="flex min-h-11 items-center underline underline-offset-4 md:min-h-10"
          >
            {part.label} {said}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Publish({
  keeper,
  state,
  user,
  toDo,
}: Omit<ReviewStepProps, 'complaints' | 'onSeek'> & { toDo: readonly Thing[] }) {
  const { listing } = state;
  const isRelisting = listing?.status === 'archived';
  const panel = useRef<HTMLDivElement>(null);
  const publishing = useMutation({
    mutationFn: async () => {
      // What is typed belongs to what is published.
      const isSaved = await keeper.save();
      const current = keeper.state().listing;
      if (!isSaved || !current) return;
      const operation = isRelisting ? propertyApi.relist : propertyApi.publish;
      keeper.adopt(await call(operation, { id: current.id }));
    },
  });
  const { error } = publishing;
  // The button that was pressed is gone with the panel; the heading says where one is.
  useEffect(() => {
    if (error) panel.current?.scrollIntoView({ block: 'nearest' });
  }, [error]);

  function publish(): void {
    if (toDo.length > 0) panel.current?.querySelector('a')?.focus();
    else if (!publishing.isPending) publishing.mutate();
  }

  return (
    <div ref={panel} className="flex flex-col items-start gap-3 rounded-card border border-hairline bg-surface p-5">
      {listing?.isBlocked ? (
        <p className="text-base">It can go on the market once an administrator has lifted the block.</p>
      ) : (
        <>
          {toDo.length > 0 ? (
            <>
              <p className="text-base font-semibold">Before others can see it</p>
              <ToDo toDo={toDo} />
            </>
          ) : (
            <p className="text-base">
              {isRelisting ? 'It is archived: nobody else sees it.' : 'Everything that is needed is there.'} Once it is
              on the market, everybody can find it; you can change it or take it back at any time.
            </p>
          )}
          {error && <Refused error={error} user={user} />}
          <Button
            look="primary"
            aria-disabled={publishing.isPending || toDo.length > 0}
            onClick={publish}
            className="aria-disabled:opacity-60"
          >
            <Store size={16} aria-hidden />
            {publishing.isPending ? 'Publishing …' : isRelisting ? 'Put back on the market' : 'Publish'}
          </Button>
        </>
      )}
    </div>
  );
}

/** Why it was not published. Papers that nobody has looked at yet are sent, and looked after, on a page of their own. */
function Refused({ error, user }: { error: Error; user: User }) {
  if (!needsPapers(error)) return <FormFailure error={error} said={failureText(error)} />;
  const papers = user.role === 'broker' ? 'your licence' : 'your proof of ownership';
  return (
    <FormFailure
      error={error}
      said={
        <>
          Listings go on the market once an administrator has seen {papers}. This one is kept as a draft until then.{' '}
          <Link to="/verification" className="font-semibold underline underline-offset-4">
            {user.verification === 'pending' ? 'See how it stands' : 'Send your papers'}
          </Link>
        </>
      }
    />
  );
}

function OnTheMarket({ listing }: { listing: NonNullable<KeeperState['listing']> }) {
  const panel = useRef<HTMLDivElement>(null);
  // Published a moment ago: whoever listens hears what has become of it.
  useEffect(() => {
    if (document.activeElement === document.body) panel.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div
      ref={panel}
      tabIndex={-1}
      role="status"
      className="flex flex-col items-start gap-3 rounded-card border border-hairline bg-surface p-5 outline-none"
    >
      <p className="flex items-center gap-2 text-base font-semibold">
        <Store size={18} aria-hidden /> It is on the market
      </p>
      {!listing.isBlocked && (
        <Link to={`/homes/${listing.id}`} className={buttonClass()}>
          <ExternalLink size={16} aria-hidden /> See it as buyers do
        </Link>
      )}
    </div>
  );
}

function Told({ step, form, canEdit }: { step: Step; form: ListingForm; canEdit: boolean }) {
  const rows = parts
    .filter((part) => part.step === step)
    .map((part) => ({ part, said: saidOf(part, form) }))
    .filter(({ said }) => said !== null);
  return (
    <section aria-label={stepTitles[step]} className="border-t border-hairline pt-4">
      <div className="flex items-center justify-between gap-4">
        <h3 className="text-base font-semibold">{stepTitles[step]}</h3>
        {canEdit && (
          <Link
            to={{ search: stepSearch(step) }}
            aria-label={`Change: ${stepTitles[step]}`}
            className="flex min-h-11 min-w-11 items-center justify-end text-sm font-semibold text-accent underline-offset-4 md:min-h-10 hover:underline"
          >
            Change
          </Link>
        )}
      </div>
      {rows.length === 0 ? (
        <p className="text-sm text-muted">Nothing said yet</p>
      ) : (
        <dl className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-x-5 gap-y-1.5 pt-1 text-sm">
          {rows.map(({ part, said }) => (
            <div key={part.name} className="contents">
              <dt className="text-muted">{part.label}</dt>
              <dd className="break-words whitespace-pre-line">{said}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
