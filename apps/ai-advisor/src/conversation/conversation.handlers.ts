import { Controller } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import { advisorApi } from '@viewora/contracts/advisor';
import type { AnswerPart } from '@viewora/contracts/answer';
import type { Call } from '@viewora/contracts/call';
import type { ParsedInputOf, ReplyOf } from '@viewora/contracts/service';
import { Handle, On } from '@viewora/service-kit/handle';
import { AskService } from './ask.service.ts';
import { ConversationService } from './conversation.service.ts';

type Input<K extends keyof typeof advisorApi.operations> = ParsedInputOf<(typeof advisorApi.operations)[K]>;
type Reply<K extends keyof typeof advisorApi.operations> = Promise<ReplyOf<(typeof advisorApi.operations)[K]>>;

@Controller()
export class ConversationHandlers {
  constructor(
    private readonly conversations: ConversationService,
    private readonly questions: AskService,
  ) {}

  @Handle(advisorApi.createConversation)
  create(input: Record<string, never>, call: Call): Reply<'createConversation'> {
    return this.conversations.create(input, call);
  }

  @Handle(advisorApi.conversations)
  list(input: Input<'conversations'>, call: Call): Reply<'conversations'> {
    return this.conversations.list(input, call);
  }

  @Handle(advisorApi.conversation)
  get(input: Input<'conversation'>, call: Call): Reply<'conversation'> {
    return this.conversations.get(input, call);
  }

  @Handle(advisorApi.renameConversation)
  rename(input: Input<'renameConversation'>, call: Call): Reply<'renameConversation'> {
    return this.conversations.rename(input, call);
  }

  @Handle(advisorApi.deleteConversation)
  delete(input: Input<'deleteConversation'>, call: Call): Reply<'deleteConversation'> {
    return this.conversations.delete(input, call);
  }

  @Handle(advisorApi.exportConversations)
  export(_: Record<string, never>, call: Call): Reply<'exportConversations'> {
    return this.conversations.export(call);
  }

  @Handle(advisorApi.ask)
  ask(input: Input<'ask'>, call: Call): AsyncIterable<AnswerPart> {
    return this.questions.ask(input, call);
  }

  @Handle(advisorApi.giveFeedback)
  giveFeedback(input: Input<'giveFeedback'>, call: Call): Reply<'giveFeedback'> {
    return this.conversations.giveFeedback(input, call);
  }

  @Handle(advisorApi.removeFeedback)
  removeFeedback(input: Input<'removeFeedback'>, call: Call): Reply<'removeFeedback'> {
    return this.conversations.removeFeedback(input, call);
  }

  @Handle(advisorApi.personalData)
  personalData({ userId }: Input<'personalData'>): Reply<'personalData'> {
    return this.conversations.personalData(userId);
  }

  @Handle(advisorApi.cleanUp)
  cleanUp(): Reply<'cleanUp'> {
    return this.conversations.cleanUp();
  }

  @On(accountsApi.userErased)
  userErased({ userId }: { userId: string }, { id }: Call): Promise<void> {
    return this.conversations.erase(userId, id);
  }
}
