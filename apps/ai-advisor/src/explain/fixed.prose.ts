/** What is said whatever the data: about ways of buying and selling, what is off topic, and what is not done here. */

export const offTopicProse = [
  'This is about homes: finding them, comparing them, what they should ask, and what their places are like.',
  'Ask, for instance, for a house with a certain number of rooms in a place, up to a price.',
];

export const refusedProse = ['Say what the home should have, and where, and the search looks for that.'];

export const unusedProse = ['Nothing of this can be looked for.', ...refusedProse];

/** Rules differ from place to place, and what somebody signs binds them: no more than where to look. */
const advice = 'Rules and costs differ from place to place: ask a professional there before you sign or pay anything.';

const topics: readonly (readonly [words: RegExp, sentences: readonly string[]])[] = [
  [
    /\b(?:mortgages?|loans?|down ?payment|financ\w*)\b/i,
    [
      'A lender decides about a loan, and looks at income, debts, savings and the home itself.',
      'Ask several lenders for a written offer, and compare the rate, the fees and how long the rate is fixed.',
      'It helps to know what a lender would give before you make an offer for a home.',
    ],
  ],
  [
    /\b(?:stamp duty|registration|closing|escrow|tax(?:es)?|fees?|costs?)\b/i,
    [
      'Beside the price there are costs: taxes or duties on the purchase, registration, the lender’s fees, and who helps with the papers.',
      'Ask for all of them in writing before you agree on a price.',
    ],
  ],
  [
    /\b(?:documents?|papers?|title|deed)\b/i,
    [
      'The papers that matter are those that show who owns the home, what is owed on it, and that it was built as permitted.',
      'Have somebody independent read them before you pay anything.',
    ],
  ],
  [
    /\b(?:inspection|inspect|survey|visit|viewing)\b/i,
    [
      'See the home more than once, at different times of the day, and ask what was repaired and when.',
      'An independent inspection before the contract shows what a visit does not.',
    ],
  ],
  [
    /\b(?:offer|negotiat\w*)\b/i,
    [
      'An offer says a price, what it depends on, such as a loan or an inspection, and until when it stands.',
      'What is asked for homes alike is a good measure; ask here for a price check.',
    ],
  ],
  [
    /\b(?:contact|reach|get in touch|schedule|book)\b/i,
    [
      'What a seller says of a home is on the page of that home.',
      'Before you meet, write down what you want to know, and ask to see the papers of the home.',
    ],
  ],
  [
    /\b(?:sell|selling|seller|list|listing)\b/i,
    [
      'To sell, gather the facts and papers of the home, look at what homes alike ask, and set a price you can explain.',
      'Good photographs and a complete description save visits that lead nowhere.',
      'Describe the home, not who should live in it.',
    ],
  ],
];

const buying = [
  'Usually it goes like this: know what you can spend, look for homes, see them, make an offer, have home and papers checked, then sign.',
  'How long each step takes depends on the place, the lender and the papers.',
];

/** The first topic that the question names; the way of a purchase where it names none. */
export function processProse(text: string): string[] {
  const [, sentences = buying] = topics.find(([words]) => words.test(text)) ?? [];
  return [...sentences, advice];
}
