import { readFile } from 'node:fs/promises';
import { startRedis, type TestRedis } from '@viewora/testkit/redis';
import { until } from '@viewora/testkit/wait';
import { type FakeAccounts, startFakeAccounts } from './accounts.fake.ts';
import { type FakeAdvisor, startFakeAdvisor } from './advisor.fake.ts';
import { readEvents, type SentEvent } from './events.reader.ts';
import { type Gateway, startGateway } from './gateway.ts';
import type { ProblemBody } from './platform.ts';

const origin = 'https://viewora.test';
let redis: TestRedis;
let advisor: FakeAdvisor;
let accounts: FakeAccounts;
let gateway: Gateway;
let other: Gateway;

beforeAll(async () => {
  redis = await startRedis();
  advisor = await startFakeAdvisor(redis.url, { unreadRunMs: 2_000 });
  accounts = await startFakeAccounts(redis.url);
  [gateway, other] = await Promise.all([startRelated(), startRelated()]);
}, 90_000);

afterAll(async () => {
  await Promise.all([gateway, other].map((one) => one?.process.stop()));
  await advisor?.stop();
  await accounts?.stop();
  await redis?.stop();
});

const startRelated = () => startGateway(redis.url, { WEB_ORIGIN: origin });

type Headers = Record<string, string>;

