import type { AnswerPart } from '@viewora/contracts/answer';
import type {
  AnswerState,
  Conversation,
  ExportedConversation,
  Feedback,
  Message,
} from '@viewora/contracts/conversation';

export interface ConversationRow {
  id: string;
  title: string | null;
  created_at: Date;
  updated_at: Date;
  messages: number;
}

export interface MessageRow {
  id: string;
  conversation_id: string;
  question: string;
  state: AnswerState;
  parts: AnswerPart[];
  asked_at: Date;
  thumb: Feedback['thumb'] | null;
  reason: string | null;
  feedback_at: Date | null;
}

export function toConversation({ id, title, created_at, updated_at, messages }: ConversationRow): Conversation {
  return { id, title, createdAt: created_at.toISOString(), updatedAt: updated_at.toISOString(), messages };
}

export function toMessage({ id, question, asked_at, state, parts, ...row }: MessageRow): Message {
  return { id, question, askedAt: asked_at.toISOString(), state, parts, feedback: toFeedback(row) };
}

export function toFeedback({ thumb, reason, feedback_at }: Pick<MessageRow, 'thumb' | 'reason' | 'feedback_at'>) {
  return thumb && feedback_at ? { thumb, reason, at: feedback_at.toISOString() } : null;
}

export function toExported(row: ConversationRow, messages: readonly MessageRow[]): ExportedConversation {
  return {
    ...toConversation(row),
    messages: messages.map((message) => {
      const { parts, ...rest } = toMessage(message);
      return { ...rest, answer: proseOf(parts), listings: listingsOf(parts) };
    }),
  };
}

function proseOf(parts: readonly AnswerPart[]): string {
  return parts.map((part) => (part.event === 'delta' ? part.data.text : '')).join('');
}

function listingsOf(parts: readonly AnswerPart[]): { id: string; title: string }[] {
  return parts
    .flatMap((part) => (part.event === 'results' ? part.data.items : []))
    .map(({ id, title }) => ({ id, title }));
}
