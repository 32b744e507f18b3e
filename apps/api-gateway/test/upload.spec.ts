import { once } from 'node:events';
import { type ClientRequest, request } from 'node:http';
import { createHttpClient } from '@viewora/contracts/http-client';
import { propertyApi } from '@viewora/contracts/property';
import { startStorage, type TestStorage } from '@viewora/testkit/storage';
import { until } from '@viewora/testkit/wait';
import { type FakeAccounts, startFakeAccounts } from './accounts.fake.ts';
import { type Platform, type ProblemBody, startPlatform } from './platform.ts';

let platform: Platform;
let accounts: FakeAccounts;
let storage: TestStorage;
const origin = 'https://viewora.test';

beforeAll(async () => {
  storage = await startStorage();
  platform = await startPlatform({ WEB_ORIGIN: origin, RATE_LIMIT_WRITE: '1000', ...storage.environment });
  accounts = await startFakeAccounts(platform.redis.url);
}, 90_000);

afterAll(async () => {
  await accounts?.stop();
  await platform?.stop();
  await storage?.stop();
});

interface ImportBody extends ProblemBody {
  id: string;
  items: ImportBody[];
  created: number;
  failure: string | null;
}

async function person(role: 'seller' | 'buyer' = 'seller', id = crypto.randomUUID()) {
  const headers = {
    cookie: `__Host-access=${await accounts.token({ sub: id, role })}`,
    origin,
    'x-csrf-token': 'csrf',
  };
  async function call(method: string, path: string, body?: FormData | string, more: Record<string, string> = {}) {
    const init = { method, headers: { ...headers, ...more }, ...(body !== undefined && { body }) };
    const response = await fetch(`${platform.url}/api/v1${path}`, init);
    return { status: response.status, body: (await response.json()) as ImportBody };
  }
  const done = (importId: string) =>
    until(
      async () => {
        const { body } = await call('GET', `/imports/${importId}`);
        return ['done', 'failed', 'cancelled'].includes(String(body.status)) && body;
      },
      { timeoutMs: 60_000, everyMs: 100, what: 'the import to end' },
    );
  return { id, headers, call, done };
}

const map = { externalId: 'id', priceMinor: 'price', city: 'town', currency: { value: 'USD' } };
const csv = 'id,price,town\nA,1000,Uploadtown\nB,2000,Uploadtown\n';

function form(parts: [string, string | Blob, string?][]): FormData {
  const body = new FormData();
  for (const [name, value, fileName] of parts) {
    if (typeof value === 'string') body.append(name, value);
    else body.append(name, value, fileName ?? 'homes.csv');
  }
  return body;
}
const csvFile = (text: string | Uint8Array<ArrayBuffer> = csv, type = 'text/csv') => new Blob([text], { type });
const good = (text?: string) =>
  form([
    ['map', JSON.stringify(map)],
    ['file', csvFile(text)],
  ]);

test('a seller’s file becomes their listings, by the typed client, and nothing is left of it in the bucket', async () => {
  const seller = await person();
  const call = createHttpClient({ origin: platform.url });
  const started = await call(
    propertyApi.startImport,
    { map, file: new File([csv], 'my homes.csv', { type: 'text/csv' }) },
    { headers: seller.headers },
  );
  expect(started).toMatchObject({ status: 'waiting', fileName: 'my homes.csv', bytes: csv.length, rowsRead: 0 });
  const ended = await seller.done(started.id);
  expect(ended).toMatchObject({ status: 'done', progress: 1, rowsRead: 2, created: 2, rejected: 0, rejectedRows: [] });
  const found = await (await fetch(`${platform.url}/api/v1/properties?place=uploadtown`)).json();
  expect(found).toMatchObject({ total: { value: 2 } });
  expect((await seller.call('GET', '/me/listings')).body).toMatchObject({ counts: { published: 2 } });
  await until(async () => (await storage.keys(`imports/${seller.id}/`)).length === 0, {
    what: 'the file to be removed',
  });
}, 60_000);

