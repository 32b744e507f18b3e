import { initials } from './initials.ts';

test.each([
  ['Asha Menon', 'AM'],
  ['Asha Lakshmi Menon', 'AM'],
  ['asha', 'A'],
  ['  (Asha)   – ', 'A'],
  ['ശ്രീ രാമൻ', 'ശ്രീരാ'],
  ['4 Walls Realty', '4R'],
  ['…', ''],
])('%p is known as %p', (name, letters) => {
  expect(initials(name)).toBe(letters);
});
