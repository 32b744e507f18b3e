import { propertyApi } from '@viewora/contracts/property';
import { type ParsedInputOf, type Role, roles } from '@viewora/contracts/service';
import fc from 'fast-check';
import { publicOperations } from '../src/operations.ts';
import { type FakeAccounts, startFakeAccounts } from './accounts.fake.ts';
import { type FakeAdvisor, startFakeAdvisor } from './advisor.fake.ts';
import { type FakeAnalytics, startFakeAnalytics } from './analytics.fake.ts';
import { type Platform, startPlatform } from './platform.ts';

/** What the OpenAPI document says of one operation, as far as a fuzzer needs it. */
interface DescribedOperation {
  operationId: string;
  parameters?: {
    name: string;
    in: 'path' | 'query' | 'header';
    required?: boolean;
    schema: Record<string, unknown>;
  }[];
  requestBody?: {
    content: Record<string, { schema: { properties: Record<string, Record<string, unknown>>; required?: string[] } }>;
  };
  responses: Record<string, { content?: Record<string, unknown> }>;
}

let platform: Platform;
let paths: Record<string, Record<string, DescribedOperation>>;
let accounts: FakeAccounts;
let analytics: FakeAnalytics;
let advisor: FakeAdvisor;
let knownId: string;
/** A listing of whoever is signed in. */
let ownId: string;
/** Of somebody of each role. */
const sessions = new Map<Role, Record<string, string>>();
const origin = 'https://viewora.test';
const manyTimes = '1000000';

beforeAll(async () => {
  platform = await startPlatform({
    WEB_ORIGIN: origin,
    RATE_LIMIT_READ: manyTimes,
    RATE_LIMIT_WRITE: manyTimes,
    RATE_LIMIT_SIGN_IN: manyTimes,
    RATE_LIMIT_MAIL: manyTimes,
    RATE_LIMIT_EVENT: manyTimes,
    RATE_LIMIT_QUESTION: manyTimes,
  });
  accounts = await startFakeAccounts(platform.redis.url);
  analytics = await startFakeAnalytics(platform.redis.url);
  advisor = await startFakeAdvisor(platform.redis.url);
  for (const role of roles) {
    const token = await accounts.token({ role });
    sessions.set(role, { cookie: `__Host-access=${token}; __Host-refresh=refresh`, origin, 'x-csrf-token': 'csrf' });
  }
  ownId = await createListing();
  const document = await (await fetch(`${platform.url}/api/v1/openapi.json`)).json();
  paths = (document as { paths: typeof paths }).paths;
  const page = (await (await fetch(`${platform.url}/api/v1/properties?limit=1`)).json()) as { items: { id: string }[] };
  knownId = page.items[0]?.id ?? '';
}, 90_000);

afterAll(async () => {
  await advisor?.stop();
  await analytics?.stop();
  await accounts?.stop();
  await platform?.stop();
});

async function createListing(): Promise<string> {
  const headers = { ...sessions.get('seller'), 'content-type': 'application/json' };
  const body = JSON.stringify({ type: 'house' });
  const response = await fetch(`${platform.url}/api/v1/properties`, { method: 'POST', headers, body });
  return ((await response.json()) as { id: string }).id;
}

/** The session of somebody whom the operation lets in. */
function sessionFor(operationId: string): Record<string, string> | undefined {
  const access = publicOperations.find(({ name }) => name === operationId)?.access;
  const [other] = Array.isArray(access) && !access.includes('seller') ? access : [];
  return sessions.get(other ?? 'seller');
}

/** Values that have broken somebody's server before. */
const hostile = fc.constantFrom<unknown>(
  '',
  ' ',
  '\0',
  '%00',
  "' OR 1=1 --",
  '"; DROP TABLE listing; --',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  '{{7*7}}',
  'NaN',
  'Infinity',
  '-Infinity',
  '-0',
  '1e308',
  '5e-324',
  '9007199254740993',
  '99999999999999999999',
  '0x10',
  '1,2',
  '1,2,3,4,5',
  '180,90,-180,-90',
  '-180,-90,180,90',
  'null',
  'true',
  '[object Object]',
  '\ud800',
  '😀'.repeat(50),
  'ﷺ',
  "'a':1 & !b",
  ':* | (',
  '2026-02-31T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  'x'.repeat(3_000),
  '__proto__',
);

