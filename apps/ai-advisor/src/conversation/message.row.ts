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

/** A message as far as it is exported. */
export interface SaidRow extends Omit<MessageRow, 'conversation_id' | 'parts'> {
  /** In the pieces it came in. */
  prose: string[];
  listings: { id: string; title: string }[];
}

export function toMessage({ parts, ...row }: MessageRow): Message {
  return { ...toAsked(row), parts };
}

export function toFeedback({ thumb, reason, feedback_at }: Pick<MessageRow, 'thumb' | 'reason' | 'feedback_at'>) {
  return thumb && feedback_at ? { thumb, reason, at: feedback_at.toISOString() } : null;
}

export function toExported(row: ConversationRow, messages: readonly SaidRow[]): ExportedConversation {
  return {
    ...toConversation(row),
    messages: messages.map(({ prose, listings, ...asked }) => ({
      ...toAsked(asked),
      answer: prose.join(''),
      listings,
    })),
  };
}

function toAsked({ id, question, asked_at, state, ...row }: Omit<MessageRow, 'conversation_id' | 'parts'>) {
  return { id, question, askedAt: asked_at.toISOString(), state, feedback: toFeedback(row) };
}
