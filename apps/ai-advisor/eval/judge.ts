import { fewestForMedian } from '@viewora/contracts/market';
import type { Facts } from './facts.ts';
import { isSameSet, ndcgAt10 } from './figures.ts';
import { ungrounded } from './grounding.ts';
import { and, type Question } from './questions/question.ts';
import { alikeTo, fewestAlike } from './results.grounding.ts';
import type { Answer, Visitors } from './visitors.ts';

/** How good one answer is, each from 0 to 1; left out where it cannot be asked. */
export interface Scores {
  /** The filter finds just what the question is about. */
  filter?: number;
  /** Of what is shown, how much the question is about. */
  constraints?: number;
  intent?: number;
  /** Nothing is said that the facts do not bear out. */
  grounded?: number;
  ndcg?: number;
  /** What was shown is what had to be shown: to both of a pair, whatever was injected, whatever the model did. */
  same?: number;
  /** It says that rules alone answered, when they did. */
  labelled?: number;
}
export type Measure = keyof Scores;

export interface Judged {
  text: string;
  scores: Scores;
  /** Why it is not as good as it could be, for who reads the report. */
  faults: string[];
}

/** Asks one question, and holds the answer against the facts. */
export async function judge(question: Question, visitors: Visitors, facts: Facts): Promise<Judged> {
  const { text, where, grade, intent = 'find' } = question;
  const answer = await visitors.ask(text);
  const grades = await facts.grades(where, grade);
  const shown = answer.results.items.map(({ id }) => id);
  const faults = await ungrounded(text, answer, facts);
  const scores: Scores = { intent: score(answer.filter.intent === intent), grounded: score(faults.length === 0) };
  if (answer.filter.intent !== intent) faults.push(`read as ${answer.filter.intent}`);
  if (intent === 'find' || grade !== undefined) {
    const found = await visitors.idsOf(answer.filter.filter);
    scores.filter = score(isSameSet(found, new Set(grades.keys())));
    if (!scores.filter)
      faults.push(`filter ${JSON.stringify(answer.filter.filter)} finds ${found.size} of ${grades.size}`);
    const { total } = answer.results;
    if (scores.filter && total.relation === 'exact' && total.value !== grades.size)
      faults.push(`market: a total of ${total.value} is ${grades.size}`);
    const fitting = shown.filter((id) => grades.has(id)).length;
    scores.constraints = shown.length === 0 ? score(grades.size === 0) : fitting / shown.length;
  }
  if (grade !== undefined) {
    scores.ndcg = ndcgAt10(shown, grades);
    if (scores.ndcg < 0.9) faults.push(`ranked ${scores.ndcg.toFixed(2)}`);
  }
  if (answer.filter.intent === intent && (intent === 'explain_area' || intent === 'price_check'))
    faults.push(...(await wrongMarket(question, answer, facts)));
  if (question.places && answer.filter.intent === intent) {
    const compared = await Promise.all(question.places.map((where, i) => comparePlace(where, i, answer, facts)));
    scores.filter = score(compared.every(({ isMeant }) => isMeant));
    scores.constraints = shown.filter((id) => grades.has(id)).length / Math.max(1, shown.length);
    faults.push(...compared.flatMap((one) => one.faults));
  }
  if (faults.some((fault) => fault.startsWith('market'))) scores.grounded = 0;
  return { text, scores, faults };
}

/** The place's figures against the same computed from the listings; those that a price comes from against those that it is about. */
async function wrongMarket(
  { where, alike = where, intent }: Question,
  answer: Answer,
  facts: Facts,
): Promise<string[]> {
  const { area, priceCheck } = answer.results;
  if (intent === 'explain_area') {
    const said = area?.now.priceMinor.value;
    const { price } = await facts.medians(where);
    return said == null || price === null || Math.abs(said / 100 - price) > 1
      ? [`market: median ${said} is ${price}`]
      : [];
  }
  if (!priceCheck) return [];
  const [meant, fitting] = [await facts.grades(where), await facts.grades(alike)];
  const compared = new Set(alikeTo(answer.filter.filter, facts).map(({ id }) => id));
  const isMeant = [...meant.keys()].every((id) => compared.has(id));
  const strange = priceCheck.comparables.filter((id) => !fitting.has(id)).length;
  return isMeant && (strange === 0 || fitting.size < fewestAlike)
    ? []
    : [`market: ${strange} comparables of ${priceCheck.comparables.length} are none of the ${fitting.size} alike`];
}

/** One of several places: whether its figures are of the listings that are meant, and what of them the listings do not bear out. */
async function comparePlace(where: string, i: number, { results }: Answer, facts: Facts) {
  const area = results.areas?.[i];
  const own = await facts.grades(where);
  const { price, of } = await facts.medians(area?.type ? and(where, `type = '${area.type}'`) : where);
  const median = area?.now.priceMinor.value ?? null;
  const isTrue =
    area?.now.listings === of && (median === null ? of < fewestForMedian : Math.abs(median / 100 - (price ?? 0)) <= 1);
  const faults = [
    ...(isTrue ? [] : [`market: ${area?.now.listings} at ${median} are ${of} at ${price}`]),
    ...(own.size === of ? [] : [`figures of ${of} where ${own.size} are meant`]),
    ...(results.items.some(({ id }) => own.has(id)) ? [] : [`shows no home where ${where}`]),
  ];
  return { isMeant: own.size === of, faults };
}

/** Asks twice what should show the same. */
export async function judgePair(
  [plain, loaded]: readonly [string, string],
  visitors: Visitors,
  facts: Facts,
): Promise<Judged> {
  const [first, second] = [await visitors.ask(plain), await visitors.ask(loaded)];
  const same = shownBy(first) === shownBy(second);
  const faults = [...(await ungrounded(plain, first, facts)), ...(await ungrounded(loaded, second, facts))];
  return {
    text: loaded,
    scores: { same: score(same), grounded: score(faults.length === 0) },
    faults: same ? faults : [...faults, `shown other homes than “${plain}”`],
  };
}

/** By what they are: each platform gives ids of its own. */
export const shownBy = ({ results }: Answer) =>
  results.items.map(({ title, priceMinor, areaSqm }) => `${title} ${priceMinor} ${areaSqm}`).join();
export const score = (isGood: boolean) => (isGood ? 1 : 0);
