import { useEffect, useState } from 'react';
import { sessionQuery } from '../api/api-client.ts';
import { queryClient } from '../api/query-client.ts';

const storageKey = 'viewora.typed';

interface Kept {
  userId: string;
  texts: Record<string, string>;
}

/**
 * The text that a field begins with: what was typed when the session ended under it, else what is saved. The tab keeps it,
 * for its owner alone, until it is saved or its page is left by will. Never for passwords.
 */
export function useKeptText(userId: string, field: string, saved: string) {
  const [initial] = useState(() => textsOf(userId)[field] ?? saved);
  useEffect(() => {
    return () => {
      const session = queryClient.getQueryData<{ user: { id: string } | null }>(sessionQuery.queryKey);
      if (session?.user?.id === userId) drop(userId, field);
    };
  }, [userId, field]);
  return {
    initial,
    keep: (text: string) => write(userId, { ...textsOf(userId), [field]: text }),
    drop: () => drop(userId, field),
  };
}

function drop(userId: string, field: string): void {
  const { [field]: _, ...rest } = textsOf(userId);
  write(userId, rest);
}

/** Nothing of another user's: whoever writes first takes the place of whoever was here before. */
function textsOf(userId: string): Kept['texts'] {
  try {
    const kept = JSON.parse(sessionStorage.getItem(storageKey) ?? 'null') as Kept | null;
    return kept?.userId === userId ? kept.texts : {};
  } catch {
    return {};
  }
}

function write(userId: string, texts: Kept['texts']): void {
  try {
    if (Object.keys(texts).length === 0) sessionStorage.removeItem(storageKey);
    else sessionStorage.setItem(storageKey, JSON.stringify({ userId, texts } satisfies Kept));
  } catch {
    // Without storage a text lasts as long as its page.
  }
}
