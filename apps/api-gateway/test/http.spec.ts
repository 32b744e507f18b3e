import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { createHttpClient } from '@viewora/contracts/http-client';
import { propertyApi } from '@viewora/contracts/property';
import { until } from '@viewora/testkit/wait';
import { publicOperations } from '../src/operations.ts';
import { handled, type Platform, type ProblemBody, startPlatform } from './platform.ts';

const token = 'a-scraper-of-metrics';

let platform: Platform;
let api: string;

beforeAll(async () => {
  platform = await startPlatform({ RATE_LIMIT_READ: '100000', METRICS_TOKEN: token });
  api = `${platform.url}/api/v1`;
}, 90_000);

afterAll(() => platform?.stop());

async function problem(
  path: string,
  init?: RequestInit,
): Promise<{ status: number; body: ProblemBody; response: Response }> {
  const response = await fetch(api + path, init);
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const body = (await response.json()) as ProblemBody;
  expect(body).toMatchObject({
    status: response.status,
    requestId: response.headers.get('x-request-id'),
    type: `https://viewora.dev/problems/${body.code}`,
  });
  return { status: response.status, body, response };
}

const post = (body: string | Uint8Array<ArrayBuffer>, contentType = 'application/json'): RequestInit => ({
  method: 'POST',
  body,
  headers: { 'content-type': contentType },
});

test('a search answers with the contract’s shape', async () => {
  const response = await fetch(`${api}/properties?place=folsom&facets=true&limit=5`);
  expect(response.status).toBe(200);
  const page = propertyApi.search.output.parse(await response.json());
  expect(page).toMatchObject({ total: { value: 17, relation: 'exact' } });
  expect(page.items).toHaveLength(5);
});

test('the typed client calls every kind of route', async () => {
  const call = createHttpClient({ origin: platform.url });
  const { items } = await call(propertyApi.search, { type: ['flat', 'house'], bbox: [-122, 38, -121, 39], limit: 3 });
  const first = items[0];
  if (!first) throw new Error('the demo market is empty');
  expect((await call(propertyApi.get, { id: first.id })).title).toBe(first.title);
  expect((await call(propertyApi.similar, { id: first.id })).items.length).toBeGreaterThan(0);
  expect((await call(propertyApi.history, { id: first.id })).items).toHaveLength(1);
  const triangle = {
    type: 'Polygon' as const,
    coordinates: [
      [
        [-122, 38],
        [-121, 38],
        [-121, 39],
        [-122, 38],
      ],
    ] as [[number, number][]],
  };
  const inside = await call(propertyApi.searchArea, { polygon: triangle, limit: 1 });
  expect(inside.total.value).toBeGreaterThan(0);
  await expect(call(propertyApi.get, { id: crypto.randomUUID() })).rejects.toMatchObject({ code: 'not_found' });
});

test('a repeatable parameter may be repeated or comma-separated', async () => {
  const [repeated, separated] = await Promise.all(
    ['type=house&type=flat', 'type=house,flat'].map(async (query) =>
      (await fetch(`${api}/properties?${query}&limit=3`)).json(),
    ),
  );
  expect(repeated).toEqual(separated);
});

test.each([
  ['out of range', 'minBeds=51', 'minBeds', 'must be at most 50'],
  ['of the wrong type', 'maxPriceMinor=cheap', 'maxPriceMinor', 'must be a number'],
  ['not whole', 'minBeds=1.5', 'minBeds', 'must be a whole number'],
  ['unknown', 'bedrooms=3', 'bedrooms', 'is not known'],
  ['empty', 'q=', 'q', 'must not be empty'],
  ['contradictory', 'minBeds=4&maxBeds=2', 'minBeds', 'must not be above maxBeds'],
  ['without what it needs', 'sort=distance', 'sort', 'distance needs near'],
  ['without what it needs', 'sort=relevance', 'sort', 'relevance needs q'],
  ['not one of the choices', 'type=castle', 'type.0', 'must be one of plot, house, flat, commercial'],
  ['a box upside down', 'bbox=0,5,1,4', 'bbox', 'south must not be above north'],
  ['not a currency', 'currency=XYZ', 'currency', 'must be an ISO 4217 currency'],
  ['repeated, though single', 'minBeds=1&minBeds=2', 'minBeds', 'must be a number'],
  ['holding a NUL', 'q=a%00b', 'q', 'must not contain a NUL character'],
  ['written in another way', 'near=lat,38.5,lon,-121.4', 'near', 'must be lat,lon'],
  ['of too few parts', 'near=38.5', 'near', 'must be lat,lon'],
  ['repeated, though one place', 'near=1,2&near=3,4', 'near', 'must be lat,lon'],
  ['broken percent-encoding', 'q=%FF', 'q', 'is not valid UTF-8 in percent-encoding'],
  ['a number beyond all numbers', 'maxPriceMinor=1e999', 'maxPriceMinor', 'must be'],
  ['a prototype', '__proto__=1', '__proto__', 'is not known'],
  ['a foreign cursor', 'cursor=bm9uc2Vuc2U', 'cursor', 'does not belong to this search'],
])('a parameter %s is refused by name: %s', async (_why, query, path, message) => {
  const { status, body } = await problem(`/properties?${query}`);
  expect({ status, code: body.code }).toEqual({ status: 400, code: 'invalid_input' });
  expect(body.errors).toContainEqual({ path, message: expect.stringContaining(message) });
});

