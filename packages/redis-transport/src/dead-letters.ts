import type { Redis } from 'ioredis';
import { bodyField, envelopeField } from './envelope.ts';
import { requestGroup, serviceKeys } from './keys.ts';

/** A message that was given up. */
export interface DeadLetter {
  /** Of the dead-letter stream's entry. */
  id: string;
  reason: string;
  deliveries: number;
  /** The stream it was on. */
  source: string;
  envelopeText: string;
  /** Empty where it was not kept: of commands that may wait a minute at most, for they hold secrets. */
  bodyText: string;
}

const longestReplay = 1_000;

/** Lists a service's dead letters, oldest first. */
export async function readDeadLetters(redis: Redis, service: string, count = 100): Promise<DeadLetter[]> {
  const entries = await redis.xrange(serviceKeys(service).deadLetters, '-', '+', 'COUNT', count);
  return entries.map(([id, fields]) => readDeadLetter(id, fields));
}

/**
 * Puts dead letters back, each in one transaction with its removal. A request waits again as long as it might at first.
 * An event goes to the request stream of the service that gave it up, so the other subscribers do not hear it twice.
 * What came without its body stays: nothing can be done with it.
 * @param ids entries of the dead-letter stream; default: the oldest 1,000
 * @returns how many were put back
 */
export async function replayDeadLetters(redis: Redis, service: string, ids?: readonly string[]): Promise<number> {
  const { deadLetters, requests } = serviceKeys(service);
  const wanted = ids && new Set(ids);
  let replayed = 0;
  for (const letter of await readDeadLetters(redis, service, longestReplay)) {
    if (letter.bodyText === '' || (wanted && !wanted.has(letter.id))) continue;
    const envelope = letter.source === requests ? letter.envelopeText : asRequest(letter);
    const results = await redis
      .multi()
      .xadd(requests, '*', envelopeField, envelope, bodyField, letter.bodyText)
      .xdel(deadLetters, letter.id)
      .exec();
    const failure = results?.find(([error]) => error)?.[0];
    if (failure) throw failure;
    replayed += 1;
  }
  return replayed;
}

const eventTtlMs = 7 * 24 * 3_600_000;

/** An event as a request to one service. An unreadable envelope stays as it is and will be given up again. */
function asRequest({ envelopeText, source }: DeadLetter): string {
  try {
    const { id, pattern, requestId, trace, aggregateId, version } = JSON.parse(envelopeText);
    const actor = { kind: 'service', name: /^\{(.+)\}/.exec(source)?.[1] ?? requestGroup };
    const event = { aggregateId, version };
    return JSON.stringify({ id, pattern, kind: 'event', actor, requestId, ttlMs: eventTtlMs, trace, event });
  } catch {
    return envelopeText;
  }
}

function readDeadLetter(id: string, fields: string[]): DeadLetter {
  const value = (name: string) => {
    for (let index = 0; index < fields.length; index += 2) if (fields[index] === name) return fields[index + 1] ?? '';
    return '';
  };
  return {
    id,
    reason: value('reason'),
    deliveries: Number(value('deliveries')),
    source: value('source'),
    envelopeText: value(envelopeField),
    bodyText: value(bodyField),
  };
}