/** Values of about the right kind, by what the document says of a parameter. */
function plausible(name: string, schema: Record<string, unknown>): fc.Arbitrary<unknown> {
  if (name === 'id') return fc.oneof(fc.constant(knownId), fc.constant(ownId), fc.uuid());
  if (name === 'from') return fc.constantFrom('2026-11-01T00:00:00Z', '2026-11-02T05:30:00+05:30', 'yesterday');
  if (name === 'to') return fc.constantFrom('2026-11-02T12:00:00Z', '2026-11-03T00:00:00Z', '2028-01-01T00:00:00Z');
  if (name === 'documentId') return fc.uuid();
  if (name === 'ids') return fc.array(plausible('id', {}), { minLength: 2, maxLength: 4 });
  if (name === 'email') return fc.constantFrom('mia@viewora.test', 'broker@viewora.test', 'MIA@viewora.test ', 'mia');
  if (name === 'password' || name === 'currentPassword')
    return fc.constantFrom('correct horse battery', 'tr0ub4dor and friends', 'correct battery horse', 'short', 'x\0y');
  if (name === 'name') return fc.constantFrom('Mia', 'Ravi K.', 'മിയ', ' ', 'a\u0007b');
  if (name === 'code') return fc.constantFrom('123456', '654321', ' 000000 ', 'x7k2-9qpd-3m');
  if (name === 'role') return fc.constantFrom('buyer', 'seller', 'broker', 'admin');
  if (name === 'reason' && !schema.enum) return fc.constantFrom('It is not theirs', ' no ', 'नकली', '<b>x</b>', 'ab');
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'integer':
    case 'number': {
      const min = Number(schema.minimum ?? schema.exclusiveMinimum ?? -10);
      const max = Number(schema.maximum ?? 1e15);
      return fc.oneof(
        fc.constantFrom(min, max, min - 1, max + 1, 0),
        fc.integer({ min: 0, max: 60 }),
        fc.double({ min, max, noNaN: true }),
      );
    }
    case 'boolean':
      return fc.boolean();
    case 'array': {
      const items = (schema.items ?? {}) as Record<string, unknown>;
      const positions = schema.prefixItems as { maximum: number }[] | undefined;
      if (positions) return fc.tuple(...positions.map(({ maximum }) => degrees(maximum)));
      return fc.array(plausible(name, items), { minLength: 1, maxLength: 4 });
    }
    case 'object':
      return name === 'polygon' ? polygon : fc.record({ lat: degrees(90), lon: degrees(180) });
    default:
      return fc.oneof(
        fc.constantFrom('Folsom', 'house', '95630', 'USD', 'INR', '2026-01-01T00:00:00Z', 'são'),
        fc.string({ unit: 'binary', maxLength: 30 }),
      );
  }
}

const degrees = (limit: number) =>
  fc.oneof(fc.constantFrom(-limit, limit, 0, 38.5, -121.4), fc.double({ min: -limit, max: limit, noNaN: true }));
const polygon = fc
  .array(fc.tuple(degrees(180), degrees(90)), { minLength: 3, maxLength: 8 })
  .map((ring) => ({ type: 'Polygon', coordinates: [[...ring, ring[0]]] }));

interface FuzzedRequest {
  path: string;
  method: string;
  described: DescribedOperation;
  values: Record<string, unknown>;
}

const isComposite = ({ type }: Record<string, unknown>) => type === 'array' || type === 'object';

