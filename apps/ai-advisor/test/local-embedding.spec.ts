import { LocalEmbedding } from '../src/embedding/local.embedding.ts';
import { dot } from '../src/vector-index/quantise.ts';

let source: LocalEmbedding;

beforeEach(() => {
  source = new LocalEmbedding();
});

afterEach(() => source.onApplicationShutdown());

test('a wish is nearer to a home that has it in other words than to one that has not, without anybody’s help', async () => {
  const homes = ['House with a swimming pool', 'Flat in the city centre', 'Farmland by a river'];
  const vectors = await source.embed(homes, 'document');
  for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
  for (const [wish, expected] of [
    ['somewhere to swim', 0],
    ['walk downtown', 1],
    ['agricultural land', 2],
  ] as const) {
    const [query = new Float32Array()] = await source.embed([wish], 'query');
    const similarities = vectors.map((vector) => dot(query, vector));
    expect(similarities.indexOf(Math.max(...similarities))).toBe(expected);
  }
});

test('a text has the same vector whatever it comes with, in whatever order', async () => {
  const texts = Array.from({ length: 20 }, (_, i) => `House number ${i} with ${i % 3} ponds`);
  const together = await source.embed(texts, 'document');
  const apart = await Promise.all(texts.map((text) => source.embed([text], 'query')));
  for (const [i, [vector]] of apart.entries())
    expect(dot(vector ?? new Float32Array(), together[i] ?? new Float32Array())).toBeCloseTo(1, 4);
});

test('a question does not wait for documents that came before it', async () => {
  const order: string[] = [];
  const documents = source.embed(
    Array.from({ length: 80 }, (_, i) => `House ${i}`),
    'document',
  );
  const question = source.embed(['a quiet house'], 'query');
  await Promise.all([documents.then(() => order.push('documents')), question.then(() => order.push('question'))]);
  expect(order).toEqual(['question', 'documents']);
});

test('the event loop goes on while a batch is computed', async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 5);
  await source.embed(
    Array.from({ length: 40 }, (_, i) => `A house with a view of lake ${i}`),
    'document',
  );
  clearInterval(timer);
  expect(turns).toBeGreaterThan(20);
});

test('a text without a vector fails alone, and what comes after it does not', async () => {
  await expect(source.embed([''], 'query')).rejects.toMatchObject({ code: 'invalid_request' });
  expect(await source.embed(['a house'], 'query')).toHaveLength(1);
});

test('any alphabet, and the longest text, has a vector', async () => {
  for (const text of ['घर के पास स्कूल', '🏡🌳', '<script>alert(1)</script>', 'a'.repeat(2_000), '\0']) {
    const [vector] = await source.embed([text], 'query');
    expect(vector).toHaveLength(512);
  }
});

test('where its process is killed, what it was at fails, what waited is computed by the next', async () => {
  await source.embed(['a house'], 'query');
  const [running, waiting] = [source.embed(['one house'], 'document'), source.embed(['another house'], 'document')];
  const failure = expect(running).rejects.toMatchObject({ code: 'unavailable' });
  process.kill(source.processId ?? Number.NaN, 'SIGKILL');
  await failure;
  expect(await waiting).toHaveLength(1);
});

test('what nobody waits for any more is not computed; what the end comes upon fails', async () => {
  await expect(source.embed(['a house'], 'query', AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
  const running = source.embed(['a house'], 'document');
  const failure = expect(running).rejects.toMatchObject({ code: 'unavailable' });
  await source.onApplicationShutdown();
  await failure;
});
