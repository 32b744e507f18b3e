import { AppError } from '@viewora/contracts/errors';
import { ReadingFailed, type StreamPart } from '@viewora/service-kit/bus';
import { eventsOf, withPauses } from './event-stream.ts';

const open = new AbortController().signal;
const part = (id: string, text: string): StreamPart => ({
  id,
  text: JSON.stringify({ event: 'delta', data: { text } }),
});

async function* fails(error: Error): AsyncGenerator<StreamPart | null> {
  yield part('2', 'b');
  throw error;
}

async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}

test('a part is one event of three lines that end in LF, whatever line breaks are said in it', async () => {
  const parts = (async function* () {})();
  const events = await collect(
    eventsOf({ runId: 'run', parts, first: part('1', 'a\r\nb\rc\u2028'), after: 0, signal: open }),
  );
  expect(events).toEqual(['id: run:1\nevent: delta\ndata: {"text":"a\\r\\nb\\rc\u2028"}\n\n']);
});

test('a pause is a comment', async () => {
  const parts = (async function* (): AsyncGenerator<null> {
    yield null;
  })();
  expect(await collect(eventsOf({ runId: 'run', parts, first: null, after: 0, signal: open }))).toEqual([
    ':\n\n',
    ':\n\n',
  ]);
});

test('what a run ends in is its last event, with a number of its own', async () => {
  const parts = fails(new AppError('conflict', 'The reply was cancelled'));
  const [, , last] = await collect(eventsOf({ runId: 'run', parts, first: part('1', 'a'), after: 0, signal: open }));
  expect(last).toBe('id: run:3\nevent: error\ndata: {"code":"conflict"}\n\n');
});

test('a reading that breaks off is no end of the run: it says nothing and breaks the connection', async () => {
  const parts = fails(new ReadingFailed('unavailable', 'The message broker is not reachable'));
  const seen: string[] = [];
  const reading = (async () => {
    for await (const event of eventsOf({ runId: 'run', parts, first: part('1', 'a'), after: 0, signal: open }))
      seen.push(event);
  })();
  await expect(reading).rejects.toBeInstanceOf(ReadingFailed);
  expect(seen).toHaveLength(2);
});

test('silence is told again and again, and nothing that comes after it is lost', async () => {
  const later = Promise.withResolvers<void>();
  const values = (async function* () {
    yield 1;
    await later.promise;
    yield 2;
  })();
  const seen: (number | null)[] = [];
  for await (const value of withPauses(values, 5)) {
    seen.push(value);
    if (seen.length === 4) later.resolve();
  }
  expect(seen.slice(0, 4)).toEqual([1, null, null, null]);
  expect(seen.filter((value) => value !== null)).toEqual([1, 2]);
});

test('who leaves a stream leaves what it comes from', async () => {
  let isLeft = false;
  const values = (async function* () {
    try {
      yield 1;
      yield 2;
    } finally {
      isLeft = true;
    }
  })();
  for await (const _ of withPauses(values, 1_000)) break;
  expect(isLeft).toBe(true);
});
