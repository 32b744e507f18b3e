import type { Concern } from '@viewora/contracts/listing-text';
import { useEffect, useRef, useState } from 'react';
import { FormField } from '../ui/form-field.tsx';
import { FormTextArea } from '../ui/form-text-area.tsx';
import { LiveRegion } from '../ui/live-region.tsx';
import { ConcernList } from './concern-list.tsx';
import type { DescriptionDrafter, Drafting } from './description-drafter.ts';
import { DraftHelp } from './draft-help.tsx';
import type { StepProps } from './editor.tsx';
import { partOf } from './form-parts.ts';
import { selectWords } from './select-words.ts';
import { checkFailure } from './text-check.ts';
import { useConcernsSaid } from './use-concerns-said.ts';
import { type CheckedKey, checkedKeys, useTextChecks } from './use-text-check.ts';

/** Words that somebody wants to see where they stand. */
export interface SoughtWords {
  key: CheckedKey;
  concern: Concern;
}

interface WordsStepProps extends StepProps {
  drafter: DescriptionDrafter;
  drafting: Drafting;
  /** What the step was opened for. */
  sought: SoughtWords | null;
  onFound: () => void;
}

export function WordsStep({ form, listing, onChange, drafter, drafting, sought, onFound }: WordsStepProps) {
  const checks = useTextChecks(form);
  const said = useLatestSaid(draftSaid[drafting.state], useConcernsSaid(checks));
  const fields = {
    title: useRef<HTMLInputElement>(null),
    description: useRef<HTMLTextAreaElement>(null),
  };

  function select({ key, concern }: SoughtWords): void {
    if (fields[key].current) selectWords(fields[key].current, concern);
  }

  useEffect(() => {
    if (!sought) return;
    select(sought);
    onFound();
  });

  const concernsOf = (key: CheckedKey) => (
    <ConcernList
      label={partOf(key).label}
      concerns={checks[key].concerns}
      onChoose={(concern) => select({ key, concern })}
    />
  );
  return (
    <>
      <LiveRegion message={said} />
      <FormField
        ref={fields.title}
        name="title"
        label="Title"
        maxLength={200}
        placeholder={listing?.title}
        value={form.title}
        onChange={(event) => onChange({ title: event.target.value })}
        hint="Left empty, it is made of the facts."
      />
      {concernsOf('title')}
      <FormTextArea
        ref={fields.description}
        name="description"
        label="Description"
        maxLength={20_000}
        rows={6}
        placeholder={listing?.description}
        value={form.description}
        onChange={(event) => onChange({ description: event.target.value })}
        hint="What the facts do not say: the light, the street, what is new. Left empty, it is made of the facts."
      />
      {concernsOf('description')}
      <NotChecked checks={checks} />
      <DraftHelp
        drafter={drafter}
        drafting={drafting}
        form={form}
        onWrite={(description) => onChange({ description })}
      />
      <FormTextArea
        name="nearbyPlaces"
        label="Nearby"
        rows={3}
        value={form.nearbyPlaces}
        onChange={(event) => onChange({ nearbyPlaces: event.target.value })}
        hint="One a line, up to 20: schools, stations, shops."
      />
      <FormField
        name="sellingReason"
        label="Reason for selling"
        maxLength={500}
        value={form.sellingReason}
        onChange={(event) => onChange({ sellingReason: event.target.value })}
        hint="Everybody sees it. It may stay empty."
      />
    </>
  );
}

const draftSaid: Record<Drafting['state'], string> = {
  idle: '',
  asked: 'Writing a draft.',
  failed: '',
  offered: 'A draft stands below the description.',
  taken: 'The draft is in the description. It can be undone.',
};

/** Of two things that can be said aloud, the one that changed last: two regions would talk over each other. */
function useLatestSaid(first: string, second: string): string {
  const [said, say] = useState('');
  useEffect(() => say(first), [first]);
  useEffect(() => say(second), [second]);
  return said;
}

function NotChecked({ checks }: { checks: ReturnType<typeof useTextChecks> }) {
  const failed = checkedKeys.map((key) => checks[key]).filter(({ error }) => error !== null);
  const [error] = failed.map((check) => check.error);
  if (!error) return null;
  return (
    <p className="flex flex-wrap items-center gap-x-3 text-sm text-muted">
      The words are not checked: {checkFailure(error)}.
      <button
        type="button"
        onClick={() => {
          for (const check of failed) check.retry();
        }}
        className="thumb font-semibold underline underline-offset-4"
      >
        Check now
      </button>
    </p>
  );
}
