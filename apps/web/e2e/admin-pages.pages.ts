import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import type { Page, Route } from 'playwright-core';
import { adminShots, openAdmin } from './admin-shots.ts';
import { asha, fakeAccounts, json, problem, type Replies, session, visitor } from './fake-accounts.ts';
import { admin, asAdmin, audit, mostViewed, users } from './fake-admin.ts';
import { testSite } from './site.ts';

const site = testSite();
const { visit } = site;
const open = (page: Page, path: string, heading: string | RegExp, replies: Replies = asAdmin) =>
  openAdmin(page, `${site.webUrl}/admin${path}`, replies, heading);

const raviId = users[2]?.id ?? '';

describe('the administration', () => {
  it('sends a visitor to sign in and back to the very page', () =>
    visit({}, async (page) => {
      await fakeAccounts(page, visitor);
      await page.goto(`${site.webUrl}/admin/users?status=blocked`);
      await page.waitForURL(`**/sign-in?next=${encodeURIComponent('/admin/users?status=blocked')}`);
    }));

  it('is nobody’s but administrators’, and asks nothing of the server for others', () =>
    visit({}, async (page) => {
      let asked = 0;
      await page.route('**/api/v1/admin/**', (route) => {
        asked++;
        return route.abort();
      });
      await fakeAccounts(page, { 'GET /auth/session': session(asha) });
      await page.goto(`${site.webUrl}/admin/audit`);
      await page.getByRole('heading', { name: 'This page is not for you' }).waitFor();
      await page.getByRole('button', { name: /^Your account/ }).click();
      await page.getByRole('link', { name: 'Account', exact: true }).waitFor();
      assert.equal(await page.getByRole('link', { name: 'Administration' }).count(), 0);
      assert.equal(asked, 0);
    }));

  it('is left when its administrator signs out', () =>
    visit({}, async (page) => {
      await open(page, '/users', 'Users', {
        ...asAdmin,
        'POST /auth/logout': (route) => route.fulfill({ status: 204 }),
      });
      await page.getByRole('button', { name: /^Your account/ }).click();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.waitForURL(`${site.webUrl}/**`, { waitUntil: 'commit' });
      await page.waitForFunction(() => window.location.pathname === '/');
    }));

  it('says beside its queues how many wait', () =>
    visit({}, async (page) => {
      await open(page, '', 'Overview');
      await page.getByRole('link', { name: 'Applications , 3 waiting' }).waitFor();
      await page.getByRole('link', { name: 'Reports , 3 open' }).waitFor();
    }));

  it('says when nobody looks, and tells a failure of one chart in its place, to be tried again', () =>
    visit({}, async (page) => {
      const path = 'GET /admin/analytics/most-viewed';
      await open(page, '', 'Overview', { ...asAdmin, [path]: json({ items: [], asOf: null }) });
      await page.getByText('Nobody has looked at a published home in the last 7 days.').waitFor();
      let isAway = true;
      const reply = (route: Route) =>
        (isAway ? problem({ code: 'unavailable', status: 503 }) : json(mostViewed))(route);
      await open(page, '', 'Overview', { ...asAdmin, [path]: reply });
      await page.getByText('Sacramento has most homes').waitFor();
      const failure = page.getByRole('alert').filter({ hasText: 'The views could not be loaded' });
      await failure.waitFor();
      isAway = false;
      await failure.getByRole('button', { name: 'Try again' }).click();
      await page.getByText(/was looked at most in 7 days: 310 views/).waitFor();
    }));

  it('tells those who hear it the same figures as its bars', () =>
    visit({}, async (page) => {
      await open(page, '', 'Overview');
      const cities = page.getByRole('table', { name: 'Published homes by city' });
      await cities.getByRole('row', { name: 'Sacramento 412' }).waitFor();
      await cities.getByRole('row', { name: 'All other places 93' }).waitFor();
      await page
        .getByRole('table', { name: 'People by status and role' })
        .getByRole('row', { name: /^Active 932 212 31 2/ })
        .waitFor();
      const views = page.getByRole('table', { name: 'Homes that are looked at most' });
      await views.getByRole('row', { name: /310$/ }).waitFor();
      await page.getByText(/was looked at most in 7 days: 310 views/).waitFor();
      await page.getByRole('link', { name: 'Ravi Kumar' }).click();
      await page.waitForURL(`**/admin/users/${raviId}`);
      await page.getByRole('heading', { level: 1, name: 'Ravi Kumar' }).and(page.locator(':focus')).waitFor();
    }));
});

describe('the audit log', () => {
  it('is asked for by who, what, when and about what', () =>
    visit({}, async (page) => {
      const asked: URLSearchParams[] = [];
      await open(page, '/audit', 'Audit log', {
        ...asAdmin,
        'GET /admin/audit': (route) => {
          asked.push(new URL(route.request().url()).searchParams);
          return asAdmin['GET /admin/audit']?.(route);
        },
      });
      await page.getByRole('link', { name: 'Looks at documents' }).click();
      await page.getByRole('button', { name: 'Administrator' }).click();
      await page.getByRole('checkbox', { name: admin.name }).check();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Days' }).click();
      await page.getByLabel('From', { exact: true }).fill('2026-05-02');
      await page.getByLabel('To', { exact: true }).fill('2026-05-03');
      await page.keyboard.press('Escape');
      await page.getByText('2 May to 3 May').waitFor();
      const searched = page.waitForResponse(/targetId=/);
      await page.getByRole('button', { name: 'Only what is about Lee Park' }).click();
      await page.getByText('About Lee Park').waitFor();
      await searched;
      assert.deepEqual(Object.fromEntries(asked.at(-1) ?? []), {
        actorId: admin.id,
        action: 'document.view',
        targetId: audit[3]?.target.id,
        // Both days whole, as the clock goes where the administrator is.
        from: '2026-05-02T07:00:00.000Z',
        to: '2026-05-04T07:00:00.000Z',
        limit: '50',
      });
    }));

  it('is taken along as a table of what is shown', () =>
    visit({}, async (page) => {
      await open(page, '/audit', 'Audit log');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Download CSV' }).click(),
      ]);
      const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
      assert.equal(lines.length, audit.length + 1);
      assert.match(lines[4] ?? '', /"user.block","Lee Park"/);
    }));
});

describe('every page of the administration', () => {
  for (const size of ['desktop', 'phone'] as const) {
    it(`has nothing serious for axe in light and dark, and is no wider than the screen, ${size}`, async () =>
      assert.deepEqual(await site.faults(adminShots, size), []));
  }
});
