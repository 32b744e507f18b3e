import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AnswerPart } from '@viewora/contracts/answer';
import { AppError } from '@viewora/contracts/errors';
import { type AnswerRoutes, followAnswer, type Patience } from './answer-stream.ts';

const runId = '0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a';
const said: AnswerPart[] = [
  { event: 'status', data: { runId, degraded: true } },
  { event: 'delta', data: { text: 'Three homes ' } },
  { event: 'delta', data: { text: 'cost ₹85 L.' } },
  { event: 'done', data: { degraded: true, model: 'rules', tokens: 0 } },
];
const written = said.map(
  ({ event, data }, n) => `id: ${runId}:${n}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`,
);
const patience: Patience = { waitsMs: [1, 1, 1], silenceMs: 5_000 };

let server: Server;
/** What the server does with each request, in turn; the last for all that follow. */
let answers: ((reply: ServerResponse, request: IncomingMessage) => void)[];
let asked: string[];

beforeEach(async () => {
  asked = [];
  server = createServer((request, reply) => {
    asked.push(`${request.url} after ${request.headers['last-event-id'] ?? 'nothing'}`);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    reply.setHeader('content-type', 'text/event-stream');
    answer?.(reply, request);
  }).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

const tell =
  (...texts: string[]) =>
  (reply: ServerResponse) =>
    reply.end(texts.join(''));
/** Says so much, and hangs up in the middle of it. */
const breakOff =
  (...texts: string[]) =>
  (reply: ServerResponse) =>
    reply.write(texts.join(''), () => reply.destroy());
const refuse = (status: number) => (reply: ServerResponse) => reply.writeHead(status).end();

function routes(): AnswerRoutes {
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    begin: (signal) => fetch(`${base}/begin`, { signal }),
    resume: async (run, lastEventId, signal) => {
      const reply = await fetch(`${base}/runs/${run}`, { signal, headers: { 'last-event-id': lastEventId } });
      if (reply.ok) return reply;
      const code = reply.status === 404 ? 'not_found' : 'unavailable';
      throw new AppError(code, `It answered ${reply.status}`);
    },
  };
}

async function read(signal = new AbortController().signal, waits = patience): Promise<AnswerPart[]> {
  const parts: AnswerPart[] = [];
  for await (const part of followAnswer(routes(), signal, waits)) parts.push(part);
  return parts;
}

test('an answer is read part by part, however its bytes are cut', async () => {
  const bytes = Buffer.from(written.join(''));
  answers = [
    async (reply) => {
      for (const byte of bytes) {
        reply.write(Buffer.of(byte));
        await new Promise(setImmediate);
      }
      reply.end();
    },
  ];
  expect(await read()).toEqual(said);
});

test('what breaks off in the middle of a part is read on from the last whole one, and no part comes twice', async () => {
  const half = written[2]?.slice(0, 60) ?? '';
  answers = [
    breakOff(...written.slice(0, 2), half),
    refuse(503),
    // It says more than it was asked for.
    breakOff(...written.slice(1, 3)),
    tell(...written.slice(3)),
  ];
  expect(await read()).toEqual(said);
  expect(asked).toEqual([
    '/begin after nothing',
    `/runs/${runId} after ${runId}:1`,
    `/runs/${runId} after ${runId}:1`,
    `/runs/${runId} after ${runId}:2`,
  ]);
});

test('a connection that ends politely before the answer is done has broken off too', async () => {
  answers = [tell(...written.slice(0, 2)), tell(...written.slice(2))];
  expect(await read()).toEqual(said);
});

test('a connection that says nothing is given up, and read on elsewhere', async () => {
  answers = [(reply) => reply.write(written[0]), tell(...written.slice(1))];
  expect(await read(undefined, { ...patience, silenceMs: 50 })).toEqual(said);
});

test('comments keep a connection that has nothing to say yet', async () => {
  answers = [
    (reply) => {
      let left = 12;
      const timer = setInterval(() => {
        if (left-- > 0) return reply.write(': still here\n\n');
        clearInterval(timer);
        reply.end(written.join(''));
      }, 20);
    },
  ];
  expect(await read(undefined, { ...patience, silenceMs: 100 })).toEqual(said);
  expect(asked).toHaveLength(1);
});

test('tries to read on are bounded as long as nothing new comes, and any part starts them anew', async () => {
  answers = [breakOff(written[0] ?? ''), refuse(503), refuse(503), breakOff(written[1] ?? ''), refuse(503)];
  await expect(read()).rejects.toMatchObject({ code: 'unavailable' });
  expect(asked).toHaveLength(1 + 3 + 3);
});

test('a run that is gone is not asked for again', async () => {
  answers = [breakOff(written[0] ?? ''), refuse(404)];
  await expect(read()).rejects.toMatchObject({ code: 'not_found' });
  expect(asked).toHaveLength(2);
});

test('a run that has nothing more to say is over', async () => {
  answers = [breakOff(written[0] ?? ''), refuse(204)];
  await expect(read()).rejects.toMatchObject({ code: 'not_found' });
  expect(asked).toHaveLength(2);
});

test('what breaks off before its first part is begun again, as often as anything else is tried', async () => {
  answers = [breakOff(': hello\n\n'), breakOff(''), tell(...written)];
  expect(await read()).toEqual(said);
  expect(asked).toEqual(Array<string>(3).fill('/begin after nothing'));

  asked = [];
  answers = [breakOff(': hello\n\n')];
  await expect(read()).rejects.toMatchObject({ code: 'unavailable' });
  expect(asked).toHaveLength(1 + 3);
});

test('an answer that cannot be begun at all fails at once', async () => {
  let tries = 0;
  const begin = async () => {
    tries++;
    throw new AppError('unavailable', 'It is away');
  };
  const reading = followAnswer({ ...routes(), begin }, new AbortController().signal, patience);
  await expect(reading.next()).rejects.toMatchObject({ code: 'unavailable' });
  expect(tries).toBe(1);
});

test('an error of the answer ends it with its code', async () => {
  answers = [tell(written[0] ?? '', 'event: error\ndata: {"code":"too_many_requests"}\n\n')];
  await expect(read()).rejects.toMatchObject({ code: 'too_many_requests' });
  expect(asked).toHaveLength(1);
});

test('parts that only a newer page knows are passed over', async () => {
  answers = [tell(written[0] ?? '', `id: ${runId}:0.5\nevent: weather\ndata: {"sun":true}\n\n`, ...written.slice(1))];
  expect(await read()).toEqual(said);
});

test('whoever gives up ends the connection, and a wait for the next', async () => {
  const patient = { ...patience, waitsMs: [600_000] };
  const controller = new AbortController();
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  answers = [
    (reply, request) => {
      request.once('close', resolve);
      reply.write(written[0]);
    },
  ];
  const reading = followAnswer(routes(), controller.signal, patient);
  expect((await reading.next()).value).toEqual(said[0]);
  controller.abort();
  await expect(reading.next()).rejects.toMatchObject({ name: 'AbortError' });
  await closed;

  const waiting = new AbortController();
  answers = [
    (reply) => {
      breakOff(written[0] ?? '')(reply);
      reply.once('close', () => waiting.abort());
    },
  ];
  await expect(read(waiting.signal, patient)).rejects.toMatchObject({ name: 'AbortError' });
});
