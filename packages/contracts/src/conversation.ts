import { z } from 'zod';
import { AnswerPart } from './answer.ts';
import { command, query, stream } from './service.ts';
import { isProse } from './text.ts';
import { onTick } from './tick.ts';
import { Question } from './understanding.ts';

/** As many as one person keeps; the limit is told when it is reached. */
export const mostConversations = 200;
/** A conversation that is longer is about something else by now: another one begins. */
export const mostMessages = 50;

/** Questions that refer to each other, and their answers. Only who began it sees it. */
export const Conversation = z.object({
  id: z.uuid(),
  title: z.string().nullable().describe('The first question, until it is renamed; null while nothing was asked'),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime().describe('When it was last asked or renamed'),
  messages: z.number().int().describe('Questions asked in it'),
});
export type Conversation = z.infer<typeof Conversation>;

/**
 * How far an answer has come. `stopped`: by whoever asked, or since nobody read it any more; `failed`: it ended in an error;
 * `interrupted`: what was giving it is gone.
 */
export const AnswerState = z.enum(['running', 'done', 'stopped', 'failed', 'interrupted']);
export type AnswerState = z.infer<typeof AnswerState>;

export const Thumb = z.enum(['up', 'down']);

/** What somebody thinks of an answer that they got. */
export const Feedback = z.object({ thumb: Thumb, reason: z.string().nullable(), at: z.iso.datetime() });
export type Feedback = z.infer<typeof Feedback>;

/** A question and its answer. */
export const Message = z.object({
  id: z.uuid().describe('Also of the run: while it is `running`, its events can be read'),
  question: z.string(),
  askedAt: z.iso.datetime(),
  state: AnswerState,
  parts: z.array(AnswerPart).describe('The answer as it was given, its prose in one piece between two citations'),
  feedback: Feedback.nullable(),
});
export type Message = z.infer<typeof Message>;

/** A conversation to be taken away: what was said, without what was known of the listings. */
export const ExportedConversation = Conversation.omit({ messages: true }).extend({
  messages: z.array(
    Message.omit({ parts: true }).extend({
      answer: z.string(),
      listings: z.array(z.object({ id: z.uuid(), title: z.string() })),
    }),
  ),
});
export type ExportedConversation = z.infer<typeof ExportedConversation>;

const Nothing = z.object({});
const Id = z.object({ id: z.uuid() });

export const conversationOperations = {
  createConversation: command({
    summary: 'Begin a conversation; who has no session gets a cookie by which it stays theirs',
    access: 'public',
    input: Nothing,
    output: Id,
    http: { method: 'POST', path: '/advisor/conversations', status: 201, visitor: 'opens' },
  }),
  conversations: query({
    summary: 'Your conversations, the last asked first',
    access: 'public',
    input: z.object({
      limit: z.number().int().min(1).max(100).default(20),
      cursor: z.string().min(1).max(200).optional(),
    }),
    output: z.object({ items: z.array(Conversation), nextCursor: z.string().nullable() }),
    http: { method: 'GET', path: '/advisor/conversations', visitor: 'knows' },
  }),
  conversation: query({
    summary: 'A conversation of yours, with all that was asked and answered',
    access: 'public',
    input: Id,
    output: Conversation.omit({ messages: true }).extend({ messages: z.array(Message) }),
    http: { method: 'GET', path: '/advisor/conversations/:id', visitor: 'knows' },
  }),
  renameConversation: command({
    summary: 'Give a conversation another title',
    access: 'public',
    input: Id.extend({
      title: z.string().trim().min(1).max(200).refine(isProse, 'must not contain control characters'),
    }),
    output: Conversation,
    http: { method: 'PATCH', path: '/advisor/conversations/:id', visitor: 'knows' },
  }),
  deleteConversation: command({
    summary: 'Delete a conversation with all that was said; an answer under way is stopped',
    access: 'public',
    input: Id,
    output: Nothing,
    http: { method: 'DELETE', path: '/advisor/conversations/:id', status: 204, visitor: 'knows' },
  }),
  exportConversations: query({
    summary: 'All your conversations, to be taken away',
    access: 'public',
    input: Nothing,
    output: z.object({ exportedAt: z.iso.datetime(), conversations: z.array(ExportedConversation) }),
    http: { method: 'GET', path: '/advisor/export', visitor: 'knows' },
    timeoutMs: 30_000,
  }),
  ask: stream({
    summary: 'Ask something in a conversation; one answer at a time',
    access: 'public',
    input: Id.extend({
      text: Question,
      instead: z
        .uuid()
        .optional()
        .describe('The last answer of the conversation, if it did not come to its end: this one takes its place'),
    }),
    output: AnswerPart,
    http: {
      method: 'POST',
      path: '/advisor/conversations/:id/messages',
      rateClass: 'question',
      visitor: 'knows',
      runs: '/advisor/runs',
    },
  }),
  giveFeedback: command({
    summary: 'Say what you think of an answer; the last word counts',
    access: 'public',
    input: Id.extend({
      thumb: Thumb,
      reason: z
        .string()
        .trim()
        .max(1_000)
        .refine(isProse, 'must not contain control characters')
        .nullable()
        .default(null)
        .describe('In your own words'),
    }),
    output: Feedback,
    http: { method: 'PUT', path: '/advisor/messages/:id/feedback', visitor: 'knows' },
  }),
  removeFeedback: command({
    summary: 'Take back what you said of an answer',
    access: 'public',
    input: Id,
    output: Nothing,
    http: { method: 'DELETE', path: '/advisor/messages/:id/feedback', status: 204, visitor: 'knows' },
  }),
  personalData: query({
    summary: 'All conversations of one person, for their export',
    access: 'internal',
    input: z.object({ userId: z.uuid() }),
    output: z.object({ conversations: z.array(ExportedConversation) }),
    timeoutMs: 20_000,
  }),
  cleanUp: onTick('Remove visitors’ conversations that nobody comes back to, and those in which nothing was asked'),
};