test('every field at fault is named, not the first only', async () => {
  const { body } = await problem('/properties?minBeds=99&nonsense=1&near=1');
  expect(body.errors?.map(({ path }) => path).sort()).toEqual(['minBeds', 'near', 'nonsense']);
  expect(body.detail).toBe('3 fields are invalid');
});

test('a box across the antimeridian is legal', async () => {
  expect((await fetch(`${api}/properties?bbox=170,-20,-170,-10`)).status).toBe(200);
});

test.each([
  ['not JSON', post('{"minBeds":'), 400],
  ['not an object', post('[1]'), 400],
  ['of another media type', post('minBeds=1', 'application/x-www-form-urlencoded'), 415],
  ['in another encoding', post('{}', 'application/json; charset=utf-16'), 415],
  ['without a media type', { method: 'POST', body: new Uint8Array([1]) }, 415],
  ['not UTF-8', post(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])), 400],
  ['nested a thousand deep', post(`{"polygon":${'['.repeat(1_000)}${']'.repeat(1_000)}}`), 400],
  ['poisoning a prototype', post('{"__proto__":{"x":1}}'), 400],
  ['a number as text', post('{"minBeds":"3"}'), 400],
  [
    'a self-crossing polygon',
    post(
      JSON.stringify({
        polygon: {
          type: 'Polygon',
          coordinates: [
            [
              [0, 0],
              [2, 2],
              [2, 0],
              [0, 2],
              [0, 0],
            ],
          ],
        },
      }),
    ),
    400,
  ],
  ['an unknown field deep down', post(JSON.stringify({ near: { lat: 1, lon: 1, alt: 1 } })), 400],
])('a body %s is refused', async (_what, init, expected) => {
  const { status, body } = await problem('/properties/search', init as RequestInit);
  expect({ status, code: body.code }).toEqual({ status: expected, code: 'invalid_input' });
});

test('where there is a body the query string has nothing to say, not even a known name', async () => {
  const { status, body } = await problem('/properties/search?limit=5&foo=1&limit=6', post('{}'));
  expect(status).toBe(400);
  expect(body.errors).toEqual(['limit', 'foo'].map((path) => ({ path, message: 'is not known' })));
});

test.each(['charset=utf-8', 'charset="UTF-8"', 'charset=utf8', 'version=1'])(
  'a body with %s is read',
  async (parameter) => {
    expect((await fetch(`${api}/properties/search`, post('{}', `application/json; ${parameter}`))).status).toBe(200);
  },
);

test('a body of ten megabytes gets its 413 before the connection closes', async () => {
  const { status, body } = await problem('/properties/search', post(`{"q":"${'x'.repeat(10_000_000)}"}`));
  expect({ status, code: body.code }).toEqual({ status: 413, code: 'invalid_input' });
});

