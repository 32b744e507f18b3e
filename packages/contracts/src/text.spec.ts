import { fold, tokenize } from './text.ts';

test('case, accents, width and spacing do not tell texts apart', () => {
  expect(fold('  São\u00a0 PAULO ')).toBe('sao paulo');
  expect(fold('Ｆｏｌｓｏｍ')).toBe('folsom');
  expect(fold('Zürich')).toBe(fold('Zu\u0308rich'));
});

test('vowel signs of Indic scripts stay: without them words change', () => {
  expect(fold('കൊച്ചി')).not.toBe(fold('കചച'));
  expect(tokenize('कोच्चि में घर')).toHaveLength(3);
});

test('words and numbers are tokens, punctuation is not', () => {
  expect(tokenize("3-bed house, O'Fallon (2.5 ba)")).toEqual(['3', 'bed', 'house', 'o', 'fallon', '2', '5', 'ba']);
  expect(tokenize('!!! … ')).toEqual([]);
});

test('a token has an end, however long the word', () => {
  expect(tokenize('x'.repeat(10_000))).toEqual(['x'.repeat(64)]);
});
