import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page, Route } from 'playwright-core';
import { adminShots, openAdmin } from './admin-shots.ts';
import { type ContextOptions, launchBrowser } from './browser.ts';
import { faultsOf } from './every-state.ts';
import { asha, fakeAccounts, json, problem, type Replies, session, visitor } from './fake-accounts.ts';
import { admin, applications, asAdmin, audit, listings, mostViewed, reports, users } from './fake-admin.ts';
import { type Stack, startStack } from './stack.ts';
import { holdReplies, type Journey, visitWith } from './visit.ts';

let stack: Stack;
let browser: Browser;

before(async () => {
  [stack, browser] = await Promise.all([startStack(), launchBrowser()]);
});

after(async () => {
  await browser?.close();
  await stack?.stop();
});

const visit = (options: ContextOptions, journey: Journey) => visitWith(browser, options, journey);
const open = (page: Page, path: string, heading: string | RegExp, replies: Replies = asAdmin) =>
  openAdmin(page, `${stack.webUrl}/admin${path}`, replies, heading);

const [, ashaUser, ravi, jo] = users;
const ashaId = ashaUser?.id ?? '';
const raviId = ravi?.id ?? '';
const joId = jo?.id ?? '';
const rowOf = (page: Page, name: string) => page.locator('[data-row]').filter({ hasText: name });
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');

/** Answers as the server does once somebody has been blocked or unblocked. */
function blocks(sent: unknown[] = []): Replies {
  const blocked = (user: (typeof users)[number], reason: string | null) => ({
    ...user,
    status: reason === null ? 'active' : 'blocked',
    blockedAt: reason === null ? null : new Date().toISOString(),
    blockedReason: reason,
  });
  return Object.fromEntries(
    users.flatMap((user) => [
      [
        `POST /admin/users/${user.id}/block`,
        (route: Route) => {
          const { reason } = route.request().postDataJSON();
          sent.push({ block: user.name, reason });
          return json(blocked(user, reason))(route);
        },
      ],
      [
        `POST /admin/users/${user.id}/unblock`,
        (route: Route) => {
          sent.push({ unblock: user.name });
          return json(blocked(user, null))(route);
        },
      ],
    ]),
  );
}

async function giveReason(page: Page, reason: string, button: string): Promise<void> {
  const dialog = page.getByRole('alertdialog');
  await dialog.getByRole('textbox').fill(reason);
  await dialog.getByRole('button', { name: button, exact: true }).click();
}

