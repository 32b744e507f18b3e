import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page, Route } from 'playwright-core';
import { openAdmin } from './admin-shots.ts';
import { giveReason } from './admin-steps.ts';
import { json, problem, type Replies } from './fake-accounts.ts';
import { applications, asAdmin, reports } from './fake-admin.ts';
import { testSite } from './site.ts';

const site = testSite();
const { visit } = site;
const open = (page: Page, path: string, heading: string | RegExp, replies: Replies = asAdmin) =>
  openAdmin(page, `${site.webUrl}/admin${path}`, replies, heading);

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
