import { useState } from 'react';

export interface Selection<T> {
  items: readonly T[];
  all: 'all' | 'some' | 'none';
  has: (item: T) => boolean;
  /** Whether there is anything that could be done with it. */
  canHave: (item: T) => boolean;
  toggle: (item: T) => void;
  toggleAll: () => void;
  clear: () => void;
}

/** What is ticked among what is shown: what has gone from the list is not acted on unseen. */
export function useSelection<T extends { id: string }>(
  shown: readonly T[],
  canHave: (item: T) => boolean,
): Selection<T> {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const choosable = shown.filter(canHave);
  const items = choosable.filter(({ id }) => ids.has(id));
  const all = items.length === 0 ? 'none' : items.length === choosable.length ? 'all' : 'some';
  return {
    items,
    all,
    has: (item) => items.includes(item),
    canHave,
    toggle: ({ id }) =>
      setIds((now) => (now.has(id) ? new Set([...now].filter((other) => other !== id)) : new Set([...now, id]))),
    toggleAll: () => setIds(new Set(all === 'all' ? [] : choosable.map(({ id }) => id))),
    clear: () => setIds(new Set()),
  };
}
