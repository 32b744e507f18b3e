import { readFileSync } from 'node:fs';
import { accountsApi } from '@viewora/contracts/accounts';
import { advisorApi } from '@viewora/contracts/advisor';
import type { AnswerPart } from '@viewora/contracts/answer';
import type { Actor } from '@viewora/contracts/call';
import { mostConversations, mostMessages } from '@viewora/contracts/conversation';
import { propertyApi } from '@viewora/contracts/property';
import { withClient } from '@viewora/devstack/postgres';
import type { RunningProcess } from '@viewora/devstack/processes';
import { runKey } from '@viewora/redis-transport/keys';
import { until } from '@viewora/testkit/wait';
import type { Redis } from 'ioredis';
import { type ConversationLab, collect, openConversationLab, untilFilter } from './conversation.lab.ts';
import { listing } from './listing.factory.ts';

let lab: ConversationLab;
let replicas: RunningProcess[];

beforeAll(async () => {
  lab = await openConversationLab();
  lab.market.listings = [1, 2, 3].map((n) => listing({ city: 'Folsom', beds: n + 1, priceMinor: n * 20_000_000 }));
  replicas = await Promise.all([lab.startReplica(), lab.startReplica()]);
}, 90_000);

afterAll(() => lab?.close());

const visitor = (): Actor => ({ kind: 'anonymous', visitorId: crypto.randomUUID() });
const user = (): Actor & { kind: 'user' } => ({ kind: 'user', userId: crypto.randomUUID(), role: 'buyer' });
const begin = async (actor: Actor) => (await lab.call(actor, advisorApi.createConversation, {})).id;
const get = (actor: Actor, id: string) => lab.call(actor, advisorApi.conversation, { id });
const answer = (actor: Actor, id: string, text: string) => collect(lab.ask(actor, id, text));
const restOf = (actor: Actor, { runId }: { runId: string }) =>
  collect(lab.client.resume(advisorApi.ask, runId, undefined, { actor, requestId: 'test' }));
const sql = (text: string, values: unknown[] = []) =>
  withClient(lab.databaseUrl, async (client) => (await client.query(text, values)).rows);

function filterOf(parts: AnswerPart[]) {
  const part = parts.find(({ event }) => event === 'filter');
  return part?.event === 'filter' ? part.data.filter : undefined;
}

const proseOf = (parts: AnswerPart[]) =>
  parts.flatMap((part) => (part.event === 'delta' ? [part.data.text] : [])).join('');