/** As fetch, which will not send every method there is. */
async function answerTo(method: string, path: string): Promise<{ status?: number; allow?: string; type?: string }> {
  const sent = request(platform.url + path, { method }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.resume();
  const { allow, 'content-type': type } = response.headers;
  return { status: response.statusCode, ...(allow && { allow }), ...(type && { type }) };
}

test.each([
  ['DELETE', '/api/v1/properties', 'GET, HEAD, POST'],
  ['TRACE', '/api/v1/properties', 'GET, HEAD, POST'],
  ['PROPFIND', '/api/v1/properties?limit=1', 'GET, HEAD, POST'],
  ['GET', '/api/v1/properties/search', 'POST'],
  ['HEAD', '/api/v1/properties/search', 'POST'],
  ['PUT', '/api/v1/properties/map', 'GET, HEAD, POST'],
  ['POST', '/api/v1/properties/not-a-uuid', 'GET, HEAD, PATCH'],
  ['POST', '/api/v1/openapi.json', 'GET, HEAD'],
  ['POST', '/status', 'GET, HEAD'],
  ['DELETE', '/healthz', 'GET, HEAD'],
  ['POST', '/docs', 'GET, HEAD'],
])('%s %s is refused, and the answer says which methods there are', async (method, path, allow) => {
  const { status, type, ...answer } = await answerTo(method, path);
  expect({ status, type }).toEqual({ status: 405, type: 'application/problem+json; charset=utf-8' });
  expect(answer.allow?.split(', ').sort().join(', ')).toBe(allow);
});

test.each(['GET', 'POST', 'OPTIONS', 'TRACE', 'PROPFIND'])('%s of an unknown address is a 404', async (method) => {
  for (const path of ['/nowhere', '/api/v1/nowhere', '/api/v1/properties/a/b/c']) {
    expect(await answerTo(method, path)).toMatchObject({ status: 404, type: expect.stringMatching('problem') });
  }
});

test('a known address tells its methods to OPTIONS, and a preflight gets its permission', async () => {
  expect(await answerTo('OPTIONS', '/api/v1/properties')).toEqual({ status: 204, allow: expect.stringMatching('GET') });
  for (const method of new Set(publicOperations.map(({ http }) => http.method))) {
    const headers = { origin: 'http://localhost:5173', 'access-control-request-method': method };
    const preflight = await fetch(`${api}/properties/search`, { method: 'OPTIONS', headers });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-methods')?.split(', ')).toContain(method);
  }
});

test('an address that cannot be read is a 400', async () => {
  expect((await fetch(`${api}/properties?q=${'x'.repeat(20_000)}`)).status).toBe(400);
  expect((await problem('/properties/%FF')).status).toBe(400);
  expect((await problem('/properties/not-a-uuid')).status).toBe(400);
});

test('a malformed request line is answered, not crashed on', async () => {
  const { hostname, port } = new URL(platform.url);
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), hostname, () =>
      socket.write('GET /api/v1/properties?\u0001 HTTP/9.9\r\n\r\n'),
    );
    socket.once('data', (data) => resolve(data.toString()));
    socket.once('error', reject);
    socket.once('close', () => resolve(''));
  });
  expect(answer).toMatch(/^HTTP\/1\.1 400[\s\S]*content-type: application\/problem\+json/i);
  expect((await fetch(`${platform.url}/healthz`)).ok).toBe(true);
});

