import { labelPlace } from './chart-paths.ts';

/** Thirty days on a phone: the figures of the axis stand in the 40 px before them. */
const plot = { left: 40, width: 310, steps: 30 };
const middleOf = (index: number) => 40 + ((index + 0.5) / 30) * 310;

test.each([0, 1, 15, 27])('the name of step %i stands below its middle', (index) => {
  const { x, textAnchor } = labelPlace(plot, index, '24 Nov');
  expect(textAnchor).toBe('middle');
  expect(x).toBeCloseTo(middleOf(index), 0);
});

test('the last one ends with the picture instead of being cut', () => {
  expect(labelPlace(plot, 29, '24 Nov')).toEqual({ x: 350, textAnchor: 'end' });
});

test('a short one needs no more room than it takes', () => {
  expect(labelPlace(plot, 28, '3')).toMatchObject({ textAnchor: 'middle' });
});
