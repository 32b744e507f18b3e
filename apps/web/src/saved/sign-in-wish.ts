import { parseId } from '../search/search-state.ts';

const storageKey = 'viewora.wish';
/** As long as it takes to make an account and find the mail; whoever signs in later has forgotten the home. */
const keptForMs = 30 * 60_000;

/** The home that a visitor wants to save and is asked to sign in for; null when nobody is asked. */
let asked: string | null = null;
const listeners = new Set<() => void>();

export const askedHome = {
  get: () => asked,
  subscribe: (notify: () => void): (() => void) => {
    listeners.add(notify);
    return () => listeners.delete(notify);
  },
};

export function askToSignIn(id: string | null): void {
  asked = id;
  for (const notify of listeners) notify();
}

/** Remembers, while the visitor signs in, which home they wanted to save. */
export function keepWish(id: string): void {
  try {
    sessionStorage.setItem(storageKey, `${id} ${Date.now()}`);
  } catch {
    // Without storage they come back to the heart and press it again.
  }
}

/** The home that was wanted, told once. */
export function takeWish(now = Date.now()): string | null {
  try {
    const [id = null, at] = sessionStorage.getItem(storageKey)?.split(' ') ?? [];
    sessionStorage.removeItem(storageKey);
    return now - Number(at) < keptForMs ? parseId(id) : null;
  } catch {
    return null;
  }
}
