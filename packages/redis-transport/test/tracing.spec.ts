import { context, propagation, SpanKind, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { RedisStreamsClient } from '@viewora/redis-transport/client';
import { RedisStreamsServer } from '@viewora/redis-transport/server';
import { startRedis, type TestRedis } from '@viewora/testkit/redis';
import { sending, until } from './lab.ts';

const exporter = new InMemorySpanExporter();
const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
const seen = new Map<string, string | undefined>();
let redis: TestRedis;
let server: RedisStreamsServer;
let client: RedisStreamsClient;

beforeAll(async () => {
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  redis = await startRedis();
  server = new RedisStreamsServer({ redisUrl: redis.url, service: 'traced' });
  const note = (name: string) => async () => {
    await Promise.resolve();
    seen.set(name, trace.getActiveSpan()?.spanContext().traceId);
  };
  server.addHandler('traced.ask', note('ask'));
  server.addHandler('traced.happened', note('happened'), true);
  await new Promise<void>((resolve, reject) => server.listen((error) => (error ? reject(error) : resolve())));
  client = new RedisStreamsClient({ redisUrl: redis.url, name: 'tester' });
  await client.connect();
});
afterAll(async () => {
  await client.close();
  await server.close();
  await redis.stop();
});

it('a handler’s span continues the caller’s trace, for requests and for events', async () => {
  const ask = { kind: 'query', name: 'traced.ask', service: 'traced', timeoutMs: 5_000 } as const;
  const traceId = await trace.getTracer('test').startActiveSpan('page', async (span) => {
    await client.requestText(ask, '{}', sending);
    await client.publishEvent({ name: 'traced.happened', service: 'traced' }, '{}');
    span.end();
    return span.spanContext().traceId;
  });
  await until(() => seen.has('happened'));
  expect(Object.fromEntries(seen)).toEqual({ ask: traceId, happened: traceId });
  const byId = new Map(exporter.getFinishedSpans().map((span) => [span.spanContext().spanId, span]));
  const consumer = [...byId.values()].find((span) => span.name === 'process traced.ask');
  const sender = byId.get(consumer?.parentSpanContext?.spanId ?? '');
  expect(consumer?.kind).toBe(SpanKind.CONSUMER);
  expect(sender).toMatchObject({ name: 'send traced.ask', kind: SpanKind.CLIENT });
});