const tooMany = 50 * 1024 * 1024 + 1;

interface Refused {
  what: string;
  body: () => FormData | string;
  status: number;
  path: string;
  message: string;
  headers?: Record<string, string>;
}

const refused = (
  what: string,
  body: Refused['body'],
  status: number,
  path: string,
  message: string,
  headers = {},
): Refused => ({ what, body, status, path, message, headers });

test.each([
  refused('without a file', () => form([['map', JSON.stringify(map)]]), 400, 'file', 'is required'),
  refused(
    'with two files',
    () =>
      form([
        ['map', JSON.stringify(map)],
        ['file', csvFile()],
        ['file', csvFile()],
      ]),
    400,
    'file',
    'must be one file',
  ),
  refused(
    'with an unknown field',
    () =>
      form([
        ['map', JSON.stringify(map)],
        ['feed', '"mine"'],
        ['file', csvFile()],
      ]),
    400,
    'feed',
    'is not known',
  ),
  refused(
    'with a prototype',
    () =>
      form([
        ['map', JSON.stringify(map)],
        ['__proto__', '{}'],
        ['file', csvFile()],
      ]),
    400,
    '__proto__',
    'is not known',
  ),
  refused(
    'with an unknown file',
    () =>
      form([
        ['map', JSON.stringify(map)],
        ['photo', csvFile()],
      ]),
    400,
    'photo',
    'is not known as a file',
  ),
  refused('without a map', () => form([['file', csvFile()]]), 400, 'map', 'is required'),
  refused(
    'with a map that is not JSON',
    () =>
      form([
        ['map', 'price=price'],
        ['file', csvFile()],
      ]),
    400,
    'map',
    'is not JSON',
  ),
  refused(
    'with a map that is a list',
    () =>
      form([
        ['map', '[]'],
        ['file', csvFile()],
      ]),
    400,
    'map',
    'must be a record',
  ),
  refused(
    'with a map as long as a book',
    () =>
      form([
        ['map', JSON.stringify({ ...map, title: 'x'.repeat(70_000) })],
        ['file', csvFile()],
      ]),
    413,
    'map',
    'must have at most 65536 bytes',
  ),
  refused(
    'with a map nested without end',
    () =>
      form([
        ['map', `{"a":${'['.repeat(50)}${']'.repeat(50)}}`],
        ['file', csvFile()],
      ]),
    400,
    'map',
    'is nested deeper than 20 levels',
  ),
  refused(
    'with two maps',
    () =>
      form([
        ['map', JSON.stringify(map)],
        ['map', '{}'],
        ['file', csvFile()],
      ]),
    400,
    'map',
    'is there twice',
  ),
  refused(
    'with the map after the file',
    () =>
      form([
        ['file', csvFile()],
        ['map', JSON.stringify(map)],
      ]),
    400,
    'map',
    // Which of the two comes first is a matter of how the form arrives.
    'belongs before file|is required',
  ),
  refused(
    'with a field after the file',
    () =>
      form([
        ['map', JSON.stringify(map)],
        ['file', csvFile()],
        ['late', '1'],
      ]),
    400,
    'late',
    'belongs before file',
  ),
  refused(
    'with the file as a field',
    () =>
      form([
        ['map', JSON.stringify(map)],
        ['file', csv],
      ]),
    400,
    'file',
    'must be sent as a file',
  ),
  refused(
    'with a picture',
    () =>
      form([
        ['map', JSON.stringify(map)],
        ['file', csvFile(csv, 'image/png')],
      ]),
    415,
    'file',
    'must be one of text/csv',
  ),
  refused(
    'with an empty file',
    () =>
      form([
        ['map', JSON.stringify(map)],
        ['file', csvFile('')],
      ]),
    400,
    'file',
    'must not be empty',
  ),
  refused(
    'with a map that names no price',
    () =>
      form([
        ['map', '{"city":"town"}'],
        ['file', csvFile()],
      ]),
    400,
    'map.priceMinor',
    'is required',
  ),
  refused(
    'with a pattern that would take for ever',
    () =>
      form([
        ['map', JSON.stringify({ ...map, city: { column: 'town', strip: '(a+)+\\1$' } })],
        ['file', csvFile()],
      ]),
    400,
    'map.city.strip',
    'must do without',
  ),
  refused(
    'that breaks off',
    () => `--x\r\ncontent-disposition: form-data; name="map"\r\n\r\n{}\r\n--x\r\n`,
    400,
    '',
    'the form is broken',
    { 'content-type': 'multipart/form-data; boundary=x' },
  ),
  refused('that does not say what divides it', () => 'x', 400, '', 'the form does not say', {
    'content-type': 'multipart/form-data',
  }),
  refused('in JSON', () => JSON.stringify({ map }), 415, '', '', { 'content-type': 'application/json' }),
  refused('with a query string', () => good(), 400, 'feed', 'is not known'),
])(
  'an upload $what is refused by name, and nothing is kept of it',
  async ({ what, body, status, path, message, headers }) => {
    const seller = await person();
    const address = what === 'with a query string' ? '/imports?feed=mine' : '/imports';
    const answer = await seller.call('POST', address, body(), headers);
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code: 'invalid_input' });
    if (message) expect(answer.body.errors).toContainEqual({ path, message: expect.stringMatching(message) });
    expect(await storage.keys(`imports/${seller.id}/`)).toEqual([]);
    expect((await seller.call('GET', '/imports')).body.items).toEqual([]);
  },
);

