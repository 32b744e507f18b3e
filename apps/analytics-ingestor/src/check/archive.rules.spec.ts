import { partitionOf } from '../partition.ts';
import { disagreement, ledgerGap } from './archive.rules.ts';

const p = 'b3f6c3a0-5a35-4a57-9d6c-3f6f1e3c7a11';
const minute = 29_000_000;
const event = { id: 'e', p, t: 'v', v: 'x', b: '1', at: '', n: 1, ms: minute * 60_000 + 5 };
const whole = {
  partition: partitionOf(p),
  minute,
  ledger: { received: 3, admitted: 1, duplicate: 2 },
  events: [event],
};

test('a minute that agrees with itself is in order', () => {
  expect(disagreement(whole as never)).toBeNull();
});

test.each([
  ['an event is gone', { events: [] }, '1 were admitted, 0 are there'],
  ['the ledger does not balance', { ledger: { received: 4, admitted: 1, duplicate: 2 } }, 'received 4'],
  ['an event is of another minute', { events: [{ ...event, ms: event.ms + 60_000 }] }, 'another minute'],
  ['it lies under another partition', { partition: (partitionOf(p) + 1) % 8 }, 'partition'],
])('%s: it is said', (_what, change, words) => {
  expect(disagreement({ ...whole, ...change } as never)).toContain(words);
});

test('what the ledger has more than the archive, or less, is said by its line', () => {
  expect(ledgerGap({ received: 5 }, { received: 9, admitted: 2 }, { received: 4, admitted: 2 })).toEqual([]);
  expect(ledgerGap({}, { received: 9, duplicate: 1 }, { received: 8, admitted: 1 })).toEqual([
    'admitted: 0 by the ledger, 1 archived',
    'duplicate: 1 by the ledger, 0 archived',
    'received: 9 by the ledger, 8 archived',
  ]);
});
