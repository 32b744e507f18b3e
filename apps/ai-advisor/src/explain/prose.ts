import type { Turn } from '../facts/turn.ts';
import { isConcern } from '../guard/guard.rule.ts';
import { isAboutNothing } from '../understand/question.ts';
import { areaProse } from './area.prose.ts';
import { compareProse } from './compare.prose.ts';
import type { Figures } from './figures.ts';
import { findProse, pickedProse } from './find.prose.ts';
import { offTopicProse, processProse, refusedProse, unusedProse } from './fixed.prose.ts';
import { placesProse } from './places.prose.ts';
import { priceProse } from './price.prose.ts';

/** An answer by rules alone: sentences, with tokens for their figures. */
export function proseOf(turn: Turn, figures: Figures): string[] {
  const { question } = turn;
  if (isAboutNothing(question)) return question.leftOut.some(isConcern) ? refusedProse : unusedProse;
  switch (question.intent) {
    case 'off_topic':
      return offTopicProse;
    case 'process':
      return processProse(question.text);
    case 'compare':
      return turn.results.areas ? placesProse(turn, figures) : compareProse(turn, figures);
    case 'explain_area':
      return areaProse(turn, figures);
    case 'price_check':
      return priceProse(turn, figures);
    case 'find':
      return question.picked.length > 0 ? pickedProse(turn, figures) : findProse(turn, figures);
  }
}

/** What of the question was left out for fairness' sake is said first, once for each reason. */
export function remarksOf({ question: { leftOut } }: Turn): string[] {
  return [...new Set(leftOut.filter(isConcern).map(({ explanation }) => explanation))];
}
