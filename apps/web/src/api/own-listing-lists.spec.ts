import type { OwnListingItem } from '@viewora/contracts/own-listing';
import { type Lists, withChange } from './own-listing-lists.ts';

const item = (id: string, status: OwnListingItem['status']) => ({ id, status }) as OwnListingItem;
const counts = { draft: 1, published: 2, sold: 0, archived: 0 };
const lists = (): Lists => ({
  pages: [
    { items: [item('a', 'published'), item('b', 'draft')], nextCursor: 'next', counts },
    { items: [item('c', 'published')], nextCursor: null, counts },
  ],
  pageParams: [undefined, 'next'],
});

test('a step shows in every page at once, and moves the counts', () => {
  const { pages } = withChange(lists(), 'c', (listing) => ({ ...listing, status: 'archived' }));
  expect(pages.flatMap(({ items }) => items.map(({ status }) => status))).toEqual(['published', 'draft', 'archived']);
  expect(pages.map((page) => page.counts)).toEqual([
    { draft: 1, published: 1, sold: 0, archived: 1 },
    { draft: 1, published: 1, sold: 0, archived: 1 },
  ]);
});

test('a change that is no step leaves the counts alone', () => {
  const { pages } = withChange(lists(), 'a', (listing) => ({ ...listing, title: 'New' }));
  expect(pages[0]?.counts).toEqual(counts);
});

test('a listing that is in none of the pages changes nothing', () => {
  const before = lists();
  expect(withChange(before, 'elsewhere', (listing) => listing)).toBe(before);
});
