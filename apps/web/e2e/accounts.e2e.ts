import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import { accountsApi } from '@viewora/contracts/accounts';
import type { Page } from 'playwright-core';
import { fillCode, fillSignIn, fillSignUp, type Typed } from './account-steps.ts';
import { Members, somebody } from './members.ts';
import { resultsAreShown } from './page-steps.ts';
import { testSite } from './site.ts';
import type { Journey } from './visit.ts';

const view = '/?minBeds=3&view=38.58,-121.45,12';

let members: Members;

const site = testSite((stack) => {
  members = new Members(stack);
});

const visit = (journey: Journey) => site.visit({}, journey);
const { open } = site;
const ownButton = (page: Page) => page.getByRole('button', { name: /^Your account/ });
const signInLink = (page: Page) => page.getByRole('banner').getByRole('link', { name: 'Sign in' });
const devices = (page: Page) => page.getByRole('region', { name: 'Devices' }).getByRole('listitem');

/** Signs in from where the page is, and waits to be somebody. */
async function signIn(page: Page, typed: Typed): Promise<void> {
  await signInLink(page).click();
  await fillSignIn(page, typed);
  await ownButton(page).waitFor();
}

describe('an account', () => {
  it('is made, confirmed by mail, signed in to, looked after, and signed out of', () =>
    visit(async (page) => {
      const typed = somebody('Sell');
      await open(page, view);
      await resultsAreShown(page);
      await signInLink(page).click();
      await page.getByRole('link', { name: 'Create an account' }).click();
      await fillSignUp(page, typed);
      await page.getByRole('heading', { name: 'Look at your mail' }).waitFor();

      await open(page, await members.inbox.link(typed.email, /confirm/i));
      await page.getByRole('heading', { name: 'Your address is confirmed' }).waitFor();
      assert.equal(new URL(page.url()).hash, '');
      await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
      // Whose address was just confirmed need not type it again.
      assert.equal(await page.getByLabel('E-mail').inputValue(), typed.email);
      await fillSignIn(page, typed);
      await ownButton(page).click();
      await page.getByRole('dialog').getByText(typed.email).waitFor();
      await page.getByRole('link', { name: 'Account' }).click();

      await page.getByText('Seller, not verified yet').waitFor();
      await page.getByLabel('Name').fill(`${typed.name} Menon`);
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved', { exact: true }).waitFor();
      await page.getByRole('button', { name: `Your account, ${typed.name} Menon` }).waitFor();
      await devices(page).getByText('This device').waitFor();
      await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click();
      await signInLink(page).waitFor();
      assert.equal(new URL(page.url()).pathname, '/');
    }));

  it('leads back to the very view it was signed in from, and one step further back from there', () =>
    visit(async (page) => {
      const typed = await members.member();
      await open(page, '/nowhere');
      await open(page, view);
      await resultsAreShown(page);
      const left = page.url();
      await signIn(page, typed);
      await page.waitForURL(left);
      await page.goBack();
      await page.waitForURL('**/nowhere');

      await ownButton(page).click();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await signInLink(page).waitFor();
      await open(page, '/account');
      await page.waitForURL('**/sign-in?next=%2Faccount');
      await fillSignIn(page, typed);
      await page.getByRole('heading', { level: 1, name: 'Account' }).waitFor();
    }));

  it('is not opened by a wrong password, and says no more than that', () =>
    visit(async (page) => {
      const typed = await members.member();
      await open(page, '/sign-in');
      for (const email of [typed.email, `nobody.${typed.email}`]) {
        await fillSignIn(page, { email, password: 'not the right one' });
        await page.getByRole('alert').getByText('The e-mail or the password is wrong.').waitFor();
        assert.equal(await page.getByLabel('E-mail').inputValue(), email);
      }
    }));

  it('that is not confirmed yet can have the mail sent again, from where it is missed', () =>
    visit(async (page) => {
      const typed = somebody();
      const { name, email, password } = typed;
      await members.call(accountsApi.register, { email, password, name, role: 'buyer' });
      await members.inbox.link(email, /confirm/i);
      await open(page, '/sign-in');
      await fillSignIn(page, typed);
      await page.getByRole('alert').getByText('Confirm your e-mail address first').waitFor();
      // The try to sign in has sent one as well, and only the newest mail's link is worth something.
      await members.inbox.link(email, /confirm/i);
      await page.getByRole('button', { name: 'Send the mail again' }).click();
      await page.getByText('Sent. It can take a minute').waitFor();
      await open(page, await members.inbox.link(email, /confirm/i));
      await page.getByRole('heading', { name: 'Your address is confirmed' }).waitFor();
    }));

  it('gets a new password by mail, and its old one is worth nothing', () =>
    visit(async (page) => {
      const typed = await members.member();
      await open(page, '/sign-in');
      await page.getByLabel('E-mail').fill(typed.email);
      await page.getByRole('link', { name: 'Forgot password?' }).click();
      await page.getByRole('button', { name: 'Send the link' }).click();
      await page.getByRole('heading', { name: 'Look at your mail' }).waitFor();

      await open(page, await members.inbox.link(typed.email, /new password/i));
      const password = `eight blue anchors ${randomUUID()}`;
      await page.getByLabel('New password').fill(password);
      await page.getByRole('button', { name: 'Set password' }).click();
      await page.getByRole('heading', { name: 'Your new password is set' }).waitFor();
      await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
      await fillSignIn(page, typed);
      await page.getByRole('alert').waitFor();
      await fillSignIn(page, { ...typed, password });
      await ownButton(page).waitFor();
    }));

  it('of a broker asks for the mailed code, and takes no other', () =>
    visit(async (page) => {
      const typed = await members.member('broker');
      await open(page, '/sign-in');
      await fillSignIn(page, typed);
      const code = await members.inbox.code(typed.email);
      await fillCode(page, code === '123456' ? '654321' : '123456');
      await page.getByText('Code is wrong or too old').waitFor();
      await fillCode(page, `${code.slice(0, 3)} ${code.slice(3)}`);
      await ownButton(page).waitFor();
    }));
});

