import { type FakeGemini, startFakeGemini } from '../src/gemini.ts';
import { until } from '../src/wait.ts';

let gemini: FakeGemini;
beforeAll(async () => {
  gemini = await startFakeGemini();
});
afterAll(() => gemini.stop());

const contents = [{ role: 'user', parts: [{ text: 'a house' }] }];
const tools = [{ functionDeclarations: [{ name: 'look', description: 'Looks' }] }];
const embedding = { model: 'models/gemini-embedding-001', content: { parts: [{ text: 'a house' }] } };

function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const key = { 'x-goog-api-key': String(gemini.environment.GOOGLE_API_KEY) };
  return fetch(`${gemini.url}${path}`, { method: 'POST', body: JSON.stringify(body), headers: { ...key, ...headers } });
}

/** What is read of any reply. */
interface Reply {
  error: { code: number; status: string; details: { reason?: string }[] };
  usageMetadata: { promptTokenCount: number };
  totalTokens: number;
  embedding: { values: number[] };
  embeddings: { values: number[] }[];
}
const replyOf = async (response: Response) => (await response.json()) as Reply;

const generate = (body: unknown) => post('/v1beta/models/gemini-flash-latest:generateContent', body);

test('both versions of the interface answer', async () => {
  for (const version of ['v1', 'v1beta']) {
    const response = await post(`/${version}/models/gemini-flash-latest:generateContent`, { contents });
    expect(await replyOf(response)).toMatchObject({
      candidates: [{ content: { role: 'model', parts: [{ text: 'Yes.' }] }, finishReason: 'STOP' }],
      usageMetadata: { promptTokenCount: 2, candidatesTokenCount: 1, thoughtsTokenCount: 20 },
      modelVersion: 'gemini-3-flash-001',
    });
  }
});

test('a stream is server-sent events: the texts, the last with why it ends', async () => {
  gemini.script({ texts: ['a', 'b'] });
  const response = await post('/v1beta/models/gemini-flash-latest:streamGenerateContent?alt=sse', { contents });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const events = (await response.text()).split('\r\n\r\n').filter((event) => event !== '');
  expect(events.map((event) => event.startsWith('data: {'))).toEqual([true, true]);
  expect(events.map((event) => event.includes('"finishReason":"STOP"'))).toEqual([false, true]);
});