/** An upload piece by piece, to be broken off anywhere. */
async function pieces(
  person: { headers: Record<string, string> },
  more: Record<string, string | number> = {},
): Promise<{ sent: ClientRequest; answer: Promise<{ status: number; body: ProblemBody }> }> {
  const sent = request(`${platform.url}/api/v1/imports`, {
    method: 'POST',
    headers: { ...person.headers, 'content-type': 'multipart/form-data; boundary=x', ...more },
  });
  const answer = once(sent, 'response').then(async ([response]) => ({
    status: response.statusCode as number,
    body: JSON.parse(Buffer.concat(await response.toArray()).toString()) as ProblemBody,
  }));
  answer.catch(() => undefined);
  sent.on('error', () => undefined);
  sent.flushHeaders();
  return { sent, answer };
}
const head = `--x\r\ncontent-disposition: form-data; name="map"\r\n\r\n${JSON.stringify(map)}\r\n--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\ncontent-type: text/csv\r\n\r\n`;
test('a file of more than fifty megabytes gets its 413 while it is still sent, and nothing is left of it', async () => {
  const seller = await person();
  const { sent, answer } = await pieces(seller);
  sent.write(head);
  const megabyte = Buffer.alloc(1024 * 1024, 'a');
  for (let i = 0; i < 51; i++) if (!sent.write(megabyte)) await once(sent, 'drain');
  sent.end('\r\n--x--\r\n');
  expect(await answer).toMatchObject({ status: 413, body: { code: 'invalid_input', errors: [{ path: 'file' }] } });
  expect([await storage.keys(`imports/${seller.id}/`), await storage.unfinishedUploads()]).toEqual([[], 0]);
}, 60_000);

test('who says beforehand that it is too large is refused before it is sent', async () => {
  const { answer, sent } = await pieces(await person(), { 'content-length': tooMany + 200_000 });
  expect((await answer).status).toBe(413);
  sent.destroy();
});

test('of a client that goes away in the middle nothing is left', async () => {
  const seller = await person();
  const { sent } = await pieces(seller);
  sent.write(head);
  const megabyte = Buffer.alloc(1024 * 1024, 'a');
  for (let i = 0; i < 12; i++) if (!sent.write(megabyte)) await once(sent, 'drain');
  await until(async () => (await storage.unfinishedUploads()) === 1, { what: 'the upload to begin' });
  sent.destroy();
  await until(async () => (await storage.unfinishedUploads()) === 0, { what: 'the upload to be given up' });
  expect(await storage.keys(`imports/${seller.id}/`)).toEqual([]);
  // The person can send again at once.
  await until(async () => (await seller.call('POST', '/imports', good())).status === 202, { what: 'another upload' });
}, 30_000);

