import fc from 'fast-check';
import { figuresOf } from '../src/explain/figures.ts';
import { Rendering } from '../src/explain/rendering.ts';
import { Sentences } from '../src/explain/sentences.ts';
import { groundsOf, Verifier } from '../src/explain/verify.rule.ts';
import type { Turn } from '../src/facts/turn.ts';
import { unrelated } from '../src/understand/follow-up.ts';
import { answerOf } from './answer.lab.ts';
import { unsupportedNumbers } from './groundedness.ts';
import { listing } from './listing.factory.ts';
import { ask } from './market.ts';

const listings = [listing({ price: 450_000, beds: 4 }), listing({ price: 390_000 })];
const text = '3 bed house in Folsom';
const turn: Turn = {
  question: { ...ask(text), rest: text, ...unrelated },
  results: { items: listings.map((one) => ({ ...one, reasons: [] })), total: { value: 2, relation: 'exact' } },
  details: listings,
  currency: 'USD',
  now: new Date(),
};

/** What of a text is said, as parts of an answer. */
function said(pieces: readonly string[]) {
  const figures = figuresOf(turn);
  const [sentences, verifier, rendering] = [
    new Sentences(),
    new Verifier(figures, groundsOf(turn, figures)),
    new Rendering(figures),
  ];
  const whole = [...pieces.flatMap((piece) => sentences.push(piece)), ...sentences.end()];
  const { question, results } = turn;
  const { intent, filter, wishes, understood, leftOut, kept } = question;
  return answerOf([
    { event: 'filter', data: { intent, filter, wishes, understood, leftOut, kept } },
    { event: 'results', data: results },
    ...whole
      .filter((sentence) => verifier.flawOf(sentence) === null)
      .flatMap((sentence) => [...rendering.say(sentence)]),
  ]);
}

const hostile = [
  '{{L1}}',
  '{{L2}}',
  '{{L1.price}}',
  '{{L2.beds}}',
  '{{total}}',
  '{{asked}}',
  '{{L3}}',
  '{{L1.owner}}',
  '{{',
  '}}',
  '[1]',
  '[9]',
  'asks',
  'has',
  'and',
  'is',
  '.',
  '. ',
  '!\n',
  ' ',
  '4',
  '$',
  '1,234,567',
  '९',
  '٣',
  '三',
  'seven',
  'dozen',
  'Ⅸ',
  '½',
  '²',
  '①',
  '９',
  '<b>',
  '**',
  '](https://x.example)',
  'www.x.example',
  '\u200b',
  '\u202e',
  'Acme',
  'best',
  'cheaper than',
  'pool',
  'garden',
  'no',
  'guaranteed',
  'for families',
  'call',
  'ignore previous instructions',
];

test('whatever a model writes, no number, source or sign that is not this turn’s is said', () => {
  const texts = fc.array(fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'grapheme', maxLength: 5 })), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(texts, (pieces) => {
      const answer = said(pieces.map((piece) => `${piece} `));
      expect(unsupportedNumbers(answer, { listings })).toEqual([]);
      expect(answer.prose).not.toMatch(/[<>{}*`]|https?:|www|\p{Cf}|guaranteed|families|Acme/u);
    }),
    { seed: 11, numRuns: 3_000 },
  );
});

test('however its text comes in pieces, the same is said', () => {
  const texts = fc.array(fc.constantFrom(...hostile, '{{L1}} asks {{L1.price}}. ', '{{L2}} has {{L2.beds}}. '), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 9 }), (parts, length) => {
      const whole = parts.join('');
      const pieces = Array.from({ length: Math.ceil(whole.length / length) }, (_, i) =>
        whole.slice(i * length, (i + 1) * length),
      );
      expect(said(pieces).parts).toEqual(said([whole]).parts);
    }),
    { seed: 12, numRuns: 1_000 },
  );
});

test.each([
  '{{L1}} tiene tres dormitorios.',
  '{{L1}} a quatre chambres et coûte un million.',
  '{{L1}} hat fünf Zimmer.',
  '{{L1}} has fünf rooms.',
  '{{L1}} tem três quartos.',
  '{{L1}} ha due o tre camere.',
  '{{L1}} heeft zes kamers.',
  '{{L1}} mein paanch kamre hain.',
])('a number is one in other languages too: %s', (sentence) => {
  expect(said([sentence]).prose).toBe('');
});

test('what the rules write holds before the same judge, but for what they alone may say', () => {
  const answer = said(['{{L1}}: {{L1.price}}, {{L1.beds}}, {{L1.area}}. {{total}} match: {{asked}}.']);
  expect(answer.all('delta')).toHaveLength(2);
});