describe('the administration', () => {
  it('sends a visitor to sign in and back to the very page', () =>
    visit({}, async (page) => {
      await fakeAccounts(page, visitor);
      await page.goto(`${stack.webUrl}/admin/users?status=blocked`);
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
      await page.goto(`${stack.webUrl}/admin/audit`);
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
      await page.waitForURL(`${stack.webUrl}/**`, { waitUntil: 'commit' });
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

describe('blocking', () => {
  it('asks why by name, shows at once, and is taken back by Undo', () =>
    visit({}, async (page) => {
      const sent: unknown[] = [];
      await open(page, '/users', 'Users', { ...asAdmin, ...blocks(sent) });
      await page.getByRole('button', { name: 'Block Asha Menon' }).click();
      const dialog = page.getByRole('alertdialog', { name: 'Block Asha Menon?' });
      await dialog.getByRole('button', { name: 'Block', exact: true }).click();
      await dialog
        .getByRole('textbox', { name: 'Reason', description: /at least 3/ })
        .and(page.locator(':focus'))
        .waitFor();
      await dialog.getByRole('button', { name: 'Unwanted messages to other people.' }).click();
      const release = await holdReplies(page, '**/block');
      await dialog.getByRole('button', { name: 'Block', exact: true }).click();
      await rowOf(page, 'Asha Menon').getByText('Blocked').waitFor();
      assert.deepEqual(sent, []);
      release();
      await page.getByText('Asha Menon is blocked').first().waitFor();
      await page.getByRole('button', { name: 'Undo' }).click();
      await rowOf(page, 'Asha Menon').getByText('Active').waitFor();
      await page.getByText('Asha Menon is no longer blocked').first().waitFor();
      assert.deepEqual(sent, [
        { block: 'Asha Menon', reason: 'Unwanted messages to other people.' },
        { unblock: 'Asha Menon' },
      ]);
    }));

  it('that fails is not shown as done, says so, and is tried again with the same reason', () =>
    visit({}, async (page) => {
      const sent: unknown[] = [];
      let tries = 0;
      const works = blocks(sent)[`POST /admin/users/${ashaId}/block`];
      await open(page, '/users', 'Users', {
        ...asAdmin,
        [`POST /admin/users/${ashaId}/block`]: (route) =>
          tries++ === 0 ? problem({ code: 'internal', status: 500 })(route) : works?.(route),
      });
      await page.getByRole('button', { name: 'Block Asha Menon' }).click();
      await giveReason(page, 'Sells what is not theirs', 'Block');
      await page.getByText('Asha Menon could not be blocked').first().waitFor();
      await rowOf(page, 'Asha Menon').getByText('Active').waitFor();
      await page.getByRole('button', { name: 'Try again' }).click();
      await rowOf(page, 'Asha Menon').getByText('Blocked').waitFor();
      assert.deepEqual(sent, [{ block: 'Asha Menon', reason: 'Sells what is not theirs' }]);
    }));

  it('leaves the focus where it was when it is given up', () =>
    visit({}, async (page) => {
      await open(page, '/users', 'Users');
      const button = page.getByRole('button', { name: 'Block Asha Menon' });
      await button.click();
      await page.getByRole('alertdialog').waitFor();
      await page.keyboard.press('Escape');
      await button.and(page.locator(':focus')).waitFor();
    }));

  it('of several gives one reason to each, names those that failed, and is undone together', () =>
    visit({}, async (page) => {
      const sent: unknown[] = [];
      let isDown = true;
      const works = blocks(sent);
      await open(page, '/users', 'Users', {
        ...asAdmin,
        ...works,
        [`POST /admin/users/${raviId}/block`]: (route) =>
          isDown
            ? problem({ code: 'internal', status: 500 })(route)
            : works[`POST /admin/users/${raviId}/block`]?.(route),
      });
      for (const name of ['Asha Menon', 'Ravi Kumar', 'Jo']) {
        await page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).check();
      }
      await page.getByRole('region', { name: 'What is selected' }).getByRole('button', { name: 'Block …' }).click();
      await page.getByRole('alertdialog', { name: 'Block 3 people?' }).getByText('Ravi Kumar').waitFor();
      await giveReason(page, 'One ring of fraud', 'Block 3');
      await page.getByRole('dialog', { name: '2 of 3 people are blocked' }).waitFor();
      assert.equal(await page.getByRole('list', { name: 'Could not be blocked' }).getByText('Ravi Kumar').count(), 1);
      await rowOf(page, 'Ravi Kumar').getByText('Active').waitFor();
      isDown = false;
      await page.getByRole('button', { name: 'Try the other 1 again' }).click();
      await page.getByText('3 people are blocked').first().waitFor();
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByText('3 people are no longer blocked').first().waitFor();
      const reason = 'One ring of fraud';
      assert.deepEqual(sent, [
        { block: 'Asha Menon', reason },
        { block: 'Jo', reason },
        { block: 'Ravi Kumar', reason },
        { unblock: 'Asha Menon' },
        { unblock: 'Jo' },
        { unblock: 'Ravi Kumar' },
      ]);
      for (const name of ['Asha Menon', 'Ravi Kumar']) await rowOf(page, name).getByText('Active').waitFor();
    }));

  it('of oneself is not offered', () =>
    visit({}, async (page) => {
      await open(page, '/users', 'Users');
      await rowOf(page, admin.name).waitFor();
      assert.equal(await page.getByRole('button', { name: `Block ${admin.name}` }).count(), 0);
      assert.equal(await page.getByRole('checkbox', { name: `Select ${admin.name}` }).count(), 0);
      await page.getByRole('link', { name: admin.name }).click();
      await page.getByText('This is you').waitFor();
      assert.equal(await page.getByRole('button', { name: 'Change role' }).count(), 0);
    }));

  it('changes a role with a reason, and shows it', () =>
    visit({}, async (page) => {
      const sent: unknown[] = [];
      await open(page, `/users/${joId}`, 'Jo', {
        ...asAdmin,
        [`POST /admin/users/${joId}/role`]: (route) => {
          sent.push(route.request().postDataJSON());
          return json({ ...jo, role: 'seller', verification: 'none' })(route);
        },
        [`GET /admin/users/${joId}`]: (route) =>
          json(sent.length === 0 ? jo : { ...jo, role: 'seller', verification: 'none' })(route),
      });
      await page.getByRole('button', { name: 'Change role' }).click();
      await page.getByText('Seller', { exact: true }).click();
      await giveReason(page, 'They asked for it.', 'Change role');
      await page.getByText('Jo is now a seller').first().waitFor();
      await page.getByRole('definition').filter({ hasText: 'Seller' }).waitFor();
      assert.deepEqual(sent, [{ role: 'seller', reason: 'They asked for it.' }]);
    }));
});

describe('applications', () => {
  const [first, second, third] = applications;

  /** A queue from which what is decided goes. */
  function queue(sent: unknown[]): Replies {
    let waiting = [...applications];
    const decide = (id: string, status: 'approved' | 'rejected') => (route: Route) => {
      sent.push({ [status]: id, ...(route.request().postDataJSON() ?? {}) });
      waiting = waiting.filter((application) => application.id !== id);
      const decided = applications.find((application) => application.id === id);
      return json({ ...decided, status, decidedAt: new Date().toISOString() })(route);
    };
    return {
      ...asAdmin,
      'GET /admin/applications': (route) => json({ items: waiting, nextCursor: null, pending: waiting.length })(route),
      ...Object.fromEntries(
        applications.flatMap(({ id }) => [
          [`POST /admin/applications/${id}/approve`, decide(id, 'approved')],
          [`POST /admin/applications/${id}/reject`, decide(id, 'rejected')],
        ]),
      ),
    };
  }

  for (const size of ['desktop', 'phone'] as const) {
    it(`are decided one after the other, ${size}`, () =>
      visit({ size }, async (page) => {
        const sent: unknown[] = [];
        await open(page, '/applications', 'Applications', queue(sent));
        await page.getByRole('link', { name: /Asha Menon/ }).click();
        await page.waitForURL(`**/admin/applications/${first?.id}`);
        await page.getByRole('button', { name: 'Approve …' }).click();
        await page
          .getByRole('alertdialog', { name: 'Approve Asha Menon?' })
          .getByRole('button', { name: 'Approve' })
          .click();
        await page.getByRole('heading', { name: 'Priya Nair' }).and(page.locator(':focus')).waitFor();
        await page.getByRole('button', { name: 'Reject …' }).click();
        await page
          .getByRole('alertdialog')
          .getByRole('button', { name: /has expired/ })
          .click();
        await page.getByRole('alertdialog').getByRole('button', { name: 'Reject', exact: true }).click();
        await page.getByRole('heading', { name: /Maximiliana/ }).waitFor();
        assert.deepEqual(sent, [
          { approved: first?.id },
          { rejected: second?.id, reason: 'The document has expired. Please send one that is valid.' },
        ]);
      }));
  }

  it('are worked through with the keyboard alone, to the end of the queue', () =>
    visit({}, async (page) => {
      const sent: unknown[] = [];
      await open(page, '/applications', 'Applications', queue(sent));
      await page.getByRole('heading', { name: 'Asha Menon' }).waitFor();
      await page.keyboard.press('j');
      await page.waitForFunction(() => document.activeElement?.textContent?.includes('Priya Nair'));
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Priya Nair' }).waitFor();
      for (const name of ['Priya Nair', /Maximiliana/, 'Asha Menon']) {
        await page.getByRole('heading', { name }).waitFor();
        await page.keyboard.press('a');
        await page.getByRole('alertdialog', { name }).waitFor();
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        await page.getByRole('alertdialog').waitFor({ state: 'detached' });
      }
      await page.getByRole('heading', { name: 'No application waits' }).waitFor();
      await page.getByRole('main').and(page.locator(':focus')).waitFor();
      assert.deepEqual(sent, [{ approved: second?.id }, { approved: third?.id }, { approved: first?.id }]);
    }));

  it('show a document in a tab of its own that cannot reach this one', () =>
    visit({}, async (page) => {
      const [document] = first?.documents ?? [];
      await page.context().route('https://files.viewora.test/**', (route) => route.fulfill({ body: 'the paper' }));
      await open(page, `/applications/${first?.id}`, 'Applications', {
        ...asAdmin,
        [`POST /admin/applications/${first?.id}/documents/${document?.id}/view`]: json({
          url: 'https://files.viewora.test/paper',
          expiresAt: new Date(Date.now() + 60_000).toISOString(),
        }),
      });
      await page.getByText('Each look is put into the audit log').waitFor();
      const [tab] = await Promise.all([
        page.context().waitForEvent('page'),
        page.getByRole('button', { name: 'Open proof of ownership' }).click(),
      ]);
      await tab.waitForURL('https://files.viewora.test/paper');
      assert.equal(await tab.evaluate(() => window.opener), null);
      assert.match(page.url(), /\/admin\/applications\//);
    }));

  it('give a document with another click where its link comes too late to open a tab', () =>
    visit({}, async (page) => {
      const [document] = first?.documents ?? [];
      await page.addInitScript(() =>
        Object.defineProperty(navigator, 'userActivation', { value: { isActive: false, hasBeenActive: true } }),
      );
      await open(page, `/applications/${first?.id}`, 'Applications', {
        ...asAdmin,
        [`POST /admin/applications/${first?.id}/documents/${document?.id}/view`]: json({
          url: 'https://files.viewora.test/paper',
          expiresAt: new Date(Date.now() + 60_000).toISOString(),
        }),
      });
      await page.getByRole('button', { name: 'Open proof of ownership' }).click();
      const link = page.getByRole('link', { name: 'It is ready: open it' });
      assert.equal(await link.getAttribute('href'), 'https://files.viewora.test/paper');
      assert.match((await link.getAttribute('rel')) ?? '', /noopener noreferrer/);
    }));

  it('say that a document cannot be opened, and open no tab', () =>
    visit({}, async (page) => {
      const [document] = first?.documents ?? [];
      await open(page, `/applications/${first?.id}`, 'Applications', {
        ...asAdmin,
        [`POST /admin/applications/${first?.id}/documents/${document?.id}/view`]: problem({
          code: 'internal',
          status: 500,
        }),
      });
      await page.getByRole('button', { name: 'Open proof of ownership' }).click();
      await page.getByRole('alert').waitFor();
      assert.equal(page.context().pages().length, 1);
    }));
});

describe('reports', () => {
  it('are upheld with a note, which can be followed by unblocking', () =>
    visit({}, async (page) => {
      const sent: unknown[] = [];
      const [report] = reports;
      const listing = report?.listing;
      let isOpen = true;
      await open(page, '/reports', 'Reports', {
        ...asAdmin,
        'GET /admin/reports': (route) =>
          json({ items: isOpen ? reports : reports.slice(2), nextCursor: null, open: isOpen ? 3 : 1 })(route),
        [`POST /admin/reports/${report?.id}/resolve`]: (route) => {
          isOpen = false;
          sent.push(route.request().postDataJSON());
          return json({ ...report, status: 'upheld' })(route);
        },
        [`POST /admin/listings/${listing?.id}/unblock`]: (route) => {
          sent.push('unblocked');
          return json(listing)(route);
        },
      });
      await page.getByRole('listitem').filter({ hasText: 'I live next door' }).waitFor();
      await page.keyboard.press('j');
      await page.keyboard.press('u');
      const dialog = page.getByRole('alertdialog', { name: 'Uphold the report and block 3-bed house in Folsom?' });
      await dialog.getByText('1 more open report of it is closed as well').waitFor();
      await giveReason(page, 'Checked: the report is right.', 'Uphold and block');
      await page.getByText('Upheld: 3-bed house in Folsom is blocked').first().waitFor();
      await page.getByText('1 report open').waitFor();
      await page.getByRole('list', { name: 'Reports' }).and(page.locator(':focus')).waitFor();
      await page.getByRole('button', { name: 'Unblock' }).click();
      await page.getByText('3-bed house in Folsom is no longer blocked').first().waitFor();
      assert.deepEqual(sent, [{ outcome: 'upheld', reason: 'Checked: the report is right.' }, 'unblocked']);
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
      assert.deepEqual(await faultsOf(browser, stack.webUrl, adminShots, size), []));
  }
});
