import { until } from '@viewora/testkit/wait';
import { z } from 'zod';
import { verifiedProse } from '../src/explain/verified.prose.ts';
import { Verifier } from '../src/explain/verify.rule.ts';
import { CachedModel } from '../src/model/cached.model.ts';
import { type LanguageModel, LanguageModelError } from '../src/model/language-model.ts';
import { errorOf, prompt, read, startModel, stopAll } from './gemini.ts';
import { useRedis } from './redis.ts';

const { connect, disconnect } = useRedis();

afterEach(stopAll);

const cached = async (model: LanguageModel, seconds = 60, name = 'gemini') =>
  new CachedModel(model, await connect(), { model: name, seconds });

const search = { name: 'search', description: 'Finds homes', parameters: z.object({ beds: z.number() }) };
const Answer = z.object({ beds: z.number() });

test('the same question is asked once, whichever replica is asked, and costs nothing again', async () => {
  const { gemini, model } = await startModel();
  const [one, other] = [await cached(model), await cached(model)];
  gemini.script(
    { texts: ['It has ', 'a garden.'] },
    { texts: ['{"beds": 3}'] },
    { calls: [{ name: 'search', args: { beds: 3 } }] },
  );
  const first = [
    await read(one.stream(prompt)),
    await one.generateStructured(prompt, Answer),
    await one.generate(prompt, [search]),
  ];
  const again = [
    await read(other.stream(prompt)),
    await other.generateStructured(prompt, Answer),
    await other.generate(prompt, [search]),
  ];
  expect(gemini.requests).toHaveLength(3);
  const unpaid = (answer: unknown) =>
    JSON.parse(JSON.stringify(answer), (key, value) => (key.endsWith('Tokens') ? 0 : value));
  expect(again).toEqual(first.map(unpaid));
  expect(first[1]).toMatchObject({ value: { beds: 3 } });
  expect(again[2]).toMatchObject({
    toolCalls: [{ name: 'search', arguments: { beds: 3 } }],
    served: { inputTokens: 0 },
  });
});

test('an answer of which too much is cut is not given again, one that holds is', async () => {
  const { gemini, model } = await startModel();
  const one = await cached(model);
  const figures = new Map([['home', { text: 'house' }]]);
  const write = async () => {
    const verifier = new Verifier(figures, { names: new Set(), texts: new Map() });
    const said: string[] = [];
    for await (const sentence of verifiedProse(one, prompt, verifier, AbortSignal.timeout(5_000))) said.push(sentence);
    return said;
  };
  gemini.script({ texts: ['Buy it.'] }, { texts: ['This is a {{home}}.'] });
  expect(await write()).toEqual([]);
  for (let i = 0; i < 2; i++) expect(await write()).toEqual(['This is a {{home}}.']);
  expect(gemini.requests).toHaveLength(2);
});

test('what differs in a letter, in a tool, in a schema, in the model or in kind is another question', async () => {
  const { gemini, model } = await startModel();
  const one = await cached(model);
  await one.generate(prompt, [{ ...search, name: 'find' }]);
  await one.generate({ ...prompt, instructions: `${prompt.instructions}!` }, [search]);
  await one.generate({ ...prompt, turns: [{ from: 'user', text: 'Which of them has a pool?' }] }, [search]);
  await one.generate(prompt, [search]);
  await one.generate(prompt, [{ ...search, description: 'Finds more' }]);
  await one.generateStructured(prompt, z.object({}));
  await one.generateStructured(prompt, z.object({ a: z.string().optional() }));
  await read(one.stream(prompt));
  await (await cached(model, 60, 'another')).generate(prompt, [search]);
  expect(gemini.requests).toHaveLength(9);
});

test('an answer is kept for a while and no longer, or never', async () => {
  const { gemini, model } = await startModel();
  await (await cached(model, 60)).generate(prompt, [search]);
  const redis = await connect();
  const [key = ''] = await redis.keys('advisor:answer:*');
  expect(await redis.ttl(key)).toBeGreaterThan(50);
  const never = await cached(model, 0);
  await never.generate(prompt, [search]);
  await never.generate(prompt, [search]);
  expect(gemini.requests).toHaveLength(3);
});

test('who asks the same at the same time gets the same answer, of one request', async () => {
  const { gemini, model } = await startModel();
  const one = await cached(model);
  const answers = await Promise.all(Array.from({ length: 50 }, () => read(one.stream(prompt))));
  expect(gemini.requests).toHaveLength(1);
  const texts = answers.map(({ parts }) => parts.map((part) => (part.kind === 'text' ? part.text : '')).join(''));
  expect(new Set(texts)).toEqual(new Set(['Yes.']));
  const paid = answers.filter(({ parts }) => {
    const end = parts.at(-1);
    return end?.kind === 'end' && end.served.inputTokens > 0;
  });
  expect(paid).toHaveLength(1);
});

test('who leaves takes nothing from the others; when the last has gone, the request ends', async () => {
  const { gemini, model } = await startModel();
  const one = await cached(model);
  gemini.script({ texts: ['It is ', 'a house'], fault: 'stall' });
  const controller = new AbortController();
  const first = one.stream(prompt, { signal: controller.signal });
  expect([(await first.next()).value, (await first.next()).value]).toEqual([
    { kind: 'text', text: 'It is ' },
    { kind: 'text', text: 'a house' },
  ]);
  const second = one.stream(prompt);
  expect((await second.next()).value).toEqual({ kind: 'text', text: 'It is ' });
  const waiting = first.next();
  controller.abort(new Error('gone'));
  await expect(waiting).rejects.toThrow('gone');
  expect(gemini.requests.map(({ isCancelled }) => isCancelled)).toEqual([false]);
  await second.return(undefined);
  await until(() => gemini.requests[0]?.isCancelled, { what: 'the request to be ended' });
  await read(one.stream(prompt));
  expect(gemini.requests).toHaveLength(2);
});

test('what fails is kept nowhere, be it at once or halfway', async () => {
  const { gemini, model } = await startModel({ GEMINI_RETRIES: '0' });
  const one = await cached(model);
  gemini.script({ status: 400 }, { texts: ['It is '], fault: 'cut' });
  expect((await errorOf(one.generate(prompt, [search]))).code).toBe('invalid_request');
  expect((await read(one.stream(prompt))).error).toBeInstanceOf(LanguageModelError);
  await one.generate(prompt, [search]);
  expect((await read(one.stream(prompt))).error).toBeNull();
});

test('whose budget is left is answered, though they came after somebody whose is used up', async () => {
  const { model } = await startModel();
  let isRich = false;
  const gate = Promise.withResolvers<void>();
  const poor = {
    generate: async (...asked: Parameters<LanguageModel['generate']>) => {
      if (isRich) return model.generate(...asked);
      await gate.promise;
      isRich = true;
      throw new LanguageModelError('exhausted', 'the budget of the day is used up');
    },
  };
  const one = await cached(poor as unknown as LanguageModel);
  const answers = [one.generate(prompt, [search]), one.generate(prompt, [search])].map((answer) =>
    answer.catch((error) => error),
  );
  const redis = await connect();
  await redis.ping();
  gate.resolve();
  const [refused, answered] = await Promise.all(answers);
  expect(refused).toMatchObject({ code: 'exhausted' });
  expect(answered).toMatchObject({ text: 'Yes.' });
});

test('without Redis every question is asked', async () => {
  const { gemini, model } = await startModel();
  const one = await cached(model);
  disconnect();
  await one.generate(prompt, [search]);
  await one.generate(prompt, [search]);
  expect(gemini.requests).toHaveLength(2);
});
