import { invalidInput } from '@viewora/service-kit/errors';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';

const zxcvbn = new ZxcvbnFactory({
  dictionary: { ...common.dictionary, ...english.dictionary },
  graphs: common.adjacencyGraphs,
  translations: english.translations,
  l33tMaxSubstitutions: 20,
});

/** "Safely unguessable" (3 of 4): some 10⁸ guesses, on top of a slow hash. */
const leastScore = 3;
/** What is strong here is not weaker for what follows; and the estimate of a long text made for it takes long. */
const judgedLength = 40;

/** Why a password would soon be guessed, in words for its owner; null when it would not. */
export function passwordProblem(password: string, { email, name }: { email: string; name: string }): string | null {
  const own = [email, ...email.split(/[^a-z0-9]+/i), name, ...name.split(/\s+/), 'viewora'].filter(
    (word) => word.length > 2,
  );
  const { score, feedback } = zxcvbn.check(password.slice(0, judgedLength), own);
  if (score >= leastScore) return null;
  const hint = feedback.warning ?? feedback.suggestions[0] ?? 'Add another word or two.';
  return `is too easy to guess. ${hint}`;
}

/** @throws AppError `invalid_input` on `password`. */
export function refuseWeak(password: string, owner: { email: string; name: string }): void {
  const problem = passwordProblem(password, owner);
  if (problem !== null) throw invalidInput([{ path: 'password', message: problem }]);
}
