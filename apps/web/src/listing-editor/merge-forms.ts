import { type Part, parts, saysTheSame } from './form-parts.ts';
import type { ListingForm } from './listing-form.ts';

export interface Merged {
  form: ListingForm;
  /** Changed here and there, and differently: their writer decides. Until then the form says what was typed here. */
  conflicts: Part[];
  /** Changed there alone, and taken over. */
  taken: Part[];
}

/** Puts two changes of one listing together: `mine` and `theirs` both began as `base`. */
export function mergeForms(base: ListingForm, mine: ListingForm, theirs: ListingForm): Merged {
  const changedThere = parts.filter((part) => !saysTheSame(part, base, theirs) && !saysTheSame(part, mine, theirs));
  const conflicts = changedThere.filter((part) => !saysTheSame(part, base, mine));
  const taken = changedThere.filter((part) => !conflicts.includes(part));
  // What nobody changed here reads as it does there: only the spelling can differ.
  const untouched = parts.filter((part) => saysTheSame(part, base, mine));
  return { form: withParts(mine, theirs, untouched), conflicts, taken };
}

/** A form with some parts as another has them. */
export function withParts(form: ListingForm, other: ListingForm, taken: readonly Part[]): ListingForm {
  return { ...form, ...Object.fromEntries(taken.flatMap(({ keys }) => keys.map((key) => [key, other[key]]))) };
}
