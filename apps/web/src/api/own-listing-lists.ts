import type { InfiniteData } from '@tanstack/react-query';
import type { OwnListingItem, OwnListingPage } from '@viewora/contracts/own-listing';

export type Lists = InfiniteData<OwnListingPage, string | undefined>;

/** The loaded pages with one listing changed, and the counts of states as they are then. */
export function withChange(lists: Lists, id: string, change: (listing: OwnListingItem) => OwnListingItem): Lists {
  const before = lists.pages.flatMap(({ items }) => items).find((item) => item.id === id);
  if (!before) return lists;
  const after = change(before);
  return {
    ...lists,
    pages: lists.pages.map((page) => {
      const counts = { ...page.counts };
      counts[before.status]--;
      counts[after.status]++;
      return { ...page, items: page.items.map((item) => (item.id === id ? after : item)), counts };
    }),
  };
}
