import { Secret } from '../secret.ts';
import { formatRefreshToken, parseRefreshToken, rotationOf } from './refresh-token.ts';

const secret = new Secret('a secret of at least thirty-two characters');
const token = { sessionId: '0199c0de-0000-7000-8000-000000000001', generation: 3 };

test('a token says what it was made of', () => {
  expect(parseRefreshToken(secret, formatRefreshToken(secret, token))).toEqual(token);
});

test('the same family and generation give the same token', () => {
  expect(formatRefreshToken(secret, token)).toBe(formatRefreshToken(secret, { ...token }));
});

test('what was not made with the secret is none', () => {
  const text = formatRefreshToken(secret, token);
  const [id, , mac] = text.split('.');
  const forged = [
    '',
    '..',
    `${id}.4.${mac}`,
    `${id}.03.${mac}`,
    `${text}x`,
    text.replace('0199', '0198'),
    formatRefreshToken(new Secret('another secret of thirty-two characters'), token),
  ];
  expect(forged.map((each) => parseRefreshToken(secret, each))).toEqual(forged.map(() => null));
});

test.each([
  ['the current one is replaced', 5, 5, null, 'rotate'],
  ['the one just replaced gets the same successor', 4, 5, 9.9, 'repeat'],
  ['ten seconds later it is reuse', 4, 5, 10, 'reuse'],
  ['the one before that is reuse at once', 3, 5, 0.1, 'reuse'],
] as const)('%s', (_, used, current, secondsAgo, expected) => {
  expect(rotationOf(used, current, secondsAgo)).toBe(expected);
});
