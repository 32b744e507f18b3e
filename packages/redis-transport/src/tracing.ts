import { type Context, context, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

const tracer = trace.getTracer('@viewora/redis-transport');

/** Trace headers to send, or undefined where nothing is traced: the envelope stays small. */
function headersOf(active: Context): Record<string, string> | undefined {
  const headers: Record<string, string> = {};
  propagation.inject(active, headers);
  for (const _ in headers) return headers;
  return undefined;
}

/** Starts a CLIENT (or, for events, PRODUCER) span around a message that is sent. */
export function startSending(
  pattern: string,
  service: string,
  kind: SpanKind.CLIENT | SpanKind.PRODUCER = SpanKind.CLIENT,
): { span: Span; headers: Record<string, string> | undefined } {
  const span = tracer.startSpan(`send ${pattern}`, {
    kind,
    attributes: {
      'messaging.system': 'redis',
      'messaging.destination.name': service,
      'messaging.operation.name': 'send',
    },
  });
  return { span, headers: headersOf(trace.setSpan(context.active(), span)) };
}

/** Runs a handler in a CONSUMER span that continues the sender's trace. */
export function startHandling(
  pattern: string,
  headers: Record<string, string> | undefined,
): { span: Span; run: <T>(work: () => T) => T } {
  const parent = headers ? propagation.extract(context.active(), headers) : context.active();
  const span = tracer.startSpan(
    `process ${pattern}`,
    { kind: SpanKind.CONSUMER, attributes: { 'messaging.system': 'redis', 'messaging.operation.name': 'process' } },
    parent,
  );
  const active = trace.setSpan(parent, span);
  return { span, run: (work) => context.with(active, work) };
}

/** Ends a span, as failed where there is a reason. */
export function endSpan(span: Span, failure?: string): void {
  if (failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: failure });
  span.end();
}
