import { tokenize } from '@viewora/contracts/text';
import type { AdvisedFilter } from '@viewora/contracts/understanding';
import { mostSpokenOf, type Turn } from '../facts/turn.ts';
import { positive, wordsOf } from '../rank/wish.words.ts';
import type { Figures } from './figures.ts';

const mostDescribed = 3;

/** What to say of listings that were looked for. */
export function findProse(turn: Turn, figures: Figures): string[] {
  const { question, results } = turn;
  const asked = figures.has('asked') ? ': {{asked}}' : '';
  if (results.items.length === 0 && question.beside.length > 0) return ['There are no others that match.'];
  if (results.items.length === 0) {
    return [`Nothing on the market matches this now${asked}.`, loosening(question.filter)];
  }
  return [
    ...(question.isAstray ? ['The answer before has no such home.'] : []),
    `{{total}} ${results.total.value === 1 ? 'matches' : 'match'}${asked}.`,
    ...results.items.slice(0, mostDescribed).map((_, i) => `- ${listingSentence(`L${i + 1}`, figures)}`),
    ...wishSentences(turn, figures),
  ];
}

/** What to say of listings that were pointed at. */
export function pickedProse(turn: Turn, figures: Figures): string[] {
  if (turn.results.items.length === 0) return ['That home is off the market now.'];
  const spoken = turn.results.items.slice(0, mostSpokenOf);
  const homes = spoken.flatMap((_, i) => {
    const sentences = pickedSentences(`L${i + 1}`, figures);
    return spoken.length === 1 ? sentences : [`- ${sentences.join(' ')}`];
  });
  const found = foundWishes(turn, figures);
  const isWished = figures.has('wishes') && turn.details.length > 0;
  return [...homes, ...(isWished && found.length === 0 ? ['What is written there has nothing of {{wishes}}.'] : found)];
}

function pickedSentences(token: string, figures: Figures): string[] {
  const has = (fact: string) => figures.has(`${token}.${fact}`);
  const reasons = ['reason1', 'reason2', 'reason3'].filter(has).map((reason) => `{{${token}.${reason}}}`);
  return [
    listingSentence(token, figures, { hasReason: false }),
    ...(has('perArea') ? [`For its size it asks {{${token}.perArea}}.`] : []),
    ...(has('year') ? [`It was built in {{${token}.year}}, and has been listed for {{${token}.listed}}.`] : []),
    ...(reasons.length > 0 ? [`What speaks for it: ${reasons.join('; ')}.`] : []),
  ];
}

/** A listing with those of its facts that are known. */
export function listingSentence(token: string, figures: Figures, { hasReason = true } = {}): string {
  const known = ['price', 'beds', 'baths', 'area'].filter((fact) => figures.has(`${token}.${fact}`));
  const reason = hasReason && figures.has(`${token}.reason1`) ? `; {{${token}.reason1}}` : '';
  return `{{${token}}}: ${known.map((fact) => `{{${token}.${fact}}}`).join(', ')}${reason}.`;
}

/** What no filter can say, and whose sellers write of it; words that are not known are not repeated. */
function wishSentences(turn: Turn, figures: Figures): string[] {
  if (turn.question.wishes.length === 0) return [];
  if (!figures.has('wishes')) return ['Not all that is wished for is something a filter can look for.'];
  return ['No filter can look for {{wishes}}.', ...foundWishes(turn, figures).slice(0, 3)];
}

function foundWishes({ results, details }: Turn, figures: Figures): string[] {
  const written = new Map(
    details.map(({ id, title, description }) => [id, new Set(tokenize(`${title} ${description}`))]),
  );
  const spoken = results.items.slice(0, mostSpokenOf);
  const wishes = [...figures].filter(([token]) => /^wish\d+$/.test(token));
  return wishes.flatMap(([token, { text }]) => {
    const words = positive([text]).flatMap(wordsOf);
    if (words.length === 0) return [];
    const isIn = (id: string) => words.every((forms) => forms.some((form) => written.get(id)?.has(form)));
    const by = spoken.flatMap(({ id }, n) => (isIn(id) ? `{{L${n + 1}}}` : []));
    return by.length > 0 ? [`{{${token}}} is in what is written of ${listOf(by)}.`] : [];
  });
}

export function listOf(tokens: readonly string[]): string {
  const last = tokens.at(-1) ?? '';
  return tokens.length < 2 ? last : `${tokens.slice(0, -1).join(', ')} and ${last}`;
}

function loosening(filter: AdvisedFilter): string {
  if (filter.maxPriceMinor !== undefined) return 'A higher price, or another place, may bring some.';
  if (filter.minBeds !== undefined || filter.minAreaSqm !== undefined)
    return 'Fewer rooms or less space may bring some.';
  if (filter.place !== undefined || filter.near) return 'A place nearby may have some.';
  return 'Ask for less, and there may be some.';
}
