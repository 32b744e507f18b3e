import { registry } from '@viewora/service-kit/metrics';
import { type GeminiAnswer, hostileAnswers } from '@viewora/testkit/gemini';
import { until } from '@viewora/testkit/wait';
import { z } from 'zod';
import { retryWaitMs } from '../src/model/call.policy.ts';
import type { LanguageModel } from '../src/model/language-model.ts';
import { errorOf, prompt, read, startModel, stopAll } from './gemini.ts';

afterEach(stopAll);

const { overloaded, stalled, cut, refused } = hostileAnswers;
const never = { GEMINI_STALL_TIMEOUT_MS: '60000', GEMINI_DEADLINE_MS: '60000' };

/** Any call but a stream: they are all made alike. */
const ask = (model: LanguageModel, signal?: AbortSignal) => model.generateStructured(prompt, z.object({}), { signal });

const times = (count: number, answer: GeminiAnswer) => Array.from({ length: count }, () => answer);

describe('tries', () => {
  test('who is busy, away or silent is asked again, as often as is set', async () => {
    const { gemini, model } = await startModel({ GEMINI_RETRIES: '3', GEMINI_STALL_TIMEOUT_MS: '200' });
    gemini.script(overloaded, cut, stalled);
    expect((await ask(model)).value).toEqual({});
    gemini.script(...times(4, overloaded));
    expect((await errorOf(ask(model))).code).toBe('unavailable');
    expect(gemini.requests).toHaveLength(8);
  });

  test('each kind of call is', async () => {
    const { gemini, model } = await startModel();
    const calls = [
      () => model.generate(prompt, [{ name: 'look', description: 'Looks', parameters: z.object({}) }]),
      () => ask(model),
      () => read(model.stream(prompt)).then(({ error }) => expect(error).toBeNull()),
      () => model.embed(['a garden'], 'query'),
      () => model.count(prompt),
    ];
    for (const call of calls) {
      gemini.script(overloaded);
      await call();
    }
    expect(gemini.requests).toHaveLength(2 * calls.length);
  });

  test('a wrong request is not made again', async () => {
    const { gemini, model } = await startModel();
    gemini.script(refused);
    expect((await errorOf(ask(model))).code).toBe('invalid_request');
    expect(gemini.requests).toHaveLength(1);
  });

  test('a model that there is not is told apart from a wrong request, and is not asked for again', async () => {
    const { model, logged } = await startModel({ GEMINI_MODEL: 'no-such-model' });
    expect((await errorOf(ask(model))).code).toBe('unknown_model');
    expect(logged.join()).not.toContain('asked again');
  });

  test('waits double, are cut by up to a half by chance, and begin when Gemini says', () => {
    expect([1, 2, 3].map((failures) => retryWaitMs(failures, 100, 0, () => 1))).toEqual([100, 200, 400]);
    expect([1, 2, 3].map((failures) => retryWaitMs(failures, 100, 0, () => 0))).toEqual([50, 100, 200]);
    expect(retryWaitMs(1, 100, 3_000, () => 0)).toBe(3_050);
    expect(new Set(Array.from({ length: 20 }, () => retryWaitMs(1, 100))).size).toBeGreaterThan(1);
  });

  test('no try is made before the time that Gemini says', async () => {
    const { gemini, model } = await startModel();
    gemini.script({ status: 429, retryAfterSeconds: 0.4 }, { status: 503, retryAfterSeconds: 0.3 });
    await ask(model);
    const [first = 0, second = 0, third = 0] = gemini.requests.map(({ atMs }) => atMs);
    expect(second - first).toBeGreaterThanOrEqual(400);
    expect(third - second).toBeGreaterThanOrEqual(300);
  });

  test('where that time is after the deadline, it is told at once, and nothing is tried', async () => {
    const { gemini, model } = await startModel({ GEMINI_DEADLINE_MS: '50000' });
    gemini.script({ status: 429, retryAfterSeconds: 55 });
    expect(await errorOf(ask(model))).toMatchObject({ code: 'rate_limited', retryAfterMs: 55_000 });
    expect(gemini.requests).toHaveLength(1);
  }, 10_000);
});

