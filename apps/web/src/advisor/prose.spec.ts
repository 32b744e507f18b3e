import fc from 'fast-check';
import type { Citation } from './answer-view.ts';
import { proseBlocks, spokenProse } from './prose.ts';

const folsom: Citation = { number: 1, kind: 'market', id: 'folsom', title: 'Folsom' };
const oak: Citation = { number: 2, kind: 'listing', id: '0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a', title: '12 Oak Ave' };
/** As it is read: citations by their titles. */
function read(prose: string, citations: readonly Citation[]): string[] {
  return proseBlocks(prose, citations).flatMap(({ lines }) =>
    lines.map(({ parts }) =>
      parts.map((part) => (part.kind === 'text' ? part.text : `<${part.citation.title}>`)).join(''),
    ),
  );
}

test('numbers in brackets become links to their sources, close to what they are about', () => {
  expect(read('Homes in Folsom cost $360K [1]. This one [2], less.', [folsom, oak])).toEqual([
    'Homes in Folsom cost $360K<Folsom>. This one<12 Oak Ave>, less.',
  ]);
});

test('a number that cites nothing is left out, as is one that has only half come', () => {
  expect(read('It is cheap[7]. So is that[', [])).toEqual(['It is cheap. So is that']);
  expect(read('It is cheap [1', [folsom])).toEqual(['It is cheap ']);
});

test('what has come keeps its place while more comes', () => {
  const whole = 'One home fits [1]. It is new. It has a pool.\n- And a garden';
  const keysOf = (prose: string) =>
    proseBlocks(prose, [folsom]).flatMap(({ lines }) => lines.flatMap(({ parts }) => parts.map(({ at }) => at)));
  const keys = keysOf(whole);
  expect(new Set(keys).size).toBe(keys.length);
  for (let length = 1; length < whole.length; length++) {
    const known = keysOf(whole.slice(0, length));
    // Only the last piece is still being said.
    expect(keys.slice(0, known.length - 1)).toEqual(known.slice(0, -1));
  }
});

test('lines that begin with a dash are a list, and an empty line begins a paragraph', () => {
  const blocks = proseBlocks('Two stand out.\n- The first[1]\n- The second\n\nBoth are new.', [folsom]);
  expect(blocks.map(({ kind, lines }) => [kind, lines.length])).toEqual([
    ['paragraph', 1],
    ['list', 2],
    ['paragraph', 1],
  ]);
});

test('what is heard has no numbers of sources, nor dashes of lists', () => {
  expect(spokenProse('They cost $360K [1], or less[2].\n')).toBe('They cost $360K, or less.');
  expect(spokenProse('Two match.\n- One - the first [1].\n- Another.')).toBe('Two match.\nOne - the first.\nAnother.');
});

test('whatever was said so far, no bracketed number is ever seen as text', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('[', ']', '1', '2', 'a', ' ', '\n', '-') }), (prose) => {
      const shown = proseBlocks(prose, [folsom]).flatMap(({ lines }) => lines.flatMap(({ parts }) => parts));
      for (const part of shown) if (part.kind === 'text') expect(part.text).not.toMatch(/\[\d+\]/);
    }),
  );
});
