import type { LeftOut } from '@viewora/contracts/understanding';
import { type Concern, readFairness } from '../understand/fairness.rule.ts';
import type { Lexeme } from '../understand/lexeme.ts';
import { lexemesOf } from '../understand/lexemes.ts';
import { Reading } from '../understand/reading.ts';
import { tokensOf } from '../understand/tokens.ts';

/** A part of a text that should not be there, for the sake of who is treated fairly, or not misled. */
type Guarded = LeftOut & { reason: Concern };

const concerns: readonly LeftOut['reason'][] = ['protected', 'steering', 'promise'] satisfies Concern[];

/** Whether a part was left out of a question by the guard, rather than for want of meaning. */
export function isConcern(part: LeftOut): part is Guarded {
  return concerns.includes(part.reason);
}

/** People whom a text about homes has no reason to speak of: "perfect for families", "a quiet community". */
const whoLivesThere = new Set(
  'family families couple couples resident residents community communities society population crowd folk folks household households people neighbour neighbours neighbor neighbors professionals'.split(
    ' ',
  ),
);

/**
 * What a text that speaks of homes must not say, in the vocabulary that questions are read by. It is stricter with what is
 * said than with what is asked: "for my family" is a reason to search, "perfect for families" is an advertisement for some.
 */
export function concernsOf(text: string): Guarded[] {
  const lexemes = lexemesOf(text, tokensOf(text), new Map());
  const reading = new Reading(text, lexemes, { currency: 'USD', now: new Date(0) });
  readFairness(reading);
  for (const [i, lexeme] of lexemes.entries()) {
    if (reading.at(i) && isAboutPeople(lexeme)) reading.leaveOut(i, i + 1, 'steering');
  }
  return reading.leftOut.filter(isConcern).sort((a, b) => a.start - b.start);
}

function isAboutPeople({ is, text }: Lexeme): boolean {
  return is === 'people' && text.split(' ').some((word) => whoLivesThere.has(word));
}
