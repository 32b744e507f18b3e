import { type InfiniteData, infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { advisorApi } from '@viewora/contracts/advisor';
import type { AdvisedListing } from '@viewora/contracts/answer';
import type { Message } from '@viewora/contracts/conversation';
import { AppError } from '@viewora/contracts/errors';
import type { OutputOf } from '@viewora/contracts/service';
import { saveFile } from '../account/save-file.ts';
import { call } from '../api/api-client.ts';
import { queryClient } from '../api/query-client.ts';
import { ownKey } from '../session/session.ts';
import { showToast } from '../ui/toast.tsx';
import { type AnswerState, viewOf } from './answer-view.ts';
import type { Turn } from './turn.ts';

/** Nothing was asked in it yet. */
export const untitled = 'New conversation';

export interface ConversationName {
  id: string;
  title: string;
}

export interface Conversation extends ConversationName {
  turns: readonly Turn[];
}

type Stored = OutputOf<typeof advisorApi.conversation>;

const states: Record<Message['state'], AnswerState> = {
  running: 'answering',
  done: 'done',
  stopped: 'stopped',
  failed: 'failed',
  interrupted: 'interrupted',
};

export function conversationQuery(id: string) {
  return queryOptions({
    queryKey: [ownKey, 'conversation', id],
    queryFn: async ({ signal }) => toConversation(await call(advisorApi.conversation, { id }, { signal })),
  });
}

export const conversationsQuery = infiniteQueryOptions({
  queryKey: [ownKey, 'conversations'],
  queryFn: ({ pageParam, signal }) => call(advisorApi.conversations, { limit: 20, cursor: pageParam }, { signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.nextCursor ?? undefined,
});

function toConversation({ id, title, messages }: Stored): Conversation {
  const turns = messages.map(({ id: runId, question, state, parts, feedback }, place) => ({
    place,
    question,
    key: runId,
    answer: { ...viewOf(parts, states[state]), runId },
    error: null,
    feedback,
  }));
  return { id, title: title ?? untitled, turns };
}

export function keptConversation(id: string): Conversation | undefined {
  return queryClient.getQueryData(conversationQuery(id).queryKey);
}

export function changeConversation(id: string, change: (kept: Conversation) => Conversation): void {
  // An answer that is on its way knows nothing of this.
  void queryClient.cancelQueries({ queryKey: conversationQuery(id).queryKey });
  queryClient.setQueryData(conversationQuery(id).queryKey, (kept) => kept && change(kept));
}

export function changeTurn(id: string, place: number, change: (turn: Turn) => Turn): void {
  changeConversation(id, (kept) => ({
    ...kept,
    turns: kept.turns.map((turn) => (turn.place === place ? change(turn) : turn)),
  }));
}

export function isGone(error: Error | null): boolean {
  return error instanceof AppError && (error.code === 'not_found' || error.code === 'invalid_input');
}

const noHomes: readonly AdvisedListing[] = [];

/** The homes of the latest answer that has any. */
export function homesOf(conversation: Conversation | undefined): readonly AdvisedListing[] {
  const latest = conversation?.turns.findLast(({ answer }) => (answer.results?.items.length ?? 0) > 0);
  return latest?.answer.results?.items ?? noHomes;
}

type Page = OutputOf<typeof advisorApi.conversations>;

/** The list is asked for anew where it is shown. */
export function listChanged(): void {
  void queryClient.invalidateQueries({ queryKey: conversationsQuery.queryKey });
}

export function changeList(change: (items: Page['items']) => Page['items']): void {
  queryClient.setQueryData<InfiniteData<Page, string | undefined>>(
    conversationsQuery.queryKey,
    (list) => list && { ...list, pages: list.pages.map((page) => ({ ...page, items: change(page.items) })) },
  );
  listChanged();
}

/** It has another name, here and in the list. */
export function keepName({ id, title }: ConversationName): void {
  changeConversation(id, (kept) => ({ ...kept, title }));
  changeList((items) => items.map((item) => (item.id === id ? { ...item, title } : item)));
}

/** All of them, as a file. */
export async function saveConversations(): Promise<void> {
  try {
    const exported = await call(advisorApi.exportConversations, {});
    saveFile('viewora-conversations.json', JSON.stringify(exported, null, 2), 'application/json');
  } catch {
    const retry = () => void saveConversations();
    showToast({ text: 'They could not be saved', isFailure: true, action: { label: 'Try again', run: retry } });
  }
}