function requests(): fc.Arbitrary<FuzzedRequest> {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => {
      const fields: [string, Record<string, unknown>][] = described.requestBody
        ? Object.entries(described.requestBody.content['application/json']?.schema.properties ?? {})
        : [];
      const named = (described.parameters ?? []).filter((parameter) => parameter.in !== 'header');
      fields.push(...named.map(({ name, schema }) => [name, schema] as [string, Record<string, unknown>]));
      const values = fc.record(
        Object.fromEntries([
          ...fields.map(([name, schema]) => [
            name,
            fc.oneof({ weight: 6, arbitrary: plausible(name, schema) }, { weight: 1, arbitrary: hostile }),
          ]),
          ['surprise', hostile],
        ]) as Record<string, fc.Arbitrary<unknown>>,
        { requiredKeys: [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name) },
      );
      const needed = described.requestBody?.content['application/json']?.schema.required ?? [];
      const wild = values.chain((all) =>
        // Mostly a few parameters: with all of them at once one is always wrong, and nothing gets past the door.
        fc.subarray(Object.keys(all), { maxLength: Math.min(4, Object.keys(all).length) }).map((some) => ({
          path,
          method,
          described,
          values: Object.fromEntries(
            Object.entries(all).filter(
              ([name]) =>
                some.includes(name) ||
                (needed.includes(name) && some.length !== 1) ||
                path.includes(`{${name}}`) ||
                (path.endsWith('/map') && (name === 'bbox' || name === 'zoom')),
            ),
          ),
        })),
      );
      // What has many fields is hardly ever right by chance: now and then it is meant to be, with one that is not needed.
      const isNeeded = ([name]: [string, unknown]) =>
        needed.includes(name) || named.some((parameter) => parameter.name === name && parameter.required);
      const meant = (some: typeof fields) =>
        fc.record(Object.fromEntries(some.map(([name, schema]) => [name, plausible(name, schema)])));
      const rest = fields
        .filter((field) => !isNeeded(field))
        // Lists and objects are looked at by name below.
        .map((field) => ({ weight: isComposite(field[1]) ? 6 : 1, arbitrary: meant([field]) }));
      const calm = fc
        .tuple(meant(fields.filter(isNeeded)), fc.oneof({ weight: 1, arbitrary: fc.constant({}) }, ...rest))
        .map(([values, more]) => ({ path, method, described, values: { ...values, ...more } }));
      const arbitrary = fc.oneof({ weight: 3, arbitrary: wild }, { weight: 1, arbitrary: calm });
      // The more an operation takes, the more there is to try.
      return { weight: 4 + fields.length, arbitrary };
    }),
  );
  return fc.oneof(...operations);
}

function toFetch({ path, method, values, described }: FuzzedRequest): [string, RequestInit] {
  const rest = { ...values };
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = encode(String(rest[name]));
    delete rest[name];
    return value === '' || value === '.' || value === '..' ? '%20' : value;
  });
  const headers = { ...sessionFor(described.operationId), 'if-match': '"1"' };
  if (method === 'post' || method === 'patch' || method === 'put') {
    return [
      platform.url + filled,
      {
        method: method.toUpperCase(),
        body: JSON.stringify(rest),
        headers: { ...headers, 'content-type': 'application/json' },
      },
    ];
  }
  const query = Object.entries(rest).map(([name, value]) => `${encode(name)}=${encode(formStyle(value))}`);
  return [`${platform.url}${filled}?${query.join('&')}`, { method: method.toUpperCase(), headers }];
}

/** As OpenAPI's style `form` without `explode` writes a value, which is what the document says of every parameter. */
function formStyle(value: unknown): string {
  if (Array.isArray(value)) return value.join(',');
  return typeof value === 'object' && value !== null ? Object.entries(value).flat().join(',') : String(value);
}

/** Refused by the router, which knows no fields. */
function isTooLong(url: string): boolean {
  return new URL(url).pathname.length > 300;
}

