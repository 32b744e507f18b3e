import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inbox, nothing, problem, signedIn, threeNotifications, visitor } from './fake-accounts.ts';
import { testSite } from './site.ts';

const site = testSite();
const { visit, openWith: open } = site;

describe('notifications', () => {
  it('are not asked for by visitors', () =>
    visit({}, async (page) => {
      const asked: string[] = [];
      page.on('request', (request) => asked.push(new URL(request.url()).pathname));
      await open(page, '/nowhere', visitor);
      await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).waitFor();
      assert.deepEqual(
        asked.filter((path) => path.includes('notifications')),
        [],
      );
    }));

  it('are counted, read by being opened, and lead to where they can be dealt with', () =>
    visit({}, async (page) => {
      const read: string[] = [];
      const items = () => threeNotifications().map((n) => (read.includes(n.id) ? { ...n, readAt: n.at } : n));
      await open(page, '/nowhere', {
        ...signedIn,
        'GET /me/notifications': (route) => inbox(items())(route),
        [`POST /me/notifications/${threeNotifications()[0]?.id}/read`]: (route) => {
          read.push(threeNotifications()[0]?.id ?? '');
          return nothing(route);
        },
      });
      await page.getByRole('button', { name: 'Notifications, 2 unread' }).click();
      await page.getByRole('link', { name: /Unread: Your application was not approved/ }).click();
      await page.waitForURL('**/verification');
      await page.getByRole('button', { name: 'Notifications, 1 unread' }).waitFor();
      assert.equal(read.length, 1);
    }));

  it('are all marked as read at once, and say so only as long as that holds', () =>
    visit({}, async (page) => {
      await open(page, '/notifications', {
        ...signedIn,
        'GET /me/notifications': inbox(),
        'POST /me/notifications/read': problem({ code: 'unavailable', status: 503 }),
      });
      await page.getByRole('main').getByRole('button', { name: 'Mark all as read' }).click();
      await page.getByRole('alert').waitFor();
      await page.getByRole('button', { name: 'Notifications, 2 unread' }).waitFor();
    }));

  it('never lead to another site', () =>
    visit({}, async (page) => {
      const [first] = threeNotifications();
      assert.ok(first);
      const hostile = ['//elsewhere.test/', 'https://elsewhere.test', 'javascript:alert(1)', '/\\elsewhere.test'];
      const items = hostile.map((link, n) => ({ ...first, id: `${first.id.slice(0, -1)}${n}`, link }));
      await open(page, '/notifications', { ...signedIn, 'GET /me/notifications': inbox(items) });
      await page.getByRole('main').getByRole('listitem').nth(3).waitFor();
      assert.equal(await page.getByRole('main').getByRole('listitem').getByRole('link').count(), 0);
    }));

  it('are asked for again each minute, and what is new is said aloud', () =>
    visit({}, async (page) => {
      let asked = 0;
      const all = threeNotifications();
      let items = all.slice(1);
      await page.clock.install();
      await open(page, '/nowhere', {
        ...signedIn,
        'GET /me/notifications': (route) => {
          asked++;
          return inbox(items)(route);
        },
      });
      await page.getByRole('button', { name: 'Notifications, 1 unread' }).waitFor();
      assert.equal(asked, 1);
      items = all;
      const polled = page.waitForResponse('**/me/notifications?*');
      await page.clock.runFor(61_000);
      await polled;
      await page.clock.runFor(1_000);
      await page
        .getByRole('status')
        .filter({ hasText: 'New notification: Your application was not approved' })
        .waitFor();
      await page.getByRole('button', { name: 'Notifications, 2 unread' }).waitFor();
      assert.equal(asked, 2);
    }));

  it('are asked for again when the page is looked at again', () =>
    visit({}, async (page) => {
      await open(page, '/nowhere', { ...signedIn, 'GET /me/notifications': inbox() });
      await page.getByRole('button', { name: 'Notifications, 2 unread' }).waitFor();
      const asked = page.waitForResponse('**/me/notifications?*');
      await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
      await asked;
    }));

  it('that are older come by their cursor', () =>
    visit({}, async (page) => {
      const [first, second, third] = threeNotifications();
      assert.ok(first && second && third);
      await open(page, '/notifications', {
        ...signedIn,
        'GET /me/notifications': (route) => {
          const cursor = new URL(route.request().url()).searchParams.get('cursor');
          return cursor === 'older' ? inbox([third])(route) : inbox([first, second], 'older')(route);
        },
      });
      await page.getByRole('button', { name: 'Show older ones' }).click();
      await page.getByText(third.title).waitFor();
      await page.getByRole('button', { name: 'Show older ones' }).waitFor({ state: 'detached' });
      assert.equal(await page.getByRole('main').getByRole('listitem').count(), 3);
    }));
});
