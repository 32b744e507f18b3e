import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type Platform, startPlatform } from '@viewora/testkit/platform';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { type OidcIssuer, startOidcIssuer } from './oidc-issuer.ts';
import { type Journey, visitWith } from './visit.ts';

let issuer: OidcIssuer;
let stack: Platform;
let browser: Browser;

before(async () => {
  issuer = await startOidcIssuer();
  const google = { GOOGLE_ISSUER: issuer.url, GOOGLE_CLIENT_ID: 'viewora', GOOGLE_CLIENT_SECRET: randomUUID() };
  [stack, browser] = await Promise.all([startPlatform(google), launchBrowser()]);
});

after(async () => {
  await browser?.close();
  await stack?.stop();
  await issuer?.stop();
});

const visit = (journey: Journey) => visitWith(browser, {}, journey);
const open = (page: Page, path: string) => page.goto(`${stack.webUrl}${path}`);

describe('Google', () => {
  it('signs in, and makes a buyer’s account where there is none', () =>
    visit(async (page) => {
      const email = `ravi.${randomUUID().slice(0, 8)}@viewora.test`;
      issuer.person = { sub: randomUUID(), email, name: 'Ravi Rao' };
      await open(page, '/account');
      await page.getByRole('button', { name: 'Continue with Google' }).click();
      await page.getByRole('heading', { level: 1, name: 'Account' }).waitFor();
      assert.equal(page.url(), `${stack.webUrl}/account`);
      await page.getByText('Buyer', { exact: true }).waitFor();
      await page.getByRole('region', { name: 'Google' }).getByText(email).waitFor();
      await page.getByRole('button', { name: 'Mail me a link to set one' }).waitFor();
    }));

  it('that refuses leads back to the page with the other ways', () =>
    visit(async (page) => {
      issuer.person = null;
      await open(page, '/sign-in');
      await page.getByRole('button', { name: 'Continue with Google' }).click();
      await page.getByText('You did not let Google tell us who you are').waitFor();
      await page.getByRole('link', { name: 'Back to sign in' }).click();
      await page.getByLabel('E-mail').waitFor();
    }));
});
