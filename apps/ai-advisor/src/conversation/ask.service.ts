import { Injectable } from '@nestjs/common';
import { advisorApi } from '@viewora/contracts/advisor';
import type { AnswerPart } from '@viewora/contracts/answer';
import { type Call, Stopped } from '@viewora/contracts/call';
import { type AnswerState, mostMessages } from '@viewora/contracts/conversation';
import { AppError } from '@viewora/contracts/errors';
import type { ParsedInputOf } from '@viewora/contracts/service';
import { Bus } from '@viewora/service-kit/bus';
import { AnswerService } from '../answer/answer.service.ts';
import { AnswerRecord, beforeOf, type EarlierAnswer } from './answer.record.ts';
import { AskRepository, type Question } from './ask.repository.ts';
import { conversationOwner } from './owner.ts';

/** Characters of a question that a conversation is called by. */
const titleLength = 80;

/** A question in a conversation, and the record of its answer. */
@Injectable()
export class AskService {
  constructor(
    private readonly questions: AskRepository,
    private readonly answers: AnswerService,
    private readonly bus: Bus,
  ) {}

  /** @throws AppError `not_found` for a conversation of somebody else's, `conflict` while another answer is given there */
  async *ask({ id, text, instead }: ParsedInputOf<typeof advisorApi.ask>, call: Call): AsyncGenerator<AnswerPart> {
    const owner = conversationOwner(call);
    if (owner === null) throw noConversation();
    const question = { conversationId: id, owner, messageId: call.id, text, title: titleOf(text), instead };
    const before = beforeOf(await this.begin(question));
    const record = new AnswerRecord();
    let state: AnswerState = 'failed';
    try {
      const asked = { runId: call.id, text, before, signal: call.signal };
      for await (const part of this.answers.answer(asked)) {
        record.add(part);
        yield part;
      }
      state = 'done';
    } finally {
      // Nobody is left who could be told that this went wrong: the answer then counts as interrupted.
      await this.questions.end(call.id, call.signal.aborted ? stoppedBy(call.signal) : state, record.parts);
    }
  }

  private async begin(question: Question): Promise<EarlierAnswer[]> {
    const begun = await this.questions.begin(question, mostMessages);
    if (begun.kind === 'begun') return begun.before;
    if (begun.kind === 'not_found') throw noConversation();
    if (begun.kind === 'too_many')
      throw new AppError('conflict', `A conversation has at most ${mostMessages} questions: begin another`);
    // A repeat of long ago: its run cannot be read any more.
    if (begun.kind === 'answered') throw new AppError('conflict', 'This was answered before: the conversation has it');
    if (await this.bus.isRunOpen(advisorApi.ask, begun.messageId))
      throw new AppError('conflict', 'The last question is still being answered');
    await this.questions.interrupt(begun.messageId);
    return this.begin(question);
  }
}

function noConversation(): AppError {
  return new AppError('not_found', 'There is no such conversation');
}

/** Who cancels a run has wanted it to end; whatever else aborts it has not. */
function stoppedBy({ reason }: AbortSignal): AnswerState {
  return reason instanceof Stopped && reason.why === 'cancelled' ? 'stopped' : 'interrupted';
}

/** Whole characters, so that nothing is cut in its middle. */
function titleOf(text: string): string {
  const characters = [...text.replace(/\s+/g, ' ')];
  return characters.length <= titleLength ? characters.join('') : `${characters.slice(0, titleLength - 1).join('')}…`;
}
