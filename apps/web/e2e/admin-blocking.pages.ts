import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { openAdmin } from './admin-shots.ts';
import { blocks, giveReason, rowOf } from './admin-steps.ts';
import { json, problem, type Replies } from './fake-accounts.ts';
import { admin, asAdmin, users } from './fake-admin.ts';
import { testSite } from './site.ts';
import { holdReplies } from './visit.ts';

const site = testSite();
const { visit } = site;
const open = (page: Page, path: string, heading: string | RegExp, replies: Replies = asAdmin) =>
  openAdmin(page, `${site.webUrl}/admin${path}`, replies, heading);

const [, asha, ravi, jo] = users;
const [ashaId, raviId, joId] = [asha, ravi, jo].map((user) => user?.id ?? '');

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