describe('time', () => {
  test('a silent model is given up, and its connection closed', async () => {
    const { gemini, model } = await startModel({ GEMINI_STALL_TIMEOUT_MS: '100', GEMINI_RETRIES: '0' });
    gemini.script(stalled);
    expect((await errorOf(ask(model))).code).toBe('timed_out');
    await until(() => gemini.requests[0]?.isCancelled);
  });

  test('a stream that falls silent is too', async () => {
    const { gemini, model } = await startModel({ GEMINI_STALL_TIMEOUT_MS: '100' });
    gemini.script(stalled);
    const { parts, error } = await read(model.stream(prompt));
    expect(parts).toEqual([{ kind: 'text', text: 'It is ' }]);
    expect(error).toMatchObject({ code: 'timed_out' });
    await until(() => gemini.requests[0]?.isCancelled);
    expect(gemini.requests).toHaveLength(1);
  });

  test('a slow reader is not a silent model', async () => {
    const { gemini, model } = await startModel({ GEMINI_STALL_TIMEOUT_MS: '100' });
    gemini.script({ texts: ['It ', 'is ', 'big.'] });
    let text = '';
    for await (const part of model.stream(prompt)) {
      text += part.kind === 'text' ? part.text : '';
      const readAtMs = performance.now();
      await until(() => performance.now() > readAtMs + 150);
    }
    expect(text).toBe('It is big.');
  });

  test('a call ends by its deadline, however many tries are left, be it between two parts of a stream', async () => {
    const { gemini, model } = await startModel({ ...never, GEMINI_DEADLINE_MS: '200', GEMINI_RETRIES: '10' });
    gemini.script(stalled, stalled);
    expect((await errorOf(ask(model))).code).toBe('timed_out');
    expect((await read(model.stream(prompt))).error).toMatchObject({ code: 'timed_out' });
    await until(() => gemini.requests.every(({ isCancelled }) => isCancelled));
    expect(gemini.requests).toHaveLength(2);
  });
});

describe('the caller', () => {
  test('who gives up gets the own reason, the connection is closed, and it is no failure of the model', async () => {
    const { gemini, model, logged } = await startModel(never);
    gemini.script(stalled);
    const caller = new AbortController();
    const answer = ask(model, caller.signal);
    await until(() => gemini.requests[0]);
    const reason = new Error('the visitor is gone');
    caller.abort(reason);
    await expect(answer).rejects.toBe(reason);
    await until(() => gemini.requests[0]?.isCancelled);
    expect(await registry.metrics()).toContain('{operation="generateStructured",outcome="aborted"}');
    expect(logged.join()).not.toContain('gave no answer');
  });

  /** Gives up at the first part; gives all parts that came, and why it ended. */
  async function giveUp(model: LanguageModel, reason: Error) {
    const caller = new AbortController();
    const parts: unknown[] = [];
    const reading = (async () => {
      for await (const part of model.stream(prompt, { signal: caller.signal })) {
        parts.push(part);
        caller.abort(reason);
      }
    })();
    return { parts, error: await reading.catch((error: unknown) => error) };
  }

  test('who gives up in the middle of a stream hears no more of it, and the connection is closed', async () => {
    const { gemini, model } = await startModel(never);
    const reason = new Error('the visitor is gone');
    const all = { texts: ['It ', 'is ', 'big.'] };
    gemini.script(all, { ...all, fault: 'stall' });
    for (let n = 0; n < 2; n++) {
      expect(await giveUp(model, reason)).toEqual({ parts: [{ kind: 'text', text: 'It ' }], error: reason });
    }
    await until(() => gemini.requests[1]?.isCancelled);
  });

  test('who stops reading closes the connection, and is no failure of the model', async () => {
    const { gemini, model, logged } = await startModel(never);
    gemini.script(stalled);
    for await (const _part of model.stream(prompt)) break;
    await until(() => gemini.requests[0]?.isCancelled);
    expect(await registry.metrics()).toContain('{operation="stream",outcome="aborted"}');
    expect(logged.join()).not.toContain('gave no answer');
  });

  test('who gives up before a try or between two of them makes no other', async () => {
    const { gemini, model, logged } = await startModel({ ...never, GEMINI_RETRY_MS: '50000' });
    gemini.script(overloaded);
    const caller = new AbortController();
    const answer = ask(model, caller.signal);
    await until(() => logged.some((line) => line.includes('asked again')));
    const reason = new Error('the visitor is gone');
    caller.abort(reason);
    await expect(answer).rejects.toBe(reason);
    await expect(ask(model, caller.signal)).rejects.toBe(reason);
    expect(gemini.requests).toHaveLength(1);
  }, 10_000);
});

