import { compareAddress, parseCompared } from './compare-address.ts';

const id = (n: number) => `0192f0c1-2b3c-7d4e-8f5a-00000000000${n}`;

test('an address says which homes are compared, in their order', () => {
  const address = compareAddress([{ id: id(2) }, { id: id(1) }]);
  expect(parseCompared(address.replace('/compare', ''))).toEqual([id(2), id(1)]);
});

test('what is no id, comes twice or does not fit is left out', () => {
  expect(parseCompared(`?ids=${id(1)},nonsense,,${id(1).toUpperCase()},${id(2)}`)).toEqual([id(1), id(2)]);
  expect(parseCompared(`?ids=${[1, 2, 3, 4, 5].map(id)}`)).toHaveLength(4);
  expect(parseCompared('')).toEqual([]);
});
