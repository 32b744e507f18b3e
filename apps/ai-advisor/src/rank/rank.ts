import type { Candidate } from '@viewora/contracts/candidate';
import type { FactWish } from './fact.wishes.ts';

/** What listings are put in order by, beside what is known of each by itself. */
export interface Evidence {
  /** Similarity of its text to the wishes, where that could be told. */
  meaning: ReadonlyMap<string, number>;
  /** Views of seven days. */
  views: ReadonlyMap<string, number>;
  /** What is wished for that facts tell. */
  facts: ReadonlySet<FactWish>;
  /** Where luxury is: how many that match ask less. */
  dearness: ReadonlyMap<string, number>;
}

type Feature = (candidate: Candidate, all: Statistics, evidence: Evidence) => number | null;

/** What a candidate set says of its own words. */
interface Statistics {
  /** How telling each of the words is: what every listing has says nothing. */
  tellings: ReadonlyMap<number, number>;
}

/**
 * What a place in the list comes from. More is better; null has no say. Nothing here is about people, nor about who lives where.
 * A feature orders the candidates, and only the order counts, so that none can outdo the others by going to extremes: a text
 * that repeats a word a hundred times has it once.
 */
const features: Record<string, { weight: number; wished?: Partial<Record<FactWish, number>>; value: Feature }> = {
  words: { weight: 4, value: ({ matched }, { tellings }) => sum(matched.map((n) => tellings.get(n) ?? 0)) || null },
  meaning: { weight: 3, value: ({ id }, _, { meaning }) => meaning.get(id) ?? null },
  nearness: { weight: 1, value: ({ distanceM }) => (distanceM === null ? null : -distanceM) },
  priceToMarket: {
    weight: 1,
    // As much as words, where it is wished for; that it is cheap speaks for no luxury.
    wished: { value: 4, luxury: 0 },
    value: ({ market }) => (market && market.priceRatio < 1 ? -market.priceRatio : null),
  },
  dearness: { weight: 0, wished: { luxury: 4 }, value: ({ id }, _, { dearness }) => dearness.get(id) ?? null },
  popularity: { weight: 0.5, value: ({ id }, _, { views }) => views.get(id) ?? null },
  newness: { weight: 0.25, value: ({ listedAt }) => Date.parse(listedAt) },
};

/** Of Cormack, Clarke and Büttcher, "Reciprocal rank fusion outperforms Condorcet", SIGIR 2009: how slowly a rank fades. */
const fading = 60;

/** The best first, by reciprocal rank fusion of the features; of equals, the lower id. The same input gives the same order. */
export function rank(candidates: readonly Candidate[], evidence: Evidence): Candidate[] {
  const statistics = { tellings: tellingsOf(candidates) };
  const scores = new Map(candidates.map(({ id }) => [id, 0]));
  for (const { weight: usual, wished, value } of Object.values(features)) {
    const [weight = usual] = [...evidence.facts].flatMap((fact) => wished?.[fact] ?? []);
    const values = candidates.flatMap((candidate) => {
      const own = value(candidate, statistics, evidence);
      return own === null ? [] : [{ id: candidate.id, value: own }];
    });
    values.sort((a, b) => b.value - a.value);
    let place = 0;
    for (const [i, { id, value }] of values.entries()) {
      // The same value is the same place.
      if (values[i - 1]?.value !== value) place = i + 1;
      scores.set(id, (scores.get(id) ?? 0) + weight / (fading + place));
    }
  }
  const scoreOf = ({ id }: Candidate) => scores.get(id) ?? 0;
  return [...candidates].sort((a, b) => scoreOf(b) - scoreOf(a) || (a.id < b.id ? -1 : 1));
}

/** As rare as a word is among the candidates. */
function tellingsOf(candidates: readonly Candidate[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { matched } of candidates) for (const n of matched) counts.set(n, (counts.get(n) ?? 0) + 1);
  return new Map([...counts].map(([n, count]) => [n, Math.log(candidates.length / count)]));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