describe('a session', () => {
  it('whose access cookie is gone is renewed unseen', () =>
    visit(async (page) => {
      const typed = await members.member();
      await open(page, '/nowhere');
      await signIn(page, typed);
      await page.context().clearCookies({ name: '__Host-access' });
      await open(page, '/account');
      await page.getByRole('heading', { level: 1, name: 'Account' }).waitFor();
      await devices(page).getByText('This device').waitFor();
      const names = (await page.context().cookies()).map(({ name }) => name);
      assert.ok(names.includes('__Host-access'), 'no new access cookie came');
    }));

  it('is ended from another device, by its name, and the page there hears of it', () =>
    visit(async (page) => {
      const typed = await members.member();
      await open(page, '/account');
      await fillSignIn(page, typed);
      await devices(page).getByText('This device').waitFor();
      await visit(async (elsewhere) => {
        await open(elsewhere, '/account');
        await fillSignIn(elsewhere, typed);
        await devices(elsewhere).nth(1).waitFor();
        await devices(elsewhere).nth(1).getByRole('button').click();
        await elsewhere.getByRole('alertdialog', { name: /^Sign out Chrome on / }).waitFor();
        await elsewhere.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click();
        await devices(elsewhere).nth(1).waitFor({ state: 'detached' });
        await page.reload();
        await page.waitForURL('**/sign-in?next=%2Faccount');
      });
    }));

  it('that begins or ends in one tab does so in the others', () =>
    visit(async (page) => {
      const typed = await members.member();
      const other = await page.context().newPage();
      await open(other, '/nowhere');
      await signInLink(other).waitFor();
      await open(page, '/nowhere');
      await signIn(page, typed);
      await ownButton(other).waitFor();
      await ownButton(other).click();
      await other.getByRole('button', { name: 'Sign out' }).click();
      await signInLink(page).waitFor();
    }));
});
