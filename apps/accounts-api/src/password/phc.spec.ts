import { argon2Sync } from 'node:crypto';
import { formatPhc, isCurrent, parameters, parsePhc } from './phc.ts';

/** From the tests of the reference implementation (P-H-C/phc-winner-argon2, test.c): password "password", salt "somesalt". */
const reference = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';

test('reads what other libraries write, and writes it back the same', () => {
  const read = parsePhc(reference);
  expect(read).toMatchObject({ memory: 65_536, passes: 2, parallelism: 1, salt: Buffer.from('somesalt') });
  expect(formatPhc(read)).toBe(reference);
  const { memory, passes, parallelism, salt } = read;
  const again = argon2Sync('argon2id', {
    message: 'password',
    nonce: salt,
    memory,
    passes,
    parallelism,
    tagLength: 32,
  });
  expect(again.equals(read.hash)).toBe(true);
});

test('only a hash with today’s parameters is current', () => {
  expect(isCurrent({ ...parsePhc(reference), ...parameters })).toBe(true);
  expect(isCurrent(parsePhc(reference))).toBe(false);
});

test.each(['', 'secret', '$argon2i$v=19$m=1,t=1,p=1$YQ$YQ', `${reference}$`])('refuses %p', (text) => {
  expect(() => parsePhc(text)).toThrow('cannot be read');
});
