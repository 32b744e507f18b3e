import type { Concern } from '@viewora/contracts/listing-text';
import type { Route } from 'playwright-core';
import { json } from './fake-accounts.ts';

/** What the advisor writes of the fake house, by rules and by a model. */
export const byRules = {
  text: 'This 3-bed house is in Willow Creek, Folsom (95630). It has 1,240 sqft, with 2.5 bathrooms. It was built in 1987. It comes partly furnished. It faces south-west. There is room to park: 2 parking spaces. Nearby: Blue Oak school and Glenn station.',
  degraded: true,
  model: 'rules',
};
export const byModel = {
  text: 'A 3-bed house in Willow Creek, Folsom, with 1,240 sqft and 2.5 bathrooms. It was built in 1987 and comes partly furnished. There is room to park: 2 parking spaces.',
  degraded: false,
  model: 'gemini-3-flash',
};

const suspect: readonly Pick<Concern, 'text' | 'reason' | 'explanation'>[] = [
  {
    text: 'families',
    reason: 'steering',
    explanation:
      'These words are about who lives there, or whom it suits. Say what the home and its surroundings have.',
  },
  {
    text: 'no children',
    reason: 'protected',
    explanation:
      'These words are about people. Homes are open to everybody: say what the home is, not who should live in it.',
  },
  { text: 'will go up', reason: 'promise', explanation: 'Nobody can promise this. Say what is so today.' },
];

/** Looks for these few words, as the advisor does for many. */
export function checkWords(route: Route): Promise<void> {
  const { text } = route.request().postDataJSON() as { text: string };
  const found = suspect.map((each) => ({ ...each, start: text.indexOf(each.text) })).filter(({ start }) => start >= 0);
  const concerns = found.map((each) => ({ ...each, end: each.start + each.text.length }));
  return json({ concerns: concerns.sort((a, b) => a.start - b.start) })(route);
}
