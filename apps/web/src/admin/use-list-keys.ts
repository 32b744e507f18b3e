import { useRowKeys } from './shortcuts.ts';
import type { Selection } from './use-selection.ts';

/** The keys of a table: up and down, and ticking the row that has the focus. */
export function useListKeys<T extends { id: string }>(items: readonly T[], selection: Selection<T>): void {
  useRowKeys('data-row', null, {
    x: () => {
      const id = document.activeElement?.closest('[data-row]')?.getAttribute('data-row');
      const item = items.find((row) => row.id === id);
      if (item && selection.canHave(item)) selection.toggle(item);
    },
  });
}
