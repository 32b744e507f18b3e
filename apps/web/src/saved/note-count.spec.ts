import { savedListingOperations } from '@viewora/contracts/saved-listing';
import { noteCount, noteLimit } from './note-count.ts';

test('a short note is not counted', () => {
  expect(noteCount('Ask about the roof')).toBeNull();
  expect(noteCount('x'.repeat(1_799))).toBeNull();
});

test('a long one says how full it is, without the space around it', () => {
  expect(noteCount('x'.repeat(1_800))).toEqual({ text: '1,800 of 2,000', isOver: false });
  expect(noteCount(`  ${'x'.repeat(2_000)}\n`)).toEqual({ text: '2,000 of 2,000', isOver: false });
});

test('one too long says by how much', () => {
  expect(noteCount('x'.repeat(2_050))).toEqual({ text: '50 too many: not saved', isOver: true });
});

test('the limit is the contract’s', () => {
  const id = '0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a';
  const takes = (length: number) =>
    savedListingOperations.noteFavourite.input.safeParse({ id, note: 'x'.repeat(length) }).success;
  expect([takes(noteLimit), takes(noteLimit + 1)]).toEqual([true, false]);
});
