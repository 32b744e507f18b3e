import { keepWish, takeWish } from './sign-in-wish.ts';

const id = '0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a';
const minute = 60_000;

/** As a tab's, which Node has not. */
function storage(): Storage {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  } as Storage;
}

beforeEach(() => {
  Object.defineProperty(globalThis, 'sessionStorage', { value: storage(), configurable: true });
});

test('the home that was wanted is told once', () => {
  keepWish(id);
  expect(takeWish()).toBe(id);
  expect(takeWish()).toBeNull();
});

test('whoever signs in much later finds nothing saved that they have forgotten', () => {
  keepWish(id);
  expect(takeWish(Date.now() + 31 * minute)).toBeNull();
});

test('what is no listing’s id is no wish', () => {
  sessionStorage.setItem('viewora.wish', `me/favourites ${Date.now()}`);
  expect(takeWish()).toBeNull();
});

test('where storage is forbidden there is no wish, and no error', () => {
  Object.defineProperty(globalThis, 'sessionStorage', {
    get: () => {
      throw new Error('SecurityError');
    },
    configurable: true,
  });
  expect(() => keepWish(id)).not.toThrow();
  expect(takeWish()).toBeNull();
});
