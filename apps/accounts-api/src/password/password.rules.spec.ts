import { passwordProblem } from './password.rules.ts';

const owner = { email: 'asha.raman@example.com', name: 'Asha Raman' };

test.each(['correct horse battery staple', 'tulip-anvil-94-mango', 'kY7#vq2!Lm0p'])('%p will do', async (password) => {
  expect(await passwordProblem(password, owner)).toBeNull();
});

test.each([
  ['a leaked one', 'password123'],
  ['one with letters swapped', 'P@ssw0rd1234'],
  ['keys in a row', 'qwertyuiop'],
  ['a repetition', 'abcabcabcabcabc'],
  ['their own name', 'asharaman'],
  ['their own address', 'asha.raman@example.com'],
  ['ours', 'viewora2026'],
])('refuses %s', async (_, password) => {
  expect(await passwordProblem(password, owner)).toMatch(/^is too easy to guess\. [A-Z].*\.$/);
});

test('what follows a strong beginning cannot make it weak', async () => {
  expect(await passwordProblem(`correct horse battery staple and some more${'a'.repeat(150)}`, owner)).toBeNull();
});