test.each<[string, unknown]>([
  ['an unknown field', { contents, temperature: 1 }],
  ['an unknown field further inside', { contents, generationConfig: { topZ: 1 } }],
  ['no contents', { contents: [] }],
  ['a turn without a part', { contents: [{ role: 'user', parts: [] }] }],
  ['an empty text', { contents: [{ role: 'user', parts: [{ text: '' }] }] }],
  ['an unknown role', { contents: [{ role: 'assistant', parts: [{ text: 'a' }] }] }],
  ['the model as the last to speak', { contents: [...contents, { role: 'model', parts: [{ text: 'a' }] }] }],
  ['tools and JSON', { contents, tools, generationConfig: { responseMimeType: 'application/json' } }],
  ['a tool twice', { contents, tools: [...tools, ...tools] }],
  ['a list of no tools', { contents, tools: [{ functionDeclarations: [] }] }],
  [
    'a tool that cannot be called so',
    { contents, tools: [{ functionDeclarations: [{ name: 'look at', description: 'a' }] }] },
  ],
  ['a schema without its type', { contents, generationConfig: { responseJsonSchema: { type: 'object' } } }],
  [
    'a keyword that Gemini does not know',
    {
      contents,
      generationConfig: { responseMimeType: 'application/json', responseJsonSchema: { exclusiveMinimum: 1 } },
    },
  ],
  [
    'a category twice',
    { contents, safetySettings: Array(2).fill({ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_NONE' }) },
  ],
  ['no object', 'contents'],
])('%s is a bad request, which takes nothing from the script', async (_, body) => {
  const known = gemini.requests.length;
  gemini.script({ texts: ['next'] });
  const response = await generate(body);
  expect([response.status, (await replyOf(response)).error.status]).toEqual([400, 'INVALID_ARGUMENT']);
  expect(gemini.requests).toHaveLength(known);
  expect(await (await generate({ contents })).text()).toContain('next');
});

test('a key is asked for, in a header', async () => {
  const path = '/v1beta/models/gemini-flash-latest:generateContent';
  const none = await fetch(`${gemini.url}${path}`, { method: 'POST', body: JSON.stringify({ contents }) });
  expect([none.status, (await replyOf(none)).error.status]).toEqual([403, 'PERMISSION_DENIED']);
  const wrong = await post(path, { contents }, { 'x-goog-api-key': 'wrong' });
  expect([wrong.status, (await replyOf(wrong)).error.details[0]?.reason]).toEqual([400, 'API_KEY_INVALID']);
});

test('there are two models, each with its own methods', async () => {
  for (const path of [
    '/v1beta/models/gemini-none:generateContent',
    '/v1beta/models/gemini-embedding-001:generateContent',
    '/v1beta/models/gemini-flash-latest:embedContent',
    '/v1beta/models/gemini-flash-latest:streamGenerateContent',
    '/v2/models/gemini-flash-latest:generateContent',
  ]) {
    expect((await post(path, { contents })).status).toBe(404);
  }
});

test('an embedding is the same each time, alone or in a batch, and near to what has words in common', async () => {
  const embed = async (text: string): Promise<number[]> => {
    const body = { content: { parts: [{ text }] }, outputDimensionality: 64 };
    const response = await post('/v1beta/models/gemini-embedding-001:embedContent', body);
    return (await replyOf(response)).embedding.values;
  };
  const texts = ['a house with a garden', 'the garden of a house', 'ten sacks of rye'];
  const [house = [], garden = [], rye = []] = await Promise.all(texts.map(embed));
  const requests = texts.map((text) => ({ ...embedding, content: { parts: [{ text }] }, outputDimensionality: 64 }));
  const batch = await post('/v1beta/models/gemini-embedding-001:batchEmbedContents', { requests });
  expect((await replyOf(batch)).embeddings).toEqual([{ values: house }, { values: garden }, { values: rye }]);
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
  expect(dot(house, garden)).toBeGreaterThan(dot(house, rye));
});

test('a batch has at most a hundred texts, each for the model of the path', async () => {
  const path = '/v1beta/models/gemini-embedding-001:batchEmbedContents';
  expect((await post(path, { requests: Array(100).fill(embedding) })).status).toBe(200);
  expect((await post(path, { requests: Array(101).fill(embedding) })).status).toBe(400);
  expect((await post(path, { requests: [{ ...embedding, model: 'models/another' }] })).status).toBe(400);
});

test('tokens are counted as an answer’s prompt is', async () => {
  const generateContentRequest = { model: 'models/gemini-flash-latest', contents };
  const counted = await post('/v1beta/models/gemini-flash-latest:countTokens', { generateContentRequest });
  const { usageMetadata } = await replyOf(await generate({ contents }));
  expect((await replyOf(counted)).totalTokens).toBe(usageMetadata.promptTokenCount);
});

test('what fails says so as Gemini does, and when to come back', async () => {
  gemini.script({ status: 429, retryAfterSeconds: 1.5 });
  const response = await generate({ contents });
  expect(response.status).toBe(429);
  expect((await replyOf(response)).error).toMatchObject({
    code: 429,
    status: 'RESOURCE_EXHAUSTED',
    details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '1.5s' }],
  });
});

test('who leaves before the reply is whole is seen to; who is left is not', async () => {
  const path = '/v1beta/models/gemini-flash-latest:streamGenerateContent?alt=sse';
  for (const fault of ['stall', 'cut'] as const) {
    gemini.script({ texts: ['a'], fault });
    const reader = (await post(path, { contents })).body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('"a"');
    if (fault === 'stall') await reader?.cancel();
    else await expect(reader?.read()).rejects.toThrow();
  }
  await until(() => gemini.requests.at(-2)?.isCancelled);
  expect(gemini.requests.at(-1)?.isCancelled).toBe(false);
});
