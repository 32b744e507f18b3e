import type { AnalyticsEvent } from '@viewora/contracts/analytics';
import { chooseCounting, counting } from './counting.ts';
import { mostKept } from './event-queue.ts';
import { dropEvents, eventsLeftBehind, keepEvent } from './kept-events.ts';
import { viewerId } from './viewer.ts';

class Storage {
  [key: string]: unknown;

  getItem(key: string): string | null {
    return typeof this[key] === 'string' ? this[key] : null;
  }

  setItem(key: string, value: string): void {
    this[key] = value;
  }

  removeItem(key: string): void {
    delete this[key];
  }
}

const day = 86_400_000;
const now = Date.parse('2026-11-24T12:00:00Z');

function visitor(browser: object = {}): Storage {
  const storage = new Storage();
  Object.defineProperty(globalThis, 'localStorage', { value: storage, configurable: true });
  Object.defineProperty(globalThis, 'navigator', { value: browser, configurable: true });
  return storage;
}

function event(n: number, ageMs = 0): AnalyticsEvent {
  const at = new Date(now - ageMs).toISOString();
  return { id: `e${n}`, type: 'view', propertyId: 'p', viewerId: 'v', at };
}

test.each([
  [{}, 'on'],
  [{ doNotTrack: '0' }, 'on'],
  [{ doNotTrack: 'unspecified', globalPrivacyControl: false }, 'on'],
  [{ doNotTrack: '1' }, 'refused'],
  [{ globalPrivacyControl: true }, 'refused'],
])('a browser that says %j is counted: %s', (browser, expected) => {
  visitor(browser);
  expect(counting()).toBe(expected);
});

test('a browser’s refusal holds whatever is chosen here', () => {
  visitor({ globalPrivacyControl: true });
  chooseCounting('on');
  expect(counting()).toBe('refused');
});

test('who chooses not to be counted is not, until they choose otherwise; nothing but the choice is kept', () => {
  const storage = visitor();
  storage.setItem('viewora.theme', 'dark');
  const before = viewerId(now);
  keepEvent(event(1));
  chooseCounting('off');
  expect(counting()).toBe('off');
  expect(Object.keys(storage)).toEqual(['viewora.theme', 'viewora.counting']);
  chooseCounting('on');
  expect(counting()).toBe('on');
  expect(Object.keys(storage)).toEqual(['viewora.theme']);
  // Nobody can be told to be the one from before.
  expect(viewerId(now)).not.toBe(before);
});

test('where storage is forbidden nothing is counted', () => {
  visitor();
  Object.defineProperty(globalThis, 'localStorage', {
    get: () => {
      throw new Error('forbidden');
    },
    configurable: true,
  });
  expect(counting()).toBe('off');
  chooseCounting('off');
});

test('a visitor is the same for ninety days, then another', () => {
  visitor();
  const first = viewerId(now);
  expect(first).toMatch(/^[\w-]{8,64}$/);
  expect(viewerId(now + 89 * day)).toBe(first);
  expect(viewerId(now + 90 * day)).not.toBe(first);
});

test('a visitor whose device has no room is the same as long as the page', () => {
  const storage = visitor();
  storage.setItem = () => {
    throw new Error('full');
  };
  expect(viewerId(now)).toBe(viewerId(now + 1));
  keepEvent(event(1));
});

test('a page finds what earlier ones left, not what another tab has in hand or what is too old', () => {
  visitor();
  for (const [n, age] of [30_000, 61_000, 11 * 3_600_000, 12 * 3_600_000].entries()) keepEvent(event(n, age));
  expect(eventsLeftBehind(now).map(({ id }) => id)).toEqual(['e1', 'e2']);
  dropEvents(new Set(['e1']));
  expect(eventsLeftBehind(now).map(({ id }) => id)).toEqual(['e2']);
});

test('of too many events the oldest are let go', () => {
  visitor();
  for (let n = 0; n < mostKept + 3; n++) keepEvent(event(n, 100_000));
  const ids = eventsLeftBehind(now).map(({ id }) => id);
  expect(ids).toHaveLength(mostKept);
  expect(ids[0]).toBe('e3');
});

test.each(['', 'null', '7', '{', '[1, null, {"id": 3}]'])(
  'what something else has written there, %j, does no harm',
  (text) => {
    const storage = visitor();
    storage.setItem('viewora.counted.events', text);
    storage.setItem('viewora.counted.viewer', text);
    expect(eventsLeftBehind(now)).toEqual([]);
    expect(viewerId(now)).toMatch(/^[\w-]{8,64}$/);
  },
);
