import fc from 'fast-check';
import { Sentences } from './sentences.ts';

function read(pieces: readonly string[]): string[] {
  const sentences = new Sentences();
  return [...pieces.flatMap((piece) => sentences.push(piece)), ...sentences.end()];
}

test('a sentence ends at its mark and a space, at a line, or with the text; a token never ends one', () => {
  expect(read(['{{L1.price}} is asked. And “so on.” Is it? Yes…\nA line\n\nlast'])).toEqual([
    '{{L1.price}} is asked.',
    'And “so on.”',
    'Is it?',
    'Yes…',
    'A line',
    'last',
  ]);
});

test('a sentence is out as soon as the next begins', () => {
  const sentences = new Sentences();
  expect(sentences.push('It is so.')).toEqual([]);
  expect(sentences.push(' N')).toEqual(['It is so.']);
});

test('however a text is cut into pieces, its sentences are the same', () => {
  const text = fc
    .array(
      fc.oneof(
        fc.constantFrom('.', '!', '?', ' ', '\n', '”', ')', '{{L1.price}}', '{{', 'one', '😀', '…', '"'),
        fc.string(),
      ),
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, fc.array(fc.nat({ max: 20 })), (whole, lengths) => {
      const pieces: string[] = [];
      let from = 0;
      for (const length of lengths) {
        pieces.push(whole.slice(from, from + length));
        from += length;
      }
      expect(read([...pieces, whole.slice(from)])).toEqual(read([whole]));
    }),
    { seed: 9, numRuns: 2_000 },
  );
});
