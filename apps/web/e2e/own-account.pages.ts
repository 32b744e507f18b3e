import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Security } from '@viewora/contracts/sign-in-ways';
import type { Route } from 'playwright-core';
import { asha, json, nothing, security, signedIn, twoPasskeys } from './fake-accounts.ts';
import { notificationsShots } from './notifications-shots.ts';
import { ownAccountShots } from './own-account-shots.ts';
import { testSite } from './site.ts';
import { verificationShots } from './verification-shots.ts';

const password = 'seven green lanterns';

const site = testSite();
const { visit, openWith: open } = site;
const bodyOf = (route: Route) => route.request().postDataJSON() as Record<string, unknown>;

describe('an account', () => {
  it('is deleted only once its address is typed out, by its password, and its tab is a visitor’s then', () =>
    visit({}, async (page) => {
      const sent: unknown[] = [];
      await open(page, '/account', {
        ...signedIn,
        'POST /me/erase': (route) => {
          sent.push({ ...bodyOf(route), token: route.request().headers()['x-csrf-token'] });
          return nothing(route);
        },
      });
      await page.getByRole('button', { name: 'Delete account' }).click();
      const dialog = page.getByRole('dialog', { name: `Delete the account of ${asha.name}?` });
      await dialog.getByText('Your listings, with their pictures').waitFor();
      await dialog.getByLabel('Your e-mail address').fill('somebody@else.test');
      await dialog.getByLabel('Password', { exact: true }).fill(password);
      await dialog.getByRole('button', { name: 'Delete for good' }).click();
      await dialog.getByText(`Your e-mail address must be ${asha.email}.`).waitFor();
      assert.deepEqual(sent, []);
      await dialog.getByLabel('Your e-mail address').fill(asha.email.toUpperCase());
      await dialog.getByRole('button', { name: 'Delete for good' }).click();
      await page.getByRole('heading', { name: 'Your account is deleted' }).waitFor();
      assert.deepEqual(sent, [{ currentPassword: password, token: 'csrf' }]);
      await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).waitFor();
    }));

  it('gives its data as a file', () =>
    visit({}, async (page) => {
      const all = { exportedAt: '2026-03-08T10:00:00.000Z', profile: { name: asha.name } };
      await open(page, '/account', { ...signedIn, 'GET /me/export': json(all) });
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Download your data' }).click(),
      ]);
      assert.equal(file.suggestedFilename(), 'viewora-2026-03-08.json');
      const chunks: Buffer[] = [];
      for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
      assert.deepEqual(JSON.parse(Buffer.concat(chunks).toString()), all);
    }));
});

describe('a question that is answered with no', () => {
  const guarded: Security = { ...security, hasTotp: true, recoveryCodesLeft: 8, passkeys: twoPasskeys() };
  for (const [asked, no] of [
    ['Delete account …', 'Keep it'],
    ['Remove iPhone', 'Cancel'],
    ['Rename iPhone', 'Close'],
    ['New recovery codes', 'Cancel'],
    ['Turn off', 'Cancel'],
    ['Sign out Firefox on Windows', 'Cancel'],
    ['Sign out all other devices', 'Cancel'],
  ] as const) {
    it(`leaves the focus where it was: ${asked}`, () =>
      visit({}, async (page) => {
        await open(page, '/account', { ...signedIn, 'GET /me/security': json(guarded) });
        const button = page.getByRole('button', { name: asked, exact: true });
        await button.click();
        const question = page.getByRole('dialog').or(page.getByRole('alertdialog'));
        await question.getByRole('button', { name: no, exact: true }).click();
        await question.waitFor({ state: 'detached' });
        await button.and(page.locator(':focus')).waitFor();
      }));
  }
});

describe('every page of what is one’s own', () => {
  for (const size of ['desktop', 'phone'] as const) {
    it(`has nothing serious for axe in light and dark, and is no wider than the screen, ${size}`, async () =>
      assert.deepEqual(await site.faults([...ownAccountShots, ...verificationShots, ...notificationsShots], size), []));
  }
});
