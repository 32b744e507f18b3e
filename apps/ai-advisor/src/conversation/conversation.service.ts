import { Injectable } from '@nestjs/common';
import { advisorApi } from '@viewora/contracts/advisor';
import type { Actor, Call } from '@viewora/contracts/call';
import {
  type Conversation,
  type ExportedConversation,
  type Feedback,
  mostConversations,
} from '@viewora/contracts/conversation';
import { AppError } from '@viewora/contracts/errors';
import type { Command, ParsedInputOf, ReplyOf } from '@viewora/contracts/service';
import { pageOf, positionOf } from '@viewora/database/keyset';
import { Bus } from '@viewora/service-kit/bus';
import { v7 as uuidv7 } from 'uuid';
import { type Act, ConversationRepository } from './conversation.repository.ts';
import { type MessageRow, toMessage } from './message.row.ts';
import { conversationOwner } from './owner.ts';

/** The cookie of a visitor is gone once their browser is closed; some keep it open for days. */
const visitorDays = 7;
const emptyHours = 24;

type Nothing = Record<string, never>;

/** What somebody has asked, and was answered. Nobody else gets to see it, nor hears that it is there. */
@Injectable()
export class ConversationService {
  constructor(
    private readonly conversations: ConversationRepository,
    private readonly bus: Bus,
  ) {}

  /** @throws AppError `conflict` where too many are kept */
  async create(input: Nothing, call: Call): Promise<{ id: string }> {
    if (conversationOwner(call) === null)
      throw new AppError('unauthenticated', 'Sign in first, or be known as a visitor');
    const id = await this.conversations.create(
      actOf(advisorApi.createConversation, input, call),
      uuidv7(),
      mostConversations,
    );
    if (id !== null) return { id };
    throw new AppError(
      'conflict',
      `You have ${mostConversations} conversations, which is as many as are kept: delete one`,
    );
  }

  async list(
    { limit, cursor }: ParsedInputOf<typeof advisorApi.conversations>,
    call: Call,
  ): Promise<ReplyOf<typeof advisorApi.conversations>> {
    const after = positionOf(cursor);
    const owner = conversationOwner(call);
    const found = owner === null ? [] : await this.conversations.list(owner, limit, after);
    return pageOf(found, limit, ({ updatedAt, id }) => ({ at: updatedAt, id }));
  }

  async get({ id }: { id: string }, call: Call): Promise<ReplyOf<typeof advisorApi.conversation>> {
    const owner = conversationOwner(call);
    const found = owner === null ? null : await this.conversations.find(owner, id);
    if (!found) throw notFound();
    const rows = await Promise.all(found.messages.map((message) => this.asItStands(message)));
    return { ...found.conversation, messages: rows.map(toMessage) };
  }

  async rename(input: ParsedInputOf<typeof advisorApi.renameConversation>, call: Call): Promise<Conversation> {
    const act = actOf(advisorApi.renameConversation, input, call);
    return (await this.conversations.rename(act, input.id, input.title)) ?? notThere();
  }

  async delete(input: { id: string }, call: Call): Promise<Nothing> {
    const act = actOf(advisorApi.deleteConversation, input, call);
    const { running } = (await this.conversations.delete(act, input.id)) ?? notThere();
    if (running !== null) await this.stop(running, call.actor);
    return {};
  }

  async giveFeedback(input: ParsedInputOf<typeof advisorApi.giveFeedback>, call: Call): Promise<Feedback> {
    const act = actOf(advisorApi.giveFeedback, input, call);
    const given = { thumb: input.thumb, reason: input.reason || null };
    const { feedback } = (await this.conversations.setFeedback(act, input.id, given)) ?? notThere();
    return feedback ?? notThere();
  }

  async removeFeedback(input: { id: string }, call: Call): Promise<Nothing> {
    const act = actOf(advisorApi.removeFeedback, input, call);
    (await this.conversations.setFeedback(act, input.id, { thumb: null, reason: null })) ?? notThere();
    return {};
  }

  async export(call: Call): Promise<ReplyOf<typeof advisorApi.exportConversations>> {
    const owner = conversationOwner(call);
    const conversations = owner === null ? [] : await this.conversations.export(owner);
    return { exportedAt: new Date().toISOString(), conversations };
  }

  async personalData(userId: string): Promise<{ conversations: ExportedConversation[] }> {
    return { conversations: await this.conversations.export(`user:${userId}`) };
  }

  /** Once for each event, however often it comes. */
  async erase(userId: string, eventId: string): Promise<void> {
    const running = await this.conversations.erase(`user:${userId}`, eventId);
    // A run is its owner's, whatever their role is.
    for (const runId of running) await this.stop(runId, { kind: 'user', userId, role: 'buyer' });
  }

  async cleanUp(): Promise<Nothing> {
    await this.conversations.deleteOld(visitorDays, emptyHours);
    return {};
  }

  /** One that has ended meanwhile has nothing to be stopped. */
  private async stop(runId: string, actor: Actor): Promise<void> {
    await this.bus.cancel(advisorApi.ask, runId, { actor }).catch(ignoreNotFound);
  }

  /** Of an answer whose replica died nobody could write down that it has ended. */
  private async asItStands(message: MessageRow): Promise<MessageRow> {
    if (message.state !== 'running' || (await this.bus.isRunOpen(advisorApi.ask, message.id))) return message;
    return { ...message, state: 'interrupted' };
  }
}

function actOf(operation: Command, input: unknown, call: Call): Act {
  return { owner: conversationOwner(call) ?? notThere(), operation, input, call };
}

function notFound(): AppError {
  return new AppError('not_found', 'There is no such conversation');
}

function notThere(): never {
  throw notFound();
}

function ignoreNotFound(error: unknown): void {
  if (!(error instanceof AppError && error.code === 'not_found')) throw error;
}
