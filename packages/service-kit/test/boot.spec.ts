import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { trace } from '@opentelemetry/api';
import type { RunningProcess } from '@viewora/devstack/processes';
import { RedisStreamsClient } from '@viewora/redis-transport/client';
import { onFreePort } from '@viewora/testkit/ports';
import { startScript } from '@viewora/testkit/processes';
import { startRedis, type TestRedis } from '@viewora/testkit/redis';
import { until } from '@viewora/testkit/wait';
import { Bus } from '../src/bus.ts';
import { runInCall } from '../src/current-call.ts';
import { startTracing } from '../src/tracing.ts';
import { greeterApi } from './greeter-api.mjs';

const script = join(import.meta.dirname, 'greeter.mjs');

let redis: TestRedis;
let collector: Collector;
let greeter: RunningProcess;
let root: string;
let bus: Bus;

beforeAll(async () => {
  redis = await startRedis();
  collector = await startCollector();
  ({ greeter, root } = await startGreeter());
  bus = new Bus(new RedisStreamsClient({ redisUrl: redis.url, name: 'test' }), 'test');
  await bus.onModuleInit();
}, 60_000);

afterAll(async () => {
  await bus?.onApplicationShutdown();
  await greeter?.stop();
  await collector?.stop();
  await redis?.stop();
});

function startGreeter(more: Record<string, string> = {}): Promise<{ greeter: RunningProcess; root: string }> {
  return onFreePort(async (port) => {
    const env = { ...environment(more), PORT: String(port) };
    const greeter = await startScript(script, { env, waitFor: /"msg":"ready"/, timeoutMs: 30_000 });
    return { greeter, root: `http://127.0.0.1:${port}` };
  });
}

function environment(more: Record<string, string>): Record<string, string> {
  return {
    REDIS_URL: redis.url,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_BSP_SCHEDULE_DELAY: '100',
    ...more,
  };
}

interface Collector {
  url: string;
  /** Bodies received, as text; protobuf and JSON alike hold names and ids readably enough for JSON. */
  bodies: string[];
  stop(): Promise<void>;
}

/** A real OTLP endpoint over HTTP, as far as receiving goes. */
async function startCollector(): Promise<Collector> {
  const bodies: string[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString());
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function logLines(): Promise<Record<string, unknown>[]> {
  const lines = (await greeter.lastLines(500)).split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line));
}

test('a request is answered by the handler of its contract', async () => {
  expect(await bus.request(greeterApi.greet, { name: 'Asha' })).toEqual({ text: 'Hello Asha' });
});

test('a stream arrives in its parts, in order', async () => {
  const parts: number[] = [];
  for await (const { i } of bus.stream(greeterApi.count, { to: 5 })) parts.push(i);
  expect(parts).toEqual([1, 2, 3, 4, 5]);
});

test('an event reaches the service that subscribes to it', async () => {
  await bus.request(greeterApi.greet, { name: 'Event' });
  await until(
    async () => (await logLines()).some(({ msg, name }) => msg === 'heard of a greeting' && name === 'Event'),
    { what: 'the event to be heard of' },
  );
});

test('errors cross typed: ours as they are, invalid input by field, the unknown without its words', async () => {
  await expect(bus.request(greeterApi.greet, { name: 'nobody' })).rejects.toMatchObject({
    code: 'not_found',
    message: 'There is nobody',
  });
  await expect(bus.request(greeterApi.greet, { name: 'x'.repeat(21) })).rejects.toMatchObject({
    code: 'invalid_input',
    details: { errors: [{ path: 'name', message: 'must have at most 20 characters' }] },
  });
  const unknown = bus.request(greeterApi.greet, { name: 'boom' });
  await expect(unknown).rejects.toMatchObject({ code: 'internal' });
  await expect(unknown).rejects.not.toMatchObject({ message: expect.stringContaining('secret') });
  const logged = async () =>
    (await logLines()).filter(({ err }) => (err as { message?: string })?.message === 'secret internals');
  await until(async () => (await logged()).length > 0, { what: 'the cause to be logged' });
  expect(await logged()).toHaveLength(1);
});

test('keys that a contract does not know are ignored between services', async () => {
  const newer = { name: 'Asha', mood: 'happy' };
  expect(await bus.request(greeterApi.greet, newer)).toEqual({ text: 'Hello Asha' });
});

test('the request id of the caller is in the log of the called', async () => {
  await runInCall({ requestId: 'trace-me-123', actor: { kind: 'anonymous' } }, () =>
    bus.request(greeterApi.greet, { name: 'Asha' }),
  );
  await until(
    async () => (await logLines()).some(({ requestId, msg }) => requestId === 'trace-me-123' && msg === 'greeting'),
    { what: 'the log line' },
  );
});

test('a trace crosses the transport: the handler’s span belongs to the caller’s', async () => {
  const stop = await startTracing({ APP: 'caller', OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  const traceId = await trace.getTracer('test').startActiveSpan('outer', async (span) => {
    await bus.request(greeterApi.greet, { name: 'Traced' });
    span.end();
    return span.spanContext().traceId;
  });
  await until(
    () =>
      collector.bodies.some(
        (body) => body.includes(traceId) && body.includes('greeter.greet') && body.includes('"greeter"'),
      ),
    {
      timeoutMs: 15_000,
      what: 'the span of the called service',
    },
  );
  await stop();
});

test('health, readiness and metrics are there for every service alike', async () => {
  expect(await (await fetch(`${root}/healthz`)).json()).toEqual({ status: 'ok' });
  expect(await (await fetch(`${root}/readyz`)).json()).toEqual({ status: 'ok', checks: { always: 'ok', redis: 'ok' } });
  const metrics = await (await fetch(`${root}/metrics`)).text();
  expect(metrics).toMatch(/viewora_message_seconds_count\{[^}]*pattern="greeter\.greet"[^}]*outcome="ok"/);
});

test('a check that fails makes a service unready, and leaves it alive', async () => {
  const { greeter: unready, root } = await startGreeter({ UNREADY: 'true' });
  const readyz = await fetch(`${root}/readyz`);
  expect([readyz.status, await readyz.json()]).toEqual([
    503,
    { status: 'down', checks: { always: 'ok', never: 'down', redis: 'ok' } },
  ]);
  expect((await fetch(`${root}/healthz`)).status).toBe(200);
  await unready.stop();
});

test('a service that lacks a handler of its contract does not start', async () => {
  const incomplete = await startScript(script, { env: environment({ INCOMPLETE: 'true' }) });
  expect(await incomplete.exited).toMatchObject({ code: 1 });
  expect(await incomplete.lastLines()).toContain('no handler for greeter.count');
});

test('the last spans leave before the process does', async () => {
  await greeter.stop();
  // Far longer than the test: only the end can make them leave.
  const { greeter: last } = await startGreeter({ OTEL_BSP_SCHEDULE_DELAY: '600000' });
  await bus.request(greeterApi.greet, { name: 'Last words' });
  const before = collector.bodies.length;
  await last.stop();
  expect(collector.bodies.slice(before).some((body) => body.includes('greeter.greet'))).toBe(true);
});

test('SIGTERM ends a service cleanly', async () => {
  const { greeter: ended } = await startGreeter();
  const started = Date.now();
  const exit = await ended.stop();
  expect(exit.signal === 'SIGTERM' || exit.code === 0).toBe(true);
  expect(Date.now() - started).toBeLessThan(8_000);
});
