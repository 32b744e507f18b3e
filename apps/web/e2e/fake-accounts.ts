import type { Problem } from '@viewora/contracts/errors';
import type { User } from '@viewora/contracts/user';
import type { Page, Route } from 'playwright-core';

export const asha: User = {
  id: '0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a',
  email: 'asha.menon@viewora.test',
  name: 'Asha Menon',
  role: 'seller',
  verification: 'pending',
  createdAt: '2026-03-04T10:00:00.000Z',
  version: 3,
};

const hour = 3_600_000;

/** This device, one on a desk and one in a pocket. */
export function threeSessions(now = Date.now()) {
  const ago = (ms: number) => new Date(now - ms).toISOString();
  const session = (n: number, device: string, place: string, seenMs: number) => ({
    id: `0192f0c1-2b3c-7d4e-8f5a-00000000000${n}`,
    device,
    place,
    createdAt: ago(90 * hour),
    lastSeenAt: ago(seenMs),
    isCurrent: n === 1,
  });
  return [
    session(1, 'Chrome on Linux', '203.0.113.x', 0),
    session(2, 'Firefox on Windows', '198.51.100.x', 3 * hour),
    session(3, 'Safari on iOS', '2001:db8:85a3:…', 50 * hour),
  ];
}

/** How one call is answered: `"POST /auth/login"` and what comes back. */
export type Replies = Record<string, (route: Route) => Promise<unknown> | unknown>;

/**
 * Answers calls of accounts, of administrators and of one's own listings by the table, and lets the others pass: for states that the real services
 * get into only after many tries or much time.
 */
export async function fakeAccounts(page: Page, replies: Replies): Promise<void> {
  await page.route(/\/api\/v1\/(auth|me|admin|imports|properties)\b/, async (route) => {
    const request = route.request();
    const path = new URL(request.url()).pathname.replace('/api/v1', '');
    const reply = replies[`${request.method()} ${path}`];
    await (reply ? reply(route) : route.fallback());
  });
}

export const json =
  (body: unknown, status = 200) =>
  (route: Route) =>
    route.fulfill({ status, json: body });
export const nothing = (route: Route) => route.fulfill({ status: 204 });
export const session = (user: User | null) => json({ user, csrfToken: user && 'csrf' });

type Said = Pick<Problem, 'code' | 'status'> & Partial<Pick<Problem, 'detail' | 'errors'>>;

export function problem(said: Said, headers: Record<string, string> = {}) {
  const body = { type: `https://viewora.dev/problems/${said.code}`, title: said.code, requestId: 'fake', ...said };
  return (route: Route) =>
    route.fulfill({
      status: said.status,
      headers,
      contentType: 'application/problem+json',
      body: JSON.stringify(body),
    });
}

/** Somebody signed in, with an account that can be read and changed. */
export const signedIn: Replies = {
  'GET /auth/session': session(asha),
  'GET /me': json(asha),
  'GET /me/sessions': (route) => json({ items: threeSessions() })(route),
};
export const visitor: Replies = { 'GET /auth/session': session(null) };
