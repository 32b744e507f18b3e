import { Check, CircleAlert } from 'lucide-react';
import { Link } from 'react-router';
import { type Problems, parts, type Step, steps } from './form-parts.ts';
import { type ListingForm, neededKeys } from './listing-form.ts';

export const stepTitles: Record<Step, string> = {
  place: 'What and where',
  facts: 'Facts',
  price: 'Price',
  words: 'Words',
  review: 'Review and publish',
};
const shortTitles: Record<Step, string> = { ...stepTitles, review: 'Review' };

interface StepNavProps {
  current: Step;
  form: ListingForm;
  complaints: Problems;
}

/** Where one is, and which steps are told or have something wrong with them. Any of them can be opened at any time. */
export function StepNav({ current, form, complaints }: StepNavProps) {
  return (
    <nav aria-label="Steps" className="mt-4 border-b border-hairline">
      <ol className="flex justify-between gap-1 md:justify-start md:gap-7">
        {steps.map((step, i) => (
          <li key={step}>
            <Link
              to={{ search: step === 'place' ? '' : `?step=${step}` }}
              aria-current={step === current ? 'step' : undefined}
              className="group flex min-h-12 items-center gap-2 border-b-2 border-transparent px-1 text-sm text-muted transition-colors hover:text-ink aria-[current=step]:border-accent aria-[current=step]:font-semibold aria-[current=step]:text-ink"
            >
              <StepMark number={i + 1} state={stateOf(step, form, complaints)} />
              <span className="sr-only group-aria-[current=step]:not-sr-only md:not-sr-only">{shortTitles[step]}</span>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

type StepState = 'open' | 'told' | 'wrong';

function stateOf(step: Step, form: ListingForm, complaints: Problems): StepState {
  const keys = parts.filter((part) => part.step === step).flatMap((part) => part.keys);
  if (keys.some((key) => key in complaints && form[key] !== '')) return 'wrong';
  const needed = keys.filter((key) => neededKeys.includes(key) || key === 'type');
  const isTold = needed.length > 0 ? needed.every((key) => form[key] !== '') : keys.some((key) => isAnswer(key, form));
  return isTold ? 'told' : 'open';
}

/** A unit is chosen already before there is anything to measure. */
function isAnswer(key: keyof ListingForm, form: ListingForm): boolean {
  return key !== 'areaUnit' && key !== 'currency' && form[key] !== '';
}

function StepMark({ number, state }: { number: number; state: StepState }) {
  const look =
    'grid size-6 shrink-0 place-items-center rounded-full border text-xs group-aria-[current=step]:border-accent';
  if (state === 'wrong') {
    return (
      <span className={`${look} border-worse text-worse`}>
        <CircleAlert size={14} aria-hidden />
        <span className="sr-only">Something is wrong: </span>
      </span>
    );
  }
  if (state === 'told') {
    return (
      <span className={`${look} border-hairline bg-sunken text-better`}>
        <Check size={14} aria-hidden />
        <span className="sr-only">Told: </span>
      </span>
    );
  }
  return <span className={`${look} border-edge`}>{number}</span>;
}
