/** A viewer half a day ago counts more than one yesterday at this time, who counts half. */
export const halfLifeMinutes = 1_440;

/** What all minutes weigh together, in days: a listing with one viewer a day comes to this score. */
const scoreDays = 1 / (1 - 2 ** (-1 / halfLifeMinutes)) / 1_440;

/** As much as one viewer speaks for the place: with little of its own, a listing is taken to be as usual there. */
const placeViewers = 1;
/** As much as a week of an average listing speaks for the whole market, where a place has little. */
const marketDays = 7;
/** So many viewers more, on both sides: three instead of one are chance, thirty instead of ten are not. */
const moreViewers = 5;

/** Viewers, each once an hour, and the days in which they came. */
export interface Baseline {
  viewers: number;
  days: number;
}

export interface Uplift {
  /** The score that would be usual. */
  usual: number;
  /** How many times the usual the score is. */
  times: number;
}

/**
 * How unusual a listing's score is (empirical Bayes: a Gamma prior with the place's mean, and the weight of one viewer):
 *
 *     market = viewers of all / days of all
 *     place  = (viewers of the place + 7 · market) / (days of the place + 7)
 *     rate   = (viewers of the listing + 1) / (days of the listing + 1 / place)
 *     usual  = rate · 1.44
 *     times  = (score + 5) / (usual + 5)
 */
export function upliftOf(score: number, own: Baseline, placeRate: number): Uplift {
  const prior = placeRate > 0 ? placeViewers / placeRate : 0;
  const days = own.days + prior;
  const rate = days > 0 ? (own.viewers + (placeRate > 0 ? placeViewers : 0)) / days : 0;
  const usual = rate * scoreDays;
  return { usual, times: (score + moreViewers) / (usual + moreViewers) };
}

/** Viewers a day of an average listing. */
export function marketRate({ viewers, days }: Baseline): number {
  return days > 0 ? viewers / days : 0;
}

/** The same of a place, held to the market's. */
export function placeRate({ viewers, days }: Baseline, market: number): number {
  return (viewers + marketDays * market) / (days + marketDays);
}

/** What a score is after so many minutes without anybody. */
export function decayed(score: number, minutes: number): number {
  return score * 2 ** (-minutes / halfLifeMinutes);
}
