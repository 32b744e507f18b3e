import { invalidInput } from '@viewora/service-kit/errors';
import type { ZxcvbnFactory } from '@zxcvbn-ts/core';

let opened: Promise<ZxcvbnFactory> | undefined;

/** Its dictionaries take 40 MB, which only a replica has that is asked for a new password. */
async function openZxcvbn(): Promise<ZxcvbnFactory> {
  const [core, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]);
  return new core.ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    translations: english.translations,
    l33tMaxSubstitutions: 20,
  });
}

/** "Safely unguessable" (3 of 4): some 10⁸ guesses, on top of a slow hash. */
const leastScore = 3;
/** What is strong here is not weaker for what follows; and the estimate of a long text made for it takes long. */
const judgedLength = 40;

/** Why a password would soon be guessed, in words for its owner; null when it would not. */
export async function passwordProblem(
  password: string,
  { email, name }: { email: string; name: string },
): Promise<string | null> {
  opened ??= openZxcvbn();
  const zxcvbn = await opened;
  const own = [email, ...email.split(/[^a-z0-9]+/i), name, ...name.split(/\s+/), 'viewora'].filter(
    (word) => word.length > 2,
  );
  const { score, feedback } = zxcvbn.check(password.slice(0, judgedLength), own);
  if (score >= leastScore) return null;
  const hint = feedback.warning ?? feedback.suggestions[0] ?? 'Add another word or two.';
  return `is too easy to guess. ${hint}`;
}

/** @throws AppError `invalid_input` on `password`. */
export async function refuseWeak(password: string, owner: { email: string; name: string }): Promise<void> {
  const problem = await passwordProblem(password, owner);
  if (problem !== null) throw invalidInput([{ path: 'password', message: problem }]);
}
