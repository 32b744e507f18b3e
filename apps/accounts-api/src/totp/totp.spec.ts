import { TOTP } from 'otpauth';
import { newTotpSecret, stepOf } from './totp.ts';

const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const now = Date.UTC(2026, 0, 1);
const step = now / 30_000;
const codeAt = (timestamp: number) => new TOTP({ secret }).generate({ timestamp });

test.each([-1, 0, 1])('a code %i steps from now is right, and its step is told', (steps) => {
  expect(stepOf(secret, codeAt(now + steps * 30_000), now)).toBe(step + steps);
});

test.each([-2, 2, 100])('a code %i steps from now is not', (steps) => {
  expect(stepOf(secret, codeAt(now + steps * 30_000), now)).toBeNull();
});

test.each(['', '12345', '1234567', 'abcdef', '12345\u0661', '١٢٣٤٥٦'])('what is no code is none: %j', (typed) => {
  expect(stepOf(secret, typed, now)).toBeNull();
});

test('a code may be typed in two halves', () => {
  const code = codeAt(now);
  expect(stepOf(secret, `${code.slice(0, 3)} ${code.slice(3)}`, now)).toBe(step);
});

test('the code of RFC 6238 is the code here', () => {
  // Appendix B: the secret "12345678901234567890", at 59 seconds, the last six of its eight digits.
  expect(stepOf('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', '287082', 59_000)).toBe(1);
});

test('no two secrets are the same', () => {
  expect(new Set(Array.from({ length: 100 }, newTotpSecret)).size).toBe(100);
});
