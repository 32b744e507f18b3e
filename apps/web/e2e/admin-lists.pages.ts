import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { openAdmin } from './admin-shots.ts';
import { rowOf } from './admin-steps.ts';
import { json, problem, type Replies } from './fake-accounts.ts';
import { admin, asAdmin, listings, users } from './fake-admin.ts';
import { testSite } from './site.ts';

const site = testSite();
const { visit } = site;
const open = (page: Page, path: string, heading: string | RegExp, replies: Replies = asAdmin) =>
  openAdmin(page, `${site.webUrl}/admin${path}`, replies, heading);
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');

describe('a list', () => {
  it('keeps its filter in the address, asks for exactly that, and can be gone back in', () =>
    visit({}, async (page) => {
      const asked: string[] = [];
      const users = asAdmin['GET /admin/users'];
      await open(page, '/users', 'Users', {
        ...asAdmin,
        'GET /admin/users': (route) => {
          const { searchParams } = new URL(route.request().url());
          if (searchParams.get('limit') === '50') asked.push(searchParams.toString());
          return users?.(route);
        },
      });
      await page.getByRole('button', { name: 'Role' }).click();
      await page.getByRole('checkbox', { name: 'Seller' }).check();
      await page.getByRole('checkbox', { name: 'Broker' }).check();
      await page.keyboard.press('Escape');
      await page
        .getByRole('button', { name: 'Role: Seller, Broker', exact: true })
        .and(page.locator(':focus'))
        .waitFor();
      await page.waitForURL('**/admin/users?role=seller%2Cbroker');
      const searched = page.waitForResponse(/\/admin\/users\?q=menon/);
      await page.getByRole('searchbox', { name: 'Name or e-mail' }).pressSequentially('menon', { delay: 20 });
      await page.waitForURL('**/admin/users?q=menon&role=seller%2Cbroker');
      await searched;
      // What was typed half is never asked for, and what is looked for stays when the view changes.
      assert.deepEqual(asked.at(-1), 'q=menon&role=seller%2Cbroker&limit=50');
      assert.ok(asked.every((query) => !query.includes('q=') || query.includes('q=menon')));
      await page.getByRole('link', { name: 'Blocked' }).click();
      await page.waitForURL('**/admin/users?q=menon&status=blocked');
      await page.goBack();
      await page.getByRole('button', { name: 'Role: Seller, Broker', exact: true }).waitFor();
      await page.getByRole('link', { name: 'Everybody' }).click();
      assert.equal(await page.getByRole('searchbox', { name: 'Name or e-mail' }).inputValue(), 'menon');
    }));

  it('loads more behind what is there, which stays where it is', () =>
    visit({}, async (page) => {
      const asked: (string | null)[] = [];
      await open(page, '/users', 'Users', {
        ...asAdmin,
        'GET /admin/users': (route) => {
          const cursor = new URL(route.request().url()).searchParams.get('cursor');
          if (cursor !== null) asked.push(cursor);
          const items = cursor === null ? users.slice(0, 4) : users.slice(4);
          return json({ items, nextCursor: cursor === null ? 'more' : null, total: users.length })(route);
        },
      });
      await rowOf(page, 'jo@viewora.test').waitFor();
      await page.getByRole('button', { name: 'Load more users' }).click();
      await rowOf(page, 'Tom Okafor').waitFor();
      assert.deepEqual(asked, ['more']);
      assert.equal(await page.getByRole('row').count(), users.length + 1);
      assert.equal(await page.getByRole('button', { name: 'Load more users' }).count(), 0);
    }));

  it('that cannot be loaded says so and is loaded on request', () =>
    visit({}, async (page) => {
      let isBroken = true;
      const users = asAdmin['GET /admin/users'];
      await open(page, '/users', 'Users', {
        ...asAdmin,
        'GET /admin/users': (route) => (isBroken ? problem({ code: 'internal', status: 500 })(route) : users?.(route)),
      });
      await page.getByRole('alert').getByRole('heading', { name: 'The users could not be loaded' }).waitFor();
      isBroken = false;
      await page.getByRole('button', { name: 'Try again' }).click();
      await rowOf(page, 'Asha Menon').waitFor();
    }));

  it('is where it was left after a look at one of its rows', () =>
    visit({}, async (page) => {
      const many = Array.from({ length: 40 }, (_, i) => ({
        ...listings[0],
        id: `0192f0c1-2b3c-7d4e-8f5a-1500000010${String(i).padStart(2, '0')}`,
        title: `Home number ${i}`,
      }));
      await open(page, '/listings?status=published', 'Listings', {
        ...asAdmin,
        'GET /admin/listings': json({ items: many, nextCursor: null }),
        [`GET /admin/listings/${many[30]?.id}`]: json(many[30]),
      });
      await page.getByRole('link', { name: 'Home number 30', exact: true }).scrollIntoViewIfNeeded();
      const top = await page.getByRole('main').evaluate((main) => main.scrollTop);
      assert.ok(top > 300, 'the list could not be scrolled');
      await page.getByRole('link', { name: 'Home number 30', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: 'Home number 30' }).waitFor();
      assert.equal(await page.getByRole('main').evaluate((main) => main.scrollTop), 0);
      await page.getByRole('button', { name: 'Listings' }).click();
      await page.waitForURL('**/admin/listings?status=published');
      await page.getByRole('heading', { level: 1, name: 'Listings' }).waitFor();
      assert.equal(await page.getByRole('main').evaluate((main) => main.scrollTop), top);
    }));

  it('is gone through with j, k and x, and its keys can be turned off', () =>
    visit({}, async (page) => {
      await open(page, '/users', 'Users');
      await rowOf(page, 'jo@viewora.test').waitFor();
      await page.keyboard.press('j');
      await page.keyboard.press('j');
      assert.equal(await focused(page), 'Asha Menon');
      await page.keyboard.press('x');
      await page.getByRole('checkbox', { name: 'Select Asha Menon', checked: true }).waitFor();
      await page.keyboard.press('k');
      assert.equal(await focused(page), admin.name);
      // Oneself cannot be selected, and so not blocked.
      await page.keyboard.press('x');
      await page.getByText('1 selected').waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type('jkx?');
      assert.equal(await page.getByRole('searchbox', { name: 'Name or e-mail' }).inputValue(), 'jkx?');

      await page.getByRole('heading', { level: 1 }).focus();
      await page.keyboard.press('?');
      await page.getByRole('checkbox', { name: 'Single keys do something' }).uncheck();
      await page.keyboard.press('Escape');
      await page.getByRole('heading', { level: 1 }).and(page.locator(':focus')).waitFor();
      await page.keyboard.press('j');
      assert.equal(await focused(page), 'Users');
    }));
});
