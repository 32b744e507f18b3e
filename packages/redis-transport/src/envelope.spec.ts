import fc from 'fast-check';
import {
  bodyField,
  EventEnvelope,
  entryTimeMs,
  envelopeField,
  RequestEnvelope,
  readEnvelope,
  readFields,
} from './envelope.ts';

const seed = 20261123;

const actor = fc.oneof(
  fc.constant({ kind: 'anonymous' as const }),
  fc.record({ kind: fc.constant('service' as const), name: fc.string() }),
  fc.record({
    kind: fc.constant('user' as const),
    userId: fc.uuid(),
    role: fc.constantFrom('buyer' as const, 'seller' as const, 'broker' as const, 'admin' as const),
  }),
);
const trace = fc.dictionary(fc.constantFrom('traceparent', 'tracestate', 'baggage'), fc.string());
const request = fc.record(
  {
    id: fc.uuid(),
    pattern: fc.string({ minLength: 1 }),
    kind: fc.constantFrom('query' as const, 'command' as const, 'stream' as const, 'event' as const),
    actor,
    requestId: fc.string(),
    ttlMs: fc.integer({ min: 1 }),
    replyTo: fc.string(),
    idempotencyKey: fc.string(),
    trace,
  },
  { requiredKeys: ['id', 'pattern', 'kind', 'actor', 'requestId', 'ttlMs'] },
);
const event = fc.record(
  {
    id: fc.uuid(),
    pattern: fc.string({ minLength: 1 }),
    requestId: fc.string(),
    aggregateId: fc.string(),
    version: fc.nat(),
    trace,
  },
  { requiredKeys: ['id', 'pattern', 'requestId'] },
);

/** As JSON leaves it: without `__proto__` keys and the null prototypes fast-check likes. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}

describe('an envelope', () => {
  it('comes out as it went in', () => {
    fc.assert(
      fc.property(request, (envelope) => {
        expect(readEnvelope(RequestEnvelope, JSON.stringify(envelope))).toEqual(plain(envelope));
      }),
      { seed },
    );
    fc.assert(
      fc.property(event, (envelope) => {
        expect(readEnvelope(EventEnvelope, JSON.stringify(envelope))).toEqual(plain(envelope));
      }),
      { seed },
    );
  });

  it('from a newer release is read without the keys this one does not know', () => {
    fc.assert(
      fc.property(
        request,
        fc.dictionary(
          fc.string().map((key) => `new ${key}`),
          fc.jsonValue(),
        ),
        (envelope, additions) => {
          const text = JSON.stringify({ ...additions, ...envelope });
          expect(readEnvelope(RequestEnvelope, text)).toEqual(plain(envelope));
        },
      ),
      { seed },
    );
  });

  it('that cannot be read is null and never an exception', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(readEnvelope(RequestEnvelope, text)).toBeNull();
      }),
      { seed },
    );
  });

  it('without a duration to live is not an envelope', () => {
    const envelope = { id: '01920000-0000-7000-8000-000000000001', pattern: 'a.b', kind: 'query', requestId: 'r' };
    const whole = { ...envelope, actor: { kind: 'anonymous' }, ttlMs: 1 };
    expect(readEnvelope(RequestEnvelope, JSON.stringify(whole))).toEqual(whole);
    expect(readEnvelope(RequestEnvelope, JSON.stringify({ ...whole, ttlMs: 0 }))).toBeNull();
    expect(readEnvelope(RequestEnvelope, JSON.stringify({ ...whole, ttlMs: undefined }))).toBeNull();
  });
});

it('the fields of an entry are found in any order, beside fields of a newer release', () => {
  const fields = ['later', 'x', bodyField, '{"n":1}', envelopeField, '{}'];
  expect(readFields(fields)).toEqual({ envelopeText: '{}', bodyText: '{"n":1}' });
});

it('an entry’s id says when Redis took it', () => {
  expect(entryTimeMs('1763862484123-7')).toBe(1763862484123);
});