describe('a stream', () => {
  test('that breaks off is no short answer, and is not begun again once something of it is out', async () => {
    const { gemini, model } = await startModel();
    for (const fault of ['cut', 'early_end'] as const) {
      gemini.script({ texts: ['It is ', 'not '], fault });
      const { parts, error } = await read(model.stream(prompt));
      expect(parts.some(({ kind }) => kind === 'end')).toBe(false);
      expect(error).toMatchObject({ code: 'incomplete' });
    }
    expect(gemini.requests).toHaveLength(2);
  });

  test('that breaks off leaves no rejection that nobody hears', async () => {
    const { gemini, model } = await startModel({ GEMINI_STALL_TIMEOUT_MS: '100' });
    const unheard: unknown[] = [];
    const hear = (reason: unknown) => void unheard.push(reason);
    process.on('unhandledRejection', hear);
    gemini.script(cut, stalled);
    await read(model.stream(prompt));
    await read(model.stream(prompt));
    await until(() => gemini.requests[1]?.isCancelled);
    process.off('unhandledRejection', hear);
    expect(unheard).toEqual([]);
  });
});

describe('the circuit', () => {
  const breaking = { ...never, GEMINI_RETRIES: '0', GEMINI_CIRCUIT_FAILURES: '3', GEMINI_CIRCUIT_OPEN_MS: '1000' };

  /** After as many failures as it takes. */
  async function startOpen() {
    const started = await startModel(breaking);
    started.gemini.script(...times(3, overloaded));
    for (let n = 0; n < 3; n++) await errorOf(ask(started.model));
    return started;
  }

  /** Waits until the next request is let through. */
  async function untilHalfOpen(model: LanguageModel): Promise<void> {
    const { code, retryAfterMs = 0 } = await errorOf(ask(model));
    expect(code).toBe('unavailable');
    const halfOpenAtMs = performance.now() + retryAfterMs + 10;
    await until(() => performance.now() > halfOpenAtMs);
  }

  test('opens after failures in a row: nothing is asked any more, and it is told for how long', async () => {
    const { gemini, model, logged } = await startOpen();
    const { code, retryAfterMs } = await errorOf(ask(model));
    expect(code).toBe('unavailable');
    expect(retryAfterMs).toBeGreaterThan(0);
    expect(retryAfterMs).toBeLessThanOrEqual(1_000);
    expect((await read(model.stream(prompt))).error).toMatchObject({ code: 'unavailable' });
    expect(gemini.requests).toHaveLength(3);
    expect(await model.isReady()).toBe(false);
    expect(logged.filter((line) => line.includes('"circuit":"Open"'))).toHaveLength(1);
  });

  test('is open for one model: what embeds goes on', async () => {
    const { model } = await startOpen();
    expect((await model.embed(['a garden'], 'query')).vectors).toHaveLength(1);
  });

  test('lets one request through when its time is over, and closes when that is answered', async () => {
    const { gemini, model } = await startOpen();
    await untilHalfOpen(model);
    expect(await model.isReady()).toBe(true);
    gemini.script({ texts: ['It is '], fault: 'stall' });
    const probe = model.stream(prompt)[Symbol.asyncIterator]();
    const first = probe.next();
    const refusals = [await errorOf(ask(model)), await errorOf(ask(model))];
    expect(refusals.map(({ code }) => code)).toEqual(['unavailable', 'unavailable']);
    expect((await first).value).toEqual({ kind: 'text', text: 'It is ' });
    expect(gemini.requests).toHaveLength(4);
    expect((await ask(model)).value).toEqual({});
    await probe.return?.();
  });

  test('opens again when that one fails', async () => {
    const { gemini, model } = await startOpen();
    await untilHalfOpen(model);
    gemini.script(overloaded);
    await errorOf(ask(model));
    expect((await errorOf(ask(model))).retryAfterMs).toBeGreaterThan(0);
    expect(gemini.requests).toHaveLength(4);
  });

  test('does not close by a request that its caller has given up', async () => {
    const { gemini, model } = await startOpen();
    await untilHalfOpen(model);
    gemini.script(stalled);
    const caller = new AbortController();
    const given = ask(model, caller.signal);
    await until(() => gemini.requests.length === 4);
    caller.abort();
    await expect(given).rejects.toBe(caller.signal.reason);
    expect((await errorOf(ask(model))).code).toBe('unavailable');
    expect(gemini.requests).toHaveLength(4);
  });

  test('stays closed whatever is wrong with requests and answers, and where failures are not in a row', async () => {
    const { gemini, model } = await startModel(breaking);
    gemini.script(...times(4, refused), ...times(4, hostileAnswers.blockedPrompt), overloaded, overloaded);
    for (let n = 0; n < 10; n++) await errorOf(ask(model));
    await ask(model);
    gemini.script(overloaded, overloaded);
    for (let n = 0; n < 2; n++) await errorOf(ask(model));
    await ask(model);
    expect(gemini.requests).toHaveLength(14);
  });
});