/** Lone surrogates cannot be encoded; a client would send their replacement. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

test('whatever is sent to whichever route, the answer is one the document promises, and never a 500', async () => {
  const seen = new Map<string, number>();
  const accepted = new Set<string>();
  await fc.assert(
    fc.asyncProperty(requests(), async (request) => {
      const [url, init] = toFetch(request);
      const response = await fetch(url, init);
      const text = await response.text();
      const told = `${request.method} ${url} ${init.body ?? ''} → ${response.status} ${text.slice(0, 300)}`;
      seen.set(
        `${request.described.operationId} ${response.status}`,
        (seen.get(`${request.described.operationId} ${response.status}`) ?? 0) + 1,
      );
      if (!Object.keys(request.described.responses).includes(String(response.status)) || response.status >= 500)
        throw new Error(told);
      const type = response.ok ? 'application/json' : 'application/problem+json';
      if (response.status !== 204 && !response.headers.get('content-type')?.startsWith(type)) throw new Error(told);
      if (response.ok)
        for (const name of Object.keys(request.values)) accepted.add(`${request.described.operationId} ${name}`);
      if (response.status === 204) return;
      if (response.ok) checkReply(request.described.operationId, text);
      else if (response.status === 400 && !isTooLong(url) && !(JSON.parse(text).errors?.length > 0))
        throw new Error(`no field is named: ${told}`);
      if (/\bat .*\.[jt]s:|QueryFailedError|postgres|node_modules/i.test(text)) throw new Error(`internals: ${told}`);
    }),
    { seed: 2026, numRuns: 10_000, endOnFailure: true },
  );
  // The fuzz is worth something only where both sides of the door were reached, on every route.
  const count = (id: string, statuses: (status: number) => boolean) =>
    [...seen].reduce((sum, [key, times]) => {
      const [operation, status] = key.split(' ');
      return sum + (operation === id && statuses(Number(status)) ? times : 0);
    }, 0);
  const unreached: unknown[] = [];
  for (const { name: id, kind, http } of publicOperations) {
    // Forms are not JSON; `upload.spec.ts` sends them broken in every way.
    if (http.upload) continue;
    // What is not there, or not in that state, has been understood too.
    const understood = count(
      id,
      (status) => status < 300 || status === 404 || (kind !== 'query' && [409, 412, 422].includes(status)),
    );
    const refused = count(id, (status) => status === 400);
    if (understood < 3 || refused < 3) unreached.push({ id, understood, refused });
  }
  expect(unreached).toEqual([]);
  // A list or an object that is described in a form which the API refuses never gets through.
  const composite = Object.values(paths)
    .flatMap((methods) => Object.values(methods))
    .flatMap(({ operationId, parameters = [] }) =>
      parameters.filter(({ schema }) => isComposite(schema)).map(({ name }) => `${operationId} ${name}`),
    );
  expect(composite.filter((parameter) => !accepted.has(parameter))).toEqual([]);
}, 120_000);

function checkReply(operationId: string, text: string): void {
  const operation = publicOperations.find(({ name }) => name === operationId);
  if (!operation) throw new Error(`${operationId} is not an operation`);
  operation.output.parse(JSON.parse(text));
}

test('a page’s cursor leads on, and no bit of it can be changed', async () => {
  type Page = ParsedInputOf<typeof propertyApi.search> & { nextCursor: string };
  const page = async (cursor: string) =>
    fetch(`${platform.url}/api/v1/properties?limit=2&cursor=${encodeURIComponent(cursor)}`);
  const first = (await (await fetch(`${platform.url}/api/v1/properties?limit=2`)).json()) as Page;
  expect((await page(first.nextCursor)).status).toBe(200);
  await fc.assert(
    fc.asyncProperty(fc.nat(first.nextCursor.length - 3), fc.constantFrom('A', 'z', '0', '_'), async (at, letter) => {
      fc.pre(first.nextCursor[at] !== letter);
      const damaged = first.nextCursor.slice(0, at) + letter + first.nextCursor.slice(at + 1);
      expect((await page(damaged)).status).toBe(400);
    }),
    { seed: 3, numRuns: 60 },
  );
});
