import { setTimeout as delay } from 'node:timers/promises';
import { advisorApi } from '@viewora/contracts/advisor';
import type { AnswerPart } from '@viewora/contracts/answer';
import type { Actor, Call } from '@viewora/contracts/call';
import { AppError } from '@viewora/contracts/errors';
import type { AnyOperation, EventDefinition } from '@viewora/contracts/service';
import type { Understanding } from '@viewora/contracts/understanding';
import type { RedisStreamsContext } from '@viewora/redis-transport/context';
import { RedisStreamsServer } from '@viewora/redis-transport/server';

export interface FakeAdvisorOptions {
  /** How long a run goes on that nobody reads. */
  unreadRunMs?: number;
}

/**
 * Answers as ai-advisor would, and understands every question as one for houses. An answer repeats the question word by word:
 * WAIT waits until the test says `goOn`, FAIL fails, and MUCH is 4,000 parts of 16 kB.
 */
export async function startFakeAdvisor(redisUrl: string, { unreadRunMs }: FakeAdvisorOptions = {}) {
  const server = new RedisStreamsServer({ redisUrl, service: advisorApi.serviceName, unreadRunMs });
  const owners = new Map<string, Actor>();
  const asked: Call[] = [];
  const stopped: string[] = [];
  const waiting: (() => void)[] = [];
  let isMuchWritten = false;

  function assertOwn(id: string, { actor }: Call): void {
    if (JSON.stringify(owners.get(id)) !== JSON.stringify(actor))
      throw new AppError('not_found', 'There is no such conversation');
  }

  async function* ask({ id, text }: { id: string; text: string }, call: Call): AsyncGenerator<AnswerPart> {
    assertOwn(id, call);
    asked.push(call);
    call.signal.addEventListener('abort', () => stopped.push(call.id));
    yield { event: 'status', data: { runId: call.id, degraded: true } };
    for (const word of text.split(' ')) {
      if (word === 'FAIL') throw new AppError('unavailable', 'The market is away', { retryAfterSeconds: 1 });
      if (word === 'WAIT') await new Promise<void>((goOn) => waiting.push(goOn));
      else if (word !== 'MUCH') yield { event: 'delta', data: { text: word } };
      else for (let n = 0; n < 4_000; n += 1) yield { event: 'delta', data: { text: 'x'.repeat(16_384) } };
    }
    isMuchWritten ||= text.includes('MUCH');
    yield { event: 'done', data: { degraded: true, model: 'rules', tokens: 0 } };
  }

  const replies: Record<string, (input: never, call: Call) => unknown> = {
    parse: ({ text }: { text: string }): Understanding => {
      const understood = [{ start: 0, end: text.length, label: 'Houses', fields: ['type' as const] }];
      return { text, intent: 'find', filter: { type: ['house'] }, wishes: [], understood, leftOut: [] };
    },
    createConversation: (_: object, { actor }) => {
      const id = crypto.randomUUID();
      owners.set(id, actor);
      return { id };
    },
    conversations: () => ({ items: [], nextCursor: null }),
    conversation: ({ id }: { id: string }, call) => {
      assertOwn(id, call);
      const at = new Date().toISOString();
      return { id, title: null, createdAt: at, updatedAt: at, messages: [] };
    },
    exportConversations: () => ({ exportedAt: new Date().toISOString(), conversations: [] }),
    describe: () => ({ text: 'A house.', degraded: true, model: 'rules' }),
    checkText: () => ({ concerns: [] }),
    ask,
  };
  for (const [key, { name, kind }] of Object.entries<AnyOperation | EventDefinition>(advisorApi.operations)) {
    if (kind === 'event') continue;
    server.addHandler(name, async (input: unknown, context: RedisStreamsContext) => {
      const reply = replies[key];
      if (!reply) throw new AppError('not_found', 'There is no such conversation');
      return reply(input as never, context.getCall());
    });
  }
  await new Promise<void>((listening) => server.listen(() => listening()));
  return {
    /** The calls of all questions. */
    asked,
    /** The runs whose handlers were told to stop. */
    stopped,
    async goOn(): Promise<void> {
      for (;;) {
        const resume = waiting.shift();
        if (resume) return resume();
        await delay(5);
      }
    },
    get isMuchWritten() {
      return isMuchWritten;
    },
    stop: () => server.close(),
  };
}

export type FakeAdvisor = Awaited<ReturnType<typeof startFakeAdvisor>>;
