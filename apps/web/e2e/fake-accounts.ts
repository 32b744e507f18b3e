import type { Application, ApplicationDocument } from '@viewora/contracts/application';
import type { Problem } from '@viewora/contracts/errors';
import type { Notification } from '@viewora/contracts/notification';
import type { Security } from '@viewora/contracts/sign-in-ways';
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

export const security: Security = {
  hasPassword: true,
  google: null,
  hasTotp: false,
  recoveryCodesLeft: 0,
  passkeys: [],
};

export const recoveryCodes = [
  'k7f2-9qmw-3x',
  'p4hz-m2vc-8r',
  'w9ty-5bqk-c6',
  'n3xr-7dfm-q2',
  'v8kc-h4jt-9w',
  'g6qn-2zpx-r5',
  't5md-w8ck-4h',
  'z2jp-6ryf-x7',
  'c9bg-3vtq-m4',
  'r7xh-8nkz-p5',
];

/** The one on a desk, used today, and one in a pocket that has only just been added. */
export function twoPasskeys(now = Date.now()): Security['passkeys'] {
  const ago = (ms: number) => new Date(now - ms).toISOString();
  return [
    {
      id: '0192f0c1-2b3c-7d4e-8f5a-0000000000a1',
      name: 'Work laptop',
      createdAt: ago(2_000 * hour),
      lastUsedAt: ago(3 * hour),
    },
    { id: '0192f0c1-2b3c-7d4e-8f5a-0000000000a2', name: 'iPhone', createdAt: ago(2 * hour), lastUsedAt: null },
  ];
}

export function paper(part: Partial<ApplicationDocument> = {}): ApplicationDocument {
  return {
    id: '0192f0c1-2b3c-7d4e-8f5a-0000000000d1',
    kind: 'ownership_proof',
    name: 'Grant deed, 1714 Folsom Blvd.pdf',
    contentType: 'application/pdf',
    bytes: 1_480_000,
    isUploaded: true,
    ...part,
  };
}

export function application(part: Partial<Application> = {}): Application {
  return {
    id: '0192f0c1-2b3c-7d4e-8f5a-0000000000c1',
    role: 'seller',
    status: 'draft',
    message: null,
    documents: [paper()],
    createdAt: '2026-03-05T10:00:00.000Z',
    submittedAt: null,
    decidedAt: null,
    reason: null,
    ...part,
  };
}

/** Two unread ones, one with a place to go and one without, and one that has been read. */
export function threeNotifications(now = Date.now()): Notification[] {
  const ago = (ms: number) => new Date(now - ms).toISOString();
  const id = (n: number) => `0192f0c1-2b3c-7d4e-8f5a-0000000000b${n}`;
  return [
    {
      id: id(1),
      kind: 'application_rejected',
      title: 'Your application was not approved',
      body: 'The deed is in another name. Send one that names you, or a paper that says how you came by the home.',
      link: '/verification',
      at: ago(hour / 2),
      readAt: null,
    },
    {
      id: id(2),
      kind: 'role_changed',
      title: 'You are a seller now',
      body: 'An administrator has changed what you can do here.',
      link: null,
      at: ago(30 * hour),
      readAt: null,
    },
    {
      id: id(3),
      kind: 'listing_unblocked',
      title: 'Your listing can be seen again',
      body: '1714 Folsom Blvd, Sacramento',
      link: '/homes/0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a',
      at: ago(200 * hour),
      readAt: ago(190 * hour),
    },
  ];
}

export function inbox(items: Notification[] = threeNotifications(), nextCursor: string | null = null) {
  return json({ items, nextCursor, unread: items.filter(({ readAt }) => readAt === null).length });
}

/** How one call is answered: `"POST /auth/login"` and what comes back. */
export type Replies = Record<string, (route: Route) => Promise<unknown> | unknown>;

/**
 * Answers calls of accounts, of administrators, of one’s own listings and of what is known of all of them by the table, and
 * lets the others pass: for states that the real services get into only after many tries or much time.
 */
export async function fakeAccounts(page: Page, replies: Replies): Promise<void> {
  await page.route(/\/api\/v1\/(auth|me|admin|advisor|imports|properties|insights)\b/, async (route) => {
    const request = route.request();
    const path = new URL(request.url()).pathname.replace('/api/v1', '');
    const call = `${request.method()} ${path}`;
    const reply = replies[call] ?? onEveryPage[call];
    await (reply ? reply(route) : route.fallback());
  });
}

/** Opens a page whose calls are answered so. */
export async function openWith(page: Page, url: string, replies: Replies): Promise<void> {
  await fakeAccounts(page, replies);
  await page.goto(url);
}

export const json =
  (body: unknown, status = 200) =>
  (route: Route) =>
    route.fulfill({ status, json: body });
export const nothing = (route: Route) => route.fulfill({ status: 204 });
export const session = (user: User | null) => json({ user, csrfToken: user && 'csrf' });

/** What every page asks for on behalf of whoever is signed in; the real services would say that they know no such session. */
const onEveryPage: Replies = { 'GET /me/notifications': inbox([]), 'GET /me/favourites/ids': json({ ids: [] }) };

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
  'GET /me/security': json(security),
  'GET /me/application': json({ application: null }),
  'GET /me/notifications': inbox([]),
};
export const visitor: Replies = {
  'GET /auth/session': session(null),
  'GET /auth/methods': json({ google: true }),
  // No passkey is suggested unless a journey is about it.
  'POST /auth/passkeys/options': problem({ code: 'unavailable', status: 503 }),
};