function call(
  method: string,
  path: string,
  headers: Headers = {},
  body?: object,
  { url } = gateway,
): Promise<Response> {
  return fetch(`${url}/api/v1/advisor${path}`, {
    method,
    headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
}

/** Somebody without a session, in a conversation of theirs. */
async function visitor(): Promise<{ id: string; headers: Headers; setCookie: string }> {
  const response = await call('POST', '/conversations');
  const [setCookie = ''] = response.headers.getSetCookie();
  const { id } = (await response.json()) as { id: string };
  return { id, headers: { cookie: setCookie.split(';')[0] ?? '' }, setCookie };
}

async function ask(text: string, { id, headers }: { id: string; headers: Headers }, from = gateway): Promise<Response> {
  return call('POST', `/conversations/${id}/messages`, headers, { text }, from);
}

function resume(runId: string, headers: Headers, lastEventId?: string, from = other): Promise<Response> {
  const seen: Headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
  return call('GET', `/runs/${runId}/events`, { ...headers, ...seen }, undefined, from);
}

async function collect(response: Response): Promise<SentEvent[]> {
  const events: SentEvent[] = [];
  for await (const event of readEvents(response)) events.push(event);
  return events;
}

const wordsOf = (events: SentEvent[]) => events.filter(({ event }) => event === 'delta').map(({ data }) => data.text);
const runOf = (events: SentEvent[]) => String(events[0]?.id.split(':')[0]);
const codeOf = async (response: Response) => [response.status, ((await response.json()) as ProblemBody).code];

describe('an answer', () => {
  test('is an event stream: an id, an event and JSON each, in LF, neither kept nor compressed', async () => {
    const me = await visitor();
    const response = await ask('a b', { ...me, headers: { ...me.headers, 'accept-encoding': 'br, gzip' } });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    expect(response.headers.get('cache-control')).toBe('no-store, no-transform');
    expect(response.headers.get('content-encoding')).toBeNull();
    const text = await response.text();
    const runId = advisor.asked.at(-1)?.id;
    expect(text).toBe(
      [
        `id: ${runId}:1\nevent: status\ndata: {"runId":"${runId}","degraded":true}\n\n`,
        `id: ${runId}:2\nevent: delta\ndata: {"text":"a"}\n\n`,
        `id: ${runId}:3\nevent: delta\ndata: {"text":"b"}\n\n`,
        `id: ${runId}:4\nevent: done\ndata: {"degraded":true,"model":"rules","tokens":0}\n\n`,
      ].join(''),
    );
  });

  test('comes as it is given, not when it is whole', async () => {
    const events = readEvents(await ask('a WAIT b', await visitor()));
    expect([(await events.next()).value?.event, (await events.next()).value?.data]).toEqual(['status', { text: 'a' }]);
    await advisor.goOn();
    expect((await events.next()).value?.data).toEqual({ text: 'b' });
    await events.return(undefined);
  });

  test('that fails before its first part is a problem, and later an event after which nothing comes', async () => {
    const me = await visitor();
    expect(await codeOf(await ask('a', { ...me, id: crypto.randomUUID() }))).toEqual([404, 'not_found']);
    expect(await codeOf(await ask('', me))).toEqual([400, 'invalid_input']);
    expect(await codeOf(await ask('a\0b', me))).toEqual([400, 'invalid_input']);
    expect(await codeOf(await ask('x'.repeat(1_001), me))).toEqual([400, 'invalid_input']);
    const events = await collect(await ask('a FAIL b', me));
    expect(events.at(-1)).toEqual({ id: `${runOf(events)}:3`, event: 'error', data: { code: 'unavailable' } });
    expect(wordsOf(events)).toEqual(['a']);
  });

  test('is given once for a repeat with the same key, and not for another question with it', async () => {
    const me = await visitor();
    const keyed = { ...me, headers: { ...me.headers, 'idempotency-key': 'mine' } };
    const timesAsked = advisor.asked.length;
    const events = await collect(await ask('a b', keyed));
    expect(await collect(await ask('a b', keyed, other))).toEqual(events);
    expect(advisor.asked).toHaveLength(timesAsked + 1);
    expect(await codeOf(await ask('c', keyed))).toEqual([422, 'conflict']);
    const broken = { ...me.headers, 'idempotency-key': 'x'.repeat(300) };
    expect(await codeOf(await ask('a', { ...me, headers: broken }))).toEqual([400, 'invalid_input']);
  });

  test('waits for a slow reader without filling the gateway’s memory', async () => {
    const residentBytes = async () => {
      const [, pages] = (await readFile(`/proc/${gateway.process.pid}/statm`, 'utf8')).split(' ');
      return Number(pages) * 4_096;
    };
    const me = await visitor();
    await collect(await ask('a', me));
    const before = await residentBytes();
    // 64 MB that nobody reads, but for what fits into the buffers on the way.
    const response = await ask('MUCH', me);
    await until(() => advisor.isMuchWritten, { timeoutMs: 60_000, what: 'the answer to be written' });
    expect((await residentBytes()) - before).toBeLessThan(48_000_000);
    expect(wordsOf(await collect(response))).toHaveLength(4_000);
  }, 90_000);
});

describe('a reader who takes nothing', () => {
  let impatient: Gateway;

  beforeAll(async () => {
    impatient = await startGateway(redis.url, { WEB_ORIGIN: origin, STREAM_STALLED_MS: '400' });
  }, 60_000);
  afterAll(() => impatient?.process.stop());

  test('is cut off, and the run left to whoever reads on', async () => {
    const me = await visitor();
    const response = await ask('MUCH WAIT', me, impatient);
    // Of 64 MB nothing is read but what fits into the buffers on the way; then the run counts as unread.
    await until(() => advisor.stopped.length > 0 && advisor.stopped.at(-1) === advisor.asked.at(-1)?.id, {
      timeoutMs: 60_000,
      what: 'the run to be left',
    });
    await expect(collect(response)).rejects.toThrow();
    await advisor.goOn();
  }, 90_000);

  test('is not somebody who waits for an answer that is silent for longer', async () => {
    const response = await ask('WAIT a', await visitor(), impatient);
    const decoder = new TextDecoder();
    let received = '';
    const reading = (async () => {
      for await (const chunk of response.body ?? []) received += decoder.decode(chunk, { stream: true });
    })();
    const heartbeats = () => received.split('\n').filter((line) => line === ':').length;
    // Twice as long as one may take nothing.
    await until(() => heartbeats() >= 8, { what: 'heartbeats' });
    await advisor.goOn();
    await reading;
    expect(received).toMatch(/event: done\n/);
  }, 30_000);
});

describe('an answer whose connection broke', () => {
  /** Reads until the answer waits, then is gone. */
  async function leave(text: string, me: { id: string; headers: Headers }, from = gateway): Promise<SentEvent[]> {
    const seen: SentEvent[] = [];
    for await (const event of readEvents(await ask(text, me, from))) {
      seen.push(event);
      if (seen.length === 3) break;
    }
    return seen;
  }

  test('is read on by another replica, each part once, and is not given twice', async () => {
    const me = await visitor();
    const seen = await leave('a b WAIT c d', me);
    const timesAsked = advisor.asked.length;
    const rest = await resume(runOf(seen), me.headers, seen.at(-1)?.id);
    expect([rest.status, rest.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    await advisor.goOn();
    const all = [...seen, ...(await collect(rest))];
    expect(wordsOf(all)).toEqual(['a', 'b', 'c', 'd']);
    expect(all.map(({ id }) => id)).toEqual(all.map((_, n) => `${runOf(seen)}:${n + 1}`));
    expect(advisor.asked).toHaveLength(timesAsked);
  });

  test('is read on where a gateway was killed in the middle of it', async () => {
    const me = await visitor();
    const victim = await startRelated();
    const response = readEvents(await ask('a b WAIT c', me, victim));
    const seen: SentEvent[] = [];
    const reading = (async () => {
      for await (const event of response) if (seen.push(event) === 3) await victim.process.kill();
    })();
    await expect(reading).rejects.toThrow();
    const rest = await resume(runOf(seen), me.headers, seen.at(-1)?.id);
    await advisor.goOn();
    expect(wordsOf([...seen, ...(await collect(rest))])).toEqual(['a', 'b', 'c']);
  });

  test('ends without a last event where its gateway stops, so that its reader goes on elsewhere', async () => {
    const me = await visitor();
    const leaving = await startRelated();
    const seen: SentEvent[] = [];
    let exit: Promise<unknown> | undefined;
    for await (const event of readEvents(await ask('a b WAIT c', me, leaving)))
      if (seen.push(event) === 3) exit = leaving.process.stop();
    expect(seen.map(({ event }) => event)).toEqual(['status', 'delta', 'delta']);
    expect(await exit).toMatchObject({ signal: 'SIGTERM' });
    const rest = await resume(runOf(seen), me.headers, seen.at(-1)?.id);
    await advisor.goOn();
    expect(wordsOf(await collect(rest))).toEqual(['c']);
  });

  test('can be opened a hundred times: each gets all of it, and nothing is asked again', async () => {
    const me = await visitor();
    const seen = await leave('a b WAIT c', me);
    const timesAsked = advisor.asked.length;
    const opened = await Promise.all(
      Array.from({ length: 100 }, (_, n) => resume(runOf(seen), me.headers, undefined, n % 2 === 0 ? gateway : other)),
    );
    await advisor.goOn();
    const answers = await Promise.all(opened.map(collect));
    for (const answer of answers) expect(wordsOf(answer)).toEqual(['a', 'b', 'c']);
    expect(advisor.asked).toHaveLength(timesAsked);
  });

  test('and that has been read to its end has nothing more to say', async () => {
    const me = await visitor();
    const events = await collect(await ask('a', me));
    expect((await resume(runOf(events), me.headers, events.at(-1)?.id)).status).toBe(204);
    expect(await collect(await resume(runOf(events), me.headers, events[0]?.id))).toEqual(events.slice(1));
  });

  test('is asked for by an event of its own', async () => {
    const me = await visitor();
    const runId = runOf(await collect(await ask('a', me)));
    for (const id of ['nonsense', '1', `${crypto.randomUUID()}:1`, `${runId}:-1`, `${runId}:1e3`])
      expect(await codeOf(await resume(runId, me.headers, id))).toEqual([400, 'invalid_input']);
    expect(await codeOf(await resume('nonsense', me.headers))).toEqual([400, 'invalid_input']);
    const head = await call('HEAD', `/runs/${runId}/events`, me.headers);
    expect([head.status, head.headers.get('allow')]).toEqual([405, 'GET']);
  });

  test('is stopped after a while if nobody comes back', async () => {
    const seen = await leave('a b WAIT c', await visitor());
    await until(() => advisor.stopped.includes(runOf(seen)), { what: 'the handler to be told' });
  });
});

describe('an answer that is stopped', () => {
  test('ends for its readers, and for whoever gives it', async () => {
    const me = await visitor();
    const seen: SentEvent[] = [];
    for await (const event of readEvents(await ask('a WAIT b', me))) {
      if (seen.push(event) !== 2) continue;
      expect((await call('DELETE', `/runs/${runOf(seen)}`, me.headers, undefined, other)).status).toBe(204);
    }
    expect(seen.at(-1)).toMatchObject({ event: 'error', data: { code: 'conflict' } });
    await until(() => advisor.stopped.includes(runOf(seen)), { what: 'the handler to be told' });
  });

  test('has to be one’s own, and no other page may do it', async () => {
    const token = await accounts.token();
    const session = { cookie: `__Host-access=${token}; __Host-refresh=refresh`, origin, 'x-csrf-token': 'csrf' };
    const response = await call('POST', '/conversations', session);
    expect(response.headers.getSetCookie()).toEqual([]);
    const { id } = (await response.json()) as { id: string };
    const runId = runOf(await collect(await ask('a', { id, headers: session })));
    const { 'x-csrf-token': _, ...withoutToken } = session;
    expect((await call('DELETE', `/runs/${runId}`, withoutToken)).status).toBe(403);
    expect((await call('DELETE', `/runs/${runId}`, { ...session, origin: 'https://evil.test' })).status).toBe(403);
    for (const headers of [{}, (await visitor()).headers])
      expect(await codeOf(await call('DELETE', `/runs/${runId}`, headers))).toEqual([404, 'not_found']);
    expect((await call('DELETE', `/runs/${runId}`, session)).status).toBe(204);
  });
});

describe('a visitor', () => {
  test('has a cookie of this host for as long as the browser is open', async () => {
    const { setCookie } = await visitor();
    expect(setCookie).toMatch(/^__Host-visitor=[\w-]{36}\./);
    for (const part of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']) expect(setCookie).toContain(part);
    for (const part of ['Domain', 'Max-Age', 'Expires']) expect(setCookie).not.toContain(part);
  });

  test('is the same one in the next conversation, at any replica', async () => {
    const me = await visitor();
    const response = await call('POST', '/conversations', me.headers, undefined, other);
    expect(response.headers.getSetCookie()[0]?.split(';')[0]).toBe(me.headers.cookie);
    const { id } = (await response.json()) as { id: string };
    for (const mine of [id, me.id]) expect((await call('GET', `/conversations/${mine}`, me.headers)).status).toBe(200);
  });

  test('without the cookie, with somebody else’s or with one that was tampered with is nobody here', async () => {
    const me = await visitor();
    const seen = await collect(await ask('a', me));
    const [value = '', signature = ''] = (me.headers.cookie ?? '').split('=')[1]?.split('.') ?? [];
    const forged = [
      `${value}.${signature.slice(0, -3)}AAA`,
      `${crypto.randomUUID()}.${signature}`,
      `${value}.`,
      value,
      '',
    ].map((text): Headers => ({ cookie: `__Host-visitor=${text}` }));
    for (const headers of [...forged, {}, (await visitor()).headers]) {
      expect(await codeOf(await call('GET', `/conversations/${me.id}`, headers))).toEqual([404, 'not_found']);
      expect(await codeOf(await ask('a', { ...me, headers }))).toEqual([404, 'not_found']);
      expect(await codeOf(await resume(runOf(seen), headers))).toEqual([404, 'not_found']);
      expect(await codeOf(await call('DELETE', `/runs/${runOf(seen)}`, headers))).toEqual([404, 'not_found']);
    }
  });

  test('is not written for by a page of another site', async () => {
    const me = await visitor();
    for (const evil of [{ origin: 'https://evil.test' }, { 'sec-fetch-site': 'cross-site' }] as Headers[])
      expect(await codeOf(await ask('a', { ...me, headers: { ...me.headers, ...evil } }))).toEqual([403, 'forbidden']);
    for (const ours of [{ origin }, { 'sec-fetch-site': 'same-origin' }] as Headers[])
      expect((await ask('a', { ...me, headers: { ...me.headers, ...ours } })).status).toBe(200);
  });
});