/** The most memory that each replica has had so far, MB. Only Linux tells. */
function memoryPeaks(): number[] {
  if (process.platform !== 'linux') return [];
  const kilobytes = /VmHWM:\s+(\d+)/;
  return replicas.map(({ pid }) => Number(kilobytes.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024);
}

describe('a conversation', () => {
  test('keeps every question with its answer as it was given, its prose in one piece', async () => {
    const me = visitor();
    const id = await begin(me);
    const given = await answer(me, id, 'house in Folsom under 450k');
    const { title, messages } = await get(me, id);
    expect(title).toBe('house in Folsom under 450k');
    expect(messages).toHaveLength(1);
    const [message] = messages;
    expect(message).toMatchObject({ question: 'house in Folsom under 450k', state: 'done', feedback: null });
    expect(given[0]).toEqual({ event: 'status', data: { runId: message?.id, degraded: true } });
    expect(proseOf(message?.parts ?? [])).toBe(proseOf(given));
    const withoutProse = (parts: AnswerPart[]) => parts.filter(({ event }) => event !== 'delta');
    expect(withoutProse(message?.parts ?? [])).toEqual(withoutProse(given));
    expect(message?.parts.some((part, n) => part.event === 'delta' && message.parts[n + 1]?.event === 'delta')).toBe(
      false,
    );
  });

  test('shows each home once, however often more are asked for, and whatever was asked of one meanwhile', async () => {
    lab.market.listings.push(...Array.from({ length: 50 }, () => listing({ city: 'Roseville' })));
    const me = visitor();
    const id = await begin(me);
    const idsOf = (parts: AnswerPart[]) =>
      parts.flatMap((part) => (part.event === 'results' ? part.data.items.map((item) => item.id) : []));
    const pages = [idsOf(await answer(me, id, 'homes in Roseville'))];
    for (let page = 0; page < 6; page++) {
      expect(idsOf(await answer(me, id, 'the second one'))).toEqual([pages.at(-1)?.[1]]);
      expect(idsOf(await answer(me, id, 'and the first one?'))).toEqual([pages.at(-1)?.[0]]);
      pages.push(idsOf(await answer(me, id, 'show more')));
    }
    expect(pages.map(({ length }) => length)).toEqual([8, 8, 8, 8, 8, 8, 2]);
    expect(new Set(pages.flat()).size).toBe(50);
    expect(proseOf(await answer(me, id, 'show more'))).toBe('There are no others that match.');
    lab.market.listings = lab.market.listings.filter(({ city }) => city === 'Folsom');
  });

  test('lets a question build on the answer before, and on none of another conversation', async () => {
    const me = visitor();
    const [id, other] = [await begin(me), await begin(me)];
    await answer(me, id, 'house in Folsom under 450k');
    expect(filterOf(await answer(me, id, 'with 3 beds'))).toMatchObject({ place: 'Folsom', maxPriceMinor: 45_000_000 });
    expect(filterOf(await answer(me, other, 'with 3 beds'))).not.toHaveProperty('place');
  });

  test('is listed by when it was last asked, page by page, each once', async () => {
    const me = visitor();
    const ids = [await begin(me), await begin(me), await begin(me)];
    const [first = ''] = ids;
    await answer(me, first, 'flat in Folsom');
    await sql('UPDATE conversation SET updated_at = $2 WHERE id = ANY ($1)', [ids.slice(1), '2026-01-01T00:00:00Z']);
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await lab.call(me, advisorApi.conversations, { limit: 1, ...(cursor && { cursor }) });
      seen.push(...page.items.map((item) => item.id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual([first, ...ids.slice(1).sort().reverse()]);
    const wrong = lab.call(me, advisorApi.conversations, { cursor: 'nonsense' });
    await expect(wrong).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('can be renamed, and keeps that title whatever is asked next', async () => {
    const me = visitor();
    const id = await begin(me);
    const title = 'For my mother';
    expect(await lab.call(me, advisorApi.renameConversation, { id, title })).toMatchObject({ title, messages: 0 });
    await answer(me, id, 'house in Folsom');
    expect((await get(me, id)).title).toBe(title);
  });

  test('is gone with all its messages once it is deleted, and its answer under way is stopped', async () => {
    const me = visitor();
    const id = await begin(me);
    lab.gate.close();
    const run = lab.ask(me, id, 'house in Folsom');
    await untilFilter(run);
    await lab.call(me, advisorApi.deleteConversation, { id });
    expect(await lab.client.isRunOpen(advisorApi.ask, run.runId)).toBe(false);
    lab.gate.open();
    await expect(get(me, id)).rejects.toMatchObject({ code: 'not_found' });
    expect(await sql('SELECT FROM message WHERE id = $1', [run.runId])).toEqual([]);
  });

  test('is deleted with an answer that began while it was to be deleted, and that is stopped', async () => {
    const me = visitor();
    const id = await begin(me);
    lab.gate.close();
    const run = lab.ask(me, id, 'house in Folsom');
    await withClient(lab.databaseUrl, async (client) => {
      const waiting = async (count: number) => {
        const held = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        return (await sql(held)).length === count;
      };
      await client.query('BEGIN');
      await client.query('SELECT FROM conversation WHERE id = $1 FOR UPDATE', [id]);
      const reading = untilFilter(run).catch(() => undefined);
      await until(() => waiting(1), { what: 'the question to be asked' });
      const deleting = lab.call(me, advisorApi.deleteConversation, { id });
      await until(() => waiting(2), { what: 'the conversation to be deleted' });
      await client.query('COMMIT');
      await Promise.all([deleting, reading]);
    });
    await expect(restOf(me, run)).rejects.toMatchObject({ code: 'conflict' });
    lab.gate.open();
  });

  test('is exported with what was said, for its owner and for their account', async () => {
    const me = user();
    const id = await begin(me);
    const given = await answer(me, id, 'house in Folsom under 450k');
    const { conversations } = await lab.call(me, advisorApi.exportConversations, {});
    expect(conversations).toMatchObject([
      { id, messages: [{ question: 'house in Folsom under 450k', state: 'done' }] },
    ]);
    expect(conversations[0]?.messages[0]?.answer).toBe(proseOf(given));
    expect(conversations[0]?.messages[0]?.listings.length).toBeGreaterThan(0);
    const service: Actor = { kind: 'service', name: 'accounts-api' };
    expect(await lab.call(service, advisorApi.personalData, { userId: me.userId })).toEqual({ conversations });
  });

  test('is exported without what is known of the homes being read, of which there may be much', async () => {
    const me = user();
    const listings = Array.from({ length: 8 }, (_, n) => ({ id: crypto.randomUUID(), title: `Home ${n}` }));
    const items = listings.map((home) => ({ ...home, description: 'A house. '.repeat(1_000) }));
    const parts = [
      { event: 'results', data: { items } },
      { event: 'delta', data: { text: 'Eight' } },
      { event: 'delta', data: { text: ' homes.' } },
    ];
    const ids = await Promise.all(Array.from({ length: 20 }, () => begin(me)));
    await sql(
      `INSERT INTO message (id, conversation_id, question, state, parts)
       SELECT gen_random_uuid(), id, 'homes', 'done', $2 FROM unnest($1::uuid[]) id, generate_series(1, 50)`,
      [ids, JSON.stringify(parts)],
    );
    const before = memoryPeaks();
    const { conversations } = await lab.call(me, advisorApi.exportConversations, {});
    expect(conversations).toHaveLength(20);
    for (const { messages } of conversations) {
      expect(messages).toHaveLength(50);
      for (const message of messages) expect(message).toMatchObject({ answer: 'Eight homes.', listings });
    }
    // All of it has 72 MB.
    for (const [n, peak] of memoryPeaks().entries()) expect(peak - (before[n] ?? 0)).toBeLessThan(60);
  });

  test('is one of a number, and has so many questions at most', async () => {
    const me = visitor();
    const id = await begin(me);
    await sql(
      `INSERT INTO message (id, conversation_id, question, state) SELECT gen_random_uuid(), $1, 'x', 'done' FROM generate_series(1, $2)`,
      [id, mostMessages],
    );
    await expect(answer(me, id, 'one more')).rejects.toMatchObject({ code: 'conflict' });
    await sql(
      `INSERT INTO conversation (id, owner) SELECT gen_random_uuid(), owner FROM conversation, generate_series(2, $2) WHERE id = $1`,
      [id, mostConversations - 1],
    );
    const created = await Promise.allSettled([begin(me), begin(me), begin(me)]);
    expect(created.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('of a repeat is the same one, and of another visitor with the same key is not', async () => {
    const create = (actor: Actor) =>
      lab.client.requestText(advisorApi.createConversation, '{}', { actor, requestId: 'test', idempotencyKey: 'one' });
    const [me, other] = [visitor(), visitor()];
    expect(await create(me)).toBe(await create(me));
    expect(await create(other)).not.toBe(await create(me));
  });
});

describe('an answer', () => {
  test('is the only one of its conversation at a time', async () => {
    const me = visitor();
    const id = await begin(me);
    lab.gate.close();
    const run = lab.ask(me, id, 'house in Folsom');
    await untilFilter(run);
    expect((await get(me, id)).messages[0]).toMatchObject({ id: run.runId, state: 'running' });
    const others = await Promise.allSettled([answer(me, id, 'flat'), answer(me, id, 'plot')]);
    for (const other of others) expect(other).toMatchObject({ status: 'rejected', reason: { code: 'conflict' } });
    lab.gate.open();
    await restOf(me, run);
    expect((await get(me, id)).messages.map(({ state }) => state)).toEqual(['done']);
    await answer(me, id, 'flat');
  });

  test('is not given again for a repeat whose run is not there any more', async () => {
    const me = visitor();
    const id = await begin(me);
    const ask = () => {
      const options = { actor: me, requestId: 'test', idempotencyKey: 'mine' };
      return lab.client.stream(advisorApi.ask, JSON.stringify({ id, text: 'house in Folsom' }), options);
    };
    const run = ask();
    await collect(run);
    await lab.client.unwrap<Redis>().del(runKey(advisorApi.serviceName, run.runId));
    await expect(collect(ask())).rejects.toMatchObject({ code: 'conflict' });
    expect((await get(me, id)).messages.map(({ state }) => state)).toEqual(['done']);
  });

  /** Asks, and stops the answer before it has any homes. */
  async function stop(me: Actor, id: string, text: string): Promise<string> {
    lab.gate.close();
    const run = lab.ask(me, id, text);
    await untilFilter(run);
    await lab.client.cancel(advisorApi.ask, run.runId, me);
    const isStopped = async () => (await get(me, id)).messages.at(-1)?.state === 'stopped';
    await until(isStopped, { what: 'it to be written down' });
    lab.gate.open();
    return run.runId;
  }

  test('that is stopped is kept as far as it came', async () => {
    const me = visitor();
    const id = await begin(me);
    await stop(me, id, 'house in Folsom');
    expect((await get(me, id)).messages[0]?.parts.map(({ event }) => event)).toEqual(['status', 'filter']);
  });

  test('that did not come to its end gives its place to the same question, which follows what it followed', async () => {
    const me = visitor();
    const id = await begin(me);
    await answer(me, id, 'house in Folsom under 450k');
    const stopped = await stop(me, id, 'cheaper');
    const again = await collect(lab.ask(me, id, 'cheaper', stopped));
    // Not cheaper than what "cheaper" had made of it already.
    expect(filterOf(again)?.maxPriceMinor).toBe(38_000_000);
    const { messages } = await get(me, id);
    expect(messages.map(({ question, state }) => [question, state])).toEqual([
      ['house in Folsom under 450k', 'done'],
      ['cheaper', 'done'],
    ]);
    expect(messages.map(({ id }) => id)).not.toContain(stopped);
  });

  test('stays where it is whole, where others follow it, or where another conversation has it', async () => {
    const me = visitor();
    const [id, other] = [await begin(me), await begin(me)];
    const elsewhere = await stop(me, other, 'house in Folsom');
    const stopped = await stop(me, id, 'house in Folsom');
    await collect(lab.ask(me, id, 'flat in Folsom', elsewhere));
    const [, whole] = (await get(me, id)).messages;
    for (const instead of [whole?.id, stopped]) await collect(lab.ask(me, id, 'plot in Folsom', instead));
    expect((await get(me, id)).messages.map(({ question }) => question)).toEqual([
      'house in Folsom',
      'flat in Folsom',
      'plot in Folsom',
      'plot in Folsom',
    ]);
    expect((await get(me, other)).messages).toMatchObject([{ id: elsewhere }]);
  });

  test('that fails is kept, too, and the next question is answered', async () => {
    const me = visitor();
    const id = await begin(me);
    lab.market.away.add(propertyApi.candidates.name);
    await expect(answer(me, id, 'house in Folsom')).rejects.toMatchObject({ code: 'unavailable' });
    lab.market.away.clear();
    expect((await get(me, id)).messages[0]?.state).toBe('failed');
    await answer(me, id, 'house in Folsom');
  });

  test('whose replica was killed is shown as interrupted, and keeps nobody from asking again', async () => {
    const fragile = await openConversationLab();
    try {
      const victim = await fragile.startReplica();
      const me = visitor();
      const { id } = await fragile.call(me, advisorApi.createConversation, {});
      fragile.gate.close();
      const run = fragile.ask(me, id, 'house in Folsom');
      await untilFilter(run);
      await victim.kill();
      await fragile.startReplica();
      fragile.gate.open();
      const resumed = fragile.client.resume(advisorApi.ask, run.runId, undefined, { actor: me, requestId: 'test' });
      await expect(collect(resumed)).rejects.toMatchObject({ code: 'unavailable' });
      const { messages } = await fragile.call(me, advisorApi.conversation, { id });
      expect(messages).toMatchObject([{ id: run.runId, state: 'interrupted' }]);
      expect((await collect(fragile.ask(me, id, 'house in Folsom'))).at(-1)?.event).toBe('done');
    } finally {
      await fragile.close();
    }
  }, 90_000);
});

describe('feedback', () => {
  test('can be given with a reason, changed and taken back', async () => {
    const me = visitor();
    const id = await begin(me);
    await answer(me, id, 'house in Folsom');
    const feedback = async () => (await get(me, id)).messages[0]?.feedback;
    const messageId = (await get(me, id)).messages[0]?.id ?? '';
    await lab.call(me, advisorApi.giveFeedback, { id: messageId, thumb: 'down', reason: 'No garages' });
    expect(await feedback()).toMatchObject({ thumb: 'down', reason: 'No garages' });
    await lab.call(me, advisorApi.giveFeedback, { id: messageId, thumb: 'up', reason: ' ' });
    expect(await feedback()).toMatchObject({ thumb: 'up', reason: null });
    await lab.call(me, advisorApi.removeFeedback, { id: messageId });
    expect(await feedback()).toBeNull();
  });
});

test('what is somebody else’s is not there, whoever asks and however', async () => {
  const me = user();
  const id = await begin(me);
  await answer(me, id, 'house in Folsom');
  const messageId = (await get(me, id)).messages[0]?.id ?? '';
  const nobody: Actor = { kind: 'anonymous' };
  for (const stranger of [user(), visitor(), { kind: 'anonymous', visitorId: me.userId } satisfies Actor, nobody]) {
    const refused = [
      get(stranger, id),
      answer(stranger, id, 'house'),
      lab.call(stranger, advisorApi.renameConversation, { id, title: 'Mine now' }),
      lab.call(stranger, advisorApi.deleteConversation, { id }),
      lab.call(stranger, advisorApi.giveFeedback, { id: messageId, thumb: 'down' }),
      lab.call(stranger, advisorApi.removeFeedback, { id: messageId }),
    ];
    for (const one of refused) await expect(one).rejects.toMatchObject({ code: 'not_found' });
    expect((await lab.call(stranger, advisorApi.conversations, {})).items).toEqual([]);
    expect((await lab.call(stranger, advisorApi.exportConversations, {})).conversations).toEqual([]);
  }
  await expect(begin(nobody)).rejects.toMatchObject({ code: 'unauthenticated' });
  expect((await get(me, id)).messages).toHaveLength(1);
});

test('somebody’s conversations go with their account, with an answer under way, and nobody else’s', async () => {
  const [me, other] = [user(), user()];
  const [mine, theirs] = [await begin(me), await begin(other)];
  lab.gate.close();
  const run = lab.ask(me, mine, 'house in Folsom');
  await untilFilter(run);
  await lab.client.publishEvent(accountsApi.userErased, JSON.stringify({ userId: me.userId }));
  await until(async () => (await sql('SELECT FROM conversation WHERE id = $1', [mine])).length === 0, {
    what: 'the erasure',
  });
  await expect(restOf(me, run)).rejects.toMatchObject({ code: 'conflict' });
  lab.gate.open();
  expect((await get(other, theirs)).id).toBe(theirs);
});

test('the clean-up removes what visitors left behind a week ago and what was never used, and nothing else', async () => {
  const [me, guest] = [user(), visitor()];
  const days = async (ago: number, actor: Actor, hasMessage: boolean) => {
    const id = await begin(actor);
    if (hasMessage)
      await sql(
        `INSERT INTO message (id, conversation_id, question, state) VALUES (gen_random_uuid(), $1, 'x', 'done')`,
        [id],
      );
    await sql('UPDATE conversation SET updated_at = now() - make_interval(days => $2) WHERE id = $1', [id, ago]);
    return id;
  };
  const kept = [await days(900, me, true), await days(6, guest, true), await days(0, me, false)];
  const gone = [await days(8, guest, true), await days(2, me, false), await days(2, guest, false)];
  await lab.call({ kind: 'service', name: 'scheduler' }, advisorApi.cleanUp, { at: new Date().toISOString() });
  const left = (await sql('SELECT id FROM conversation')).map(({ id }) => id);
  expect(left).toEqual(expect.arrayContaining(kept));
  expect(left.filter((id) => gone.includes(id))).toEqual([]);
});