test('an unchanged reply is not sent twice: ETag and If-None-Match', async () => {
  const first = await fetch(`${api}/properties?limit=2`);
  const etag = first.headers.get('etag') ?? '';
  expect(first.headers.get('cache-control')).toBe('public, max-age=1');
  const second = await fetch(`${api}/properties?limit=2`, { headers: { 'if-none-match': etag } });
  expect(second.status).toBe(304);
  expect(await second.text()).toBe('');
  expect((await fetch(`${api}/properties?limit=2`, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
});

test('every answer says that it depends on the encodings and the origin, whatever form it has', async () => {
  const etag = (await fetch(`${api}/properties?limit=1`)).headers.get('etag') ?? '';
  const asked: Record<string, string>[] = [
    { 'accept-encoding': 'gzip' },
    { 'accept-encoding': 'identity' },
    { 'if-none-match': etag },
  ];
  const answers = await Promise.all(asked.map((headers) => fetch(`${api}/properties?limit=1`, { headers })));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 304]);
  for (const { headers } of answers) expect(headers.get('vary')?.toLowerCase()).toBe('accept-encoding, origin');
});

test('replies are compressed for who asks, and carry security headers', async () => {
  const response = await fetch(`${api}/properties?limit=50`, { headers: { 'accept-encoding': 'gzip' } });
  expect(response.headers.get('content-encoding')).toBe('gzip');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(response.headers.get('strict-transport-security')).toBeTruthy();
  expect(response.headers.get('content-security-policy')).toBe("default-src 'none';frame-ancestors 'none'");
});

test('browsers of other origins are let in by the list alone', async () => {
  const from = async (origin: string) =>
    (await fetch(`${api}/properties?limit=1`, { headers: { origin } })).headers.get('access-control-allow-origin');
  expect(await from('http://localhost:5173')).toBe('http://localhost:5173');
  expect(await from('https://evil.example')).toBeNull();
});

test('a request id is given, and a sane one kept', async () => {
  const given = await fetch(`${api}/places?q=f`, { headers: { 'x-request-id': 'abc-12345678' } });
  expect(given.headers.get('x-request-id')).toBe('abc-12345678');
  const hostile = await fetch(`${api}/places?q=f`, { headers: { 'x-request-id': 'a b<script>' } });
  expect(hostile.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

test('metrics are for this machine, or for who holds the token', async () => {
  expect(await (await fetch(`${platform.url}/metrics`)).text()).toContain('viewora_http_seconds');
  const forwarded = await fetch(`${platform.url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
  expect([forwarded.status, forwarded.headers.get('content-type')]).toEqual([
    404,
    expect.stringMatching('application/problem'),
  ]);
  const scraper = { 'x-forwarded-for': '203.0.113.9', authorization: `Bearer ${token}` };
  expect((await fetch(`${platform.url}/metrics`, { headers: scraper })).status).toBe(200);
});

test('the docs page and its document are there', async () => {
  const page = await fetch(`${platform.url}/docs`);
  expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringMatching('text/html')]);
  const [, script = ''] = /src="([^"]+)"/.exec(await page.text()) ?? [];
  const sent = await fetch(new URL(script, page.url));
  expect([sent.status, sent.headers.get('content-type')]).toEqual([200, expect.stringMatching('javascript')]);
  expect((await sent.text()).length).toBeGreaterThan(1_000_000);
  expect((await fetch(`${platform.url}/docs/no-such-file`)).status).toBe(404);
  const document = (await (await fetch(`${api}/openapi.json`)).json()) as { paths: object };
  expect(Object.keys(document.paths)).toContain('/api/v1/properties/{id}/similar');
});

test('status tells of each app', async () => {
  const status = await (await fetch(`${platform.url}/status`)).json();
  expect(status).toMatchObject({
    apps: { 'api-gateway': { status: 'ok' }, 'property-api': { status: 'ok', replicas: 1 } },
  });
});

test('a listing’s link has a preview, and no text of it can break out', async () => {
  const hostile = '"><script>alert(1)</script>';
  const csv = `title,price\n"${hostile.replaceAll('"', '""')}",100\n`;
  const [id] = await platform.importRows(csv, { title: 'title', priceMinor: 'price' });
  const html = await (await fetch(`${platform.url}/og/homes/${id}`)).text();
  expect(html).toContain(`<meta property="og:url" content="http://localhost:5173/homes/${id}">`);
  expect(html).toContain('&#60;script&#62;');
  expect(html).not.toContain('<script');
  expect((await fetch(`${platform.url}/og/homes/${crypto.randomUUID()}`)).status).toBe(404);
});

test('fifty who ask the same at once cost one search', async () => {
  const searches = () => handled(platform.url, 'property.search');
  const before = await searches();
  const started = Date.now();
  const same = `${api}/properties?place=roseville&minBeds=2&limit=7`;
  const bodies = await Promise.all(Array.from({ length: 50 }, async () => (await fetch(same)).text()));
  expect(new Set(bodies).size).toBe(1);
  // An answer lives a second: a slow machine may have to ask once more for each that passes.
  const seconds = Math.floor((Date.now() - started) / 1_000);
  const cost = (await searches()) - before;
  expect(cost).toBeGreaterThan(0);
  expect(cost).toBeLessThanOrEqual(1 + seconds);
});

test('while property-api is away callers get a typed unavailable quickly, and service resumes by itself', async () => {
  await platform.propertyApi.stop();
  const started = Date.now();
  const { status, body, response } = await problem('/properties?limit=1&minYearBuilt=1999');
  expect({ status, code: body.code }).toEqual({ status: 503, code: 'unavailable' });
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(Date.now() - started).toBeLessThan(10_000);
  expect((await fetch(`${platform.url}/readyz`)).status).toBe(503);
  expect((await fetch(`${platform.url}/healthz`)).status).toBe(200);
  await platform.startPropertyApi();
  await until(async () => (await fetch(`${api}/properties?limit=1&minYearBuilt=1998`)).ok, {
    what: 'searches to work again',
  });
}, 60_000);

test('while Redis is away callers get a typed unavailable in bounded time, and service resumes by itself', async () => {
  await platform.redis.kill();
  const started = Date.now();
  const { status, body } = await problem('/properties?limit=1&minYearBuilt=1990');
  expect({ status, code: body.code }).toEqual({ status: 503, code: 'unavailable' });
  expect(Date.now() - started).toBeLessThan(10_000);
  await platform.redis.start();
  await until(async () => (await fetch(`${api}/properties?limit=1&minYearBuilt=1991`)).ok, {
    timeoutMs: 30_000,
    what: 'searches to work again',
  });
}, 60_000);
