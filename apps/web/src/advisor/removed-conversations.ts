import { advisorApi } from '@viewora/contracts/advisor';
import { call } from '../api/api-client.ts';
import { queryClient } from '../api/query-client.ts';
import { showToast } from '../ui/toast.tsx';
import { type ConversationName, changeList, conversationQuery } from './conversations.ts';

/** Deleted here, while it can still be undone; the server hears of it when that is over. */
let leaving: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();

export const leavingConversations = {
  get: () => leaving,
  subscribe: (notify: () => void): (() => void) => {
    listeners.add(notify);
    return () => listeners.delete(notify);
  },
};

function setLeaving(id: string, isLeaving: boolean): void {
  leaving = new Set([...leaving].filter((other) => other !== id).concat(isLeaving ? [id] : []));
  for (const notify of listeners) notify();
}

export function removeConversation({ id, title }: ConversationName): void {
  setLeaving(id, true);
  showToast({
    text: `Deleted “${title.length > 40 ? `${title.slice(0, 39)}…` : title}”`,
    action: { label: 'Undo', run: () => setLeaving(id, false) },
    onGone: () => leaving.has(id) && letGo({ id, title }),
  });
}

/** There is no way back any more. */
function letGo({ id, title }: ConversationName): void {
  call(advisorApi.deleteConversation, { id })
    .then(() => {
      queryClient.removeQueries({ queryKey: conversationQuery(id).queryKey });
      changeList((items) => items.filter((item) => item.id !== id));
    })
    .catch(() => {
      const retry = () => removeConversation({ id, title });
      showToast({
        text: `“${title}” could not be deleted`,
        isFailure: true,
        action: { label: 'Try again', run: retry },
      });
    })
    .finally(() => setLeaving(id, false));
}

// Whoever leaves the page does not take it back any more.
addEventListener('pagehide', () => {
  for (const id of leaving) letGo({ id, title: 'A conversation' });
});