test('who may not import hears so before a byte is sent', async () => {
  const length = { 'content-length': 1_000_000 };
  const buyer = await pieces(await person('buyer'), length);
  const stranger = await pieces({ headers: {} }, length);
  const forged = await pieces({ headers: { ...(await person()).headers, 'x-csrf-token': 'guess' } }, length);
  const answers = await Promise.all(
    [buyer, stranger, forged].map(async ({ sent, answer }) => {
      const { status } = await answer;
      sent.destroy();
      return status;
    }),
  );
  expect(answers).toEqual([403, 401, 403]);
});

test('who is not approved yet is refused, and their file is not kept', async () => {
  const seller = await person();
  accounts.unapproved.push(seller.id);
  const refused = await seller.call('POST', '/imports', good());
  expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
  expect(await storage.keys(`imports/${seller.id}/`)).toEqual([]);
  expect((await seller.call('GET', '/imports')).body.items).toEqual([]);
});

test('a repeat with the same key starts nothing, and the same key with another file is refused', async () => {
  const seller = await person();
  const key = { 'idempotency-key': crypto.randomUUID() };
  const first = await seller.call('POST', '/imports', good(), key);
  const again = await seller.call('POST', '/imports', good(), key);
  expect([first.status, again.status, again.body.id]).toEqual([202, 202, first.body.id]);
  const other = await seller.call('POST', '/imports', good(csv.replace('1000', '1001')), key);
  expect([other.status, other.body.code]).toEqual([422, 'conflict']);
  await seller.done(first.body.id);
  expect((await seller.call('GET', '/imports')).body.items).toHaveLength(1);
  await until(async () => (await storage.keys(`imports/${seller.id}/`)).length === 0, {
    what: 'all files to be removed',
  });
}, 60_000);

test('one file at a time for each person', async () => {
  const seller = await person();
  const begun = async () => {
    const upload = await pieces(seller);
    upload.sent.write(head);
    return upload;
  };
  const uploads = [await begun(), await begun()];
  // Neither ends its file: the one that came second is answered, whichever it is.
  const { i, status } = await Promise.race(
    uploads.map(async ({ answer }, i) => ({ i, status: (await answer).status })),
  );
  expect(status).toBe(409);
  const other = uploads[1 - i];
  other?.sent.end(`${csv}\r\n--x--\r\n`);
  expect(await other?.answer).toMatchObject({ status: 202 });
});

test('somebody else’s import is not there, for any verb', async () => {
  const { body } = await (await person()).call('POST', '/imports', good());
  const stranger = await person();
  const attempts = await Promise.all([
    stranger.call('GET', `/imports/${body.id}`),
    stranger.call('GET', `/imports/${body.id}/rejected-rows`),
    stranger.call('POST', `/imports/${body.id}/cancel`),
  ]);
  expect(attempts.map(({ status }) => status)).toEqual([404, 404, 404]);
});

test('without a store, or while it is away, the answer says so', async () => {
  const [none, away] = await Promise.all([
    platform.startGateway({ PRIVATE_BUCKET: '' }),
    platform.startGateway({ S3_ENDPOINT: 'http://127.0.0.1:1' }),
  ]);
  const { headers } = await person();
  const answers = await Promise.all(
    [none, away].map(async (url) => {
      const response = await fetch(`${url}/api/v1/imports`, { method: 'POST', headers, body: good() });
      return [response.status, ((await response.json()) as ProblemBody).detail];
    }),
  );
  expect(answers).toEqual([
    [503, 'No files can be taken here: no store is set up'],
    [503, 'The file cannot be stored now'],
  ]);
}, 60_000);
