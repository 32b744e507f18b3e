import { AppError } from '@viewora/contracts/errors';
import { concat, EMPTY, NEVER, of, throwError } from 'rxjs';
import { partsOf, settledValue, toAppError } from './handler.result.ts';

const open = new AbortController().signal;

async function collect(parts: AsyncIterable<unknown>): Promise<unknown[]> {
  const collected: unknown[] = [];
  for await (const part of parts) collected.push(part);
  return collected;
}

describe('the value of a handler', () => {
  it.each([
    { title: 'a value', result: 1, value: 1 },
    { title: 'a promise', result: Promise.resolve(1), value: 1 },
    { title: 'the last of an observable', result: of(0, 1), value: 1 },
    { title: 'a promise of an observable', result: Promise.resolve(of(1)), value: 1 },
    { title: 'an observable without values', result: EMPTY, value: undefined },
  ])('may be $title', async ({ result, value }) => {
    expect(await settledValue(result)).toBe(value);
  });

  it('rejects as the observable fails', async () => {
    await expect(settledValue(throwError(() => new Error('no')))).rejects.toThrow('no');
  });
});

describe('the parts of a handler', () => {
  it.each([
    {
      title: 'an async generator',
      make: async function* () {
        yield* [1, 2];
      },
    },
    { title: 'a promise of an observable', make: async () => of(1, 2) },
    { title: 'an observable', make: () => of(1, 2) },
  ])('may come from $title', async ({ make }) => {
    expect(await collect(partsOf(make(), open))).toEqual([1, 2]);
  });

  it('are one where the result is a plain value', async () => {
    expect(await collect(partsOf(Promise.resolve('only'), open))).toEqual(['only']);
  });

  it('before a failure are all seen', async () => {
    const seen: unknown[] = [];
    const failing = concat(
      of(1, 2),
      throwError(() => new Error('no')),
    );
    const reading = (async () => {
      for await (const part of partsOf(failing, open)) seen.push(part);
    })();
    await expect(reading).rejects.toThrow('no');
    expect(seen).toEqual([1, 2]);
  });

  it('end when the signal aborts, though the observable never does', async () => {
    const controller = new AbortController();
    const parts = partsOf(concat(of(1), NEVER), controller.signal);
    expect((await parts.next()).value).toBe(1);
    const end = parts.next();
    controller.abort();
    expect((await end).done).toBe(true);
  });
});

it('only what was thrown as an AppError speaks to the caller', () => {
  const typed = new AppError('conflict', 'sold');
  expect(toAppError(typed)).toBe(typed);
  const cause = new Error('password=…');
  expect(toAppError(cause)).toMatchObject({ code: 'internal', message: 'Something went wrong', cause });
});
