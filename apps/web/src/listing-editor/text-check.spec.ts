import fc from 'fast-check';
import { groupsOf, movedConcerns } from './text-check.ts';

const explanation = 'Say what the home is.';
const concernIn = (text: string, words: string) => ({
  start: text.indexOf(words),
  end: text.indexOf(words) + words.length,
  text: words,
  reason: 'steering' as const,
  explanation,
});

function movedIn(before: string, words: readonly string[], now: string): string[] {
  const concerns = words.map((word) => concernIn(before, word));
  return movedConcerns({ text: before, concerns }, now).map(({ start, end }) => now.slice(start, end));
}

test('a concern follows its words when something is written before or after them', () => {
  const before = 'Perfect for families, no bachelors';
  const words = ['families', 'no bachelors'];
  expect(movedIn(before, words, 'It is bright. Perfect for families, no bachelors')).toEqual(words);
  expect(movedIn(before, words, 'Perfect for families, no bachelors. Call us')).toEqual(words);
  expect(movedIn(before, words, 'Perfect for families and dogs, no bachelors')).toEqual(words);
});

test('a concern is gone as soon as its words are changed, and the others stay', () => {
  const before = 'Perfect for families, no bachelors';
  const words = ['families', 'no bachelors'];
  expect(movedIn(before, words, 'Perfect for everybody, no bachelors')).toEqual(['no bachelors']);
  expect(movedIn(before, words, 'Perfect for families')).toEqual(['families']);
  expect(movedIn(before, words, 'Perfect for famlies, no bachelors')).toEqual(['no bachelors']);
  expect(movedIn(before, words, '')).toEqual([]);
});

test('whatever a text becomes, a concern stands at its own words or not at all', () => {
  const part = fc
    .array(fc.constantFrom('family ', 'no ', 'sun ', 'a', ' '), { maxLength: 8 })
    .map((all) => all.join(''));
  fc.assert(
    fc.property(part, part, part, fc.nat(), fc.nat(), (head, mid, tail, from, length) => {
      const before = head + mid + tail;
      const start = Math.min(from % (before.length + 1), before.length);
      const end = Math.min(start + (length % 9), before.length);
      const concern = { start, end, text: before.slice(start, end), reason: 'steering' as const, explanation };
      const now = head + tail + mid;
      for (const moved of movedConcerns({ text: before, concerns: [concern] }, now)) {
        expect(now.slice(moved.start, moved.end)).toBe(concern.text);
      }
    }),
  );
});

test('what has one reason is explained once', () => {
  const [families, couples] = ['families', 'couples'].map((word) => concernIn('families, couples', word));
  const promise = { start: 20, end: 27, text: 'will go up', reason: 'promise' as const, explanation: 'Nobody knows.' };
  if (!families || !couples) throw new Error('There are two');
  expect(groupsOf([families, promise, couples])).toEqual([
    { about: 'Fair housing', explanation, concerns: [families, couples] },
    { about: 'A promise', explanation: 'Nobody knows.', concerns: [promise] },
  ]);
});
