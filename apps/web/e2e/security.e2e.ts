import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { fillCode, fillSignIn, type Typed } from './account-steps.ts';
import { Members } from './members.ts';
import { addPasskeyDevice } from './passkey-device.ts';
import { testSite } from './site.ts';
import { totpCode } from './totp.ts';
import type { Journey } from './visit.ts';

let members: Members;

const site = testSite((stack) => {
  members = new Members(stack);
});

const visit = (journey: Journey) => site.visit({}, journey);
const { open } = site;
const ownButton = (page: Page) => page.getByRole('button', { name: /^Your account/ });

/** On the account's page, as somebody. */
async function openAccount(page: Page, typed: Typed): Promise<void> {
  await open(page, '/account');
  await fillSignIn(page, typed);
  await page.getByRole('heading', { name: 'Authenticator app' }).waitFor();
}

async function signOut(page: Page): Promise<void> {
  await ownButton(page).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).waitFor();
}

describe('a passkey', () => {
  it('is added, renamed, signed in with, and worth nothing once it is removed', () =>
    visit(async (page) => {
      const typed = await members.member();
      await addPasskeyDevice(page);
      await openAccount(page, typed);
      await page.getByRole('button', { name: 'Add a passkey' }).click();
      await page.getByRole('button', { name: /^Rename / }).click();
      await page.getByRole('dialog').getByLabel('Name').fill('Test key');
      await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
      await page.getByText('Test key', { exact: true }).waitFor();

      await signOut(page);
      await open(page, '/sign-in?next=%2Faccount');
      await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
      await page.getByRole('heading', { level: 1, name: 'Account' }).waitFor();

      await page.getByRole('button', { name: 'Remove Test key' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
      await page.getByRole('button', { name: 'Remove Test key' }).waitFor({ state: 'detached' });
      await signOut(page);
      await open(page, '/sign-in');
      await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
      await page.getByRole('alert').getByText('not known here any more').waitFor();
    }));
});

describe('an authenticator app', () => {
  it('is set up by its code, asked for at the next sign-in, and replaced once by a recovery code', () =>
    visit(async (page) => {
      const typed = await members.member();
      await openAccount(page, typed);
      await page.getByRole('button', { name: 'Set up' }).click();
      const setup = page.getByRole('dialog', { name: 'Set up your authenticator app' });
      await setup.getByRole('img', { name: /QR code/ }).waitFor();
      const secret = ((await setup.locator('code').textContent()) ?? '').replace(/\s/g, '');
      await setup.getByLabel('Code from the app').fill(totpCode(secret));
      await setup.getByRole('button', { name: 'Turn on' }).click();
      const codes = page.getByRole('dialog', { name: 'Your recovery codes' });
      await codes.waitFor();
      const [recoveryCode = ''] = await codes.getByRole('listitem').allTextContents();
      await codes.getByLabel('I have kept them').check();
      await codes.getByRole('button', { name: 'Done' }).click();
      await page.getByText('10 recovery codes left').waitFor();

      await signOut(page);
      await open(page, '/sign-in');
      await fillSignIn(page, typed);
      await page.getByText('Your authenticator app shows a code').waitFor();
      // The next one, for each is good once.
      await fillCode(page, totpCode(secret, 1));
      await ownButton(page).waitFor();

      await signOut(page);
      await open(page, '/sign-in?next=%2Faccount');
      await fillSignIn(page, typed);
      await page.getByRole('button', { name: 'Use a recovery code' }).click();
      await fillCode(page, recoveryCode);
      await page.getByText('9 recovery codes left').waitFor();

      await signOut(page);
      await open(page, '/sign-in');
      await fillSignIn(page, typed);
      await page.getByRole('button', { name: 'Use a recovery code' }).click();
      await fillCode(page, recoveryCode);
      await page.getByText('is wrong or has been used').waitFor();
    }));
});

describe('an application', () => {
  it('is sent straight to the private bucket and handed in, and a document that lies is named', () =>
    visit(async (page) => {
      const typed = await members.member('seller');
      await openAccount(page, typed);
      await page.getByRole('link', { name: 'Get verified' }).click();
      const chooser = page.locator('input[type=file]');
      const mimeType = 'application/pdf';
      await chooser.setInputFiles({ name: 'lie.pdf', mimeType, buffer: Buffer.from('MZ this is no PDF') });
      await page.getByRole('button', { name: 'Remove lie.pdf' }).waitFor();
      await page.getByLabel('Message').fill('See page two.');
      await page.getByRole('button', { name: 'Hand in' }).click();
      await page.getByRole('listitem').getByText('its content is something else').waitFor();

      await page.getByRole('button', { name: 'Remove lie.pdf' }).click();
      await page.getByRole('button', { name: 'Remove lie.pdf' }).waitFor({ state: 'detached' });
      await chooser.setInputFiles({ name: 'deed.pdf', mimeType, buffer: Buffer.from('%PDF-1.7\n%%EOF\n') });
      await page.getByRole('button', { name: 'Remove deed.pdf' }).waitFor();
      await page.getByRole('button', { name: 'Hand in' }).click();
      await page.getByRole('heading', { name: 'Your papers are being looked at' }).waitFor();
      await page.getByText('See page two.').waitFor();
      await open(page, '/account');
      await page.getByText('Seller, being verified').waitFor();
    }));
});

describe('an account', () => {
  it('that is deleted opens to nobody any more', () =>
    visit(async (page) => {
      const typed = await members.member();
      await openAccount(page, typed);
      await page.getByRole('button', { name: 'Delete account' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Your e-mail address').fill(typed.email);
      await dialog.getByLabel('Password', { exact: true }).fill(typed.password);
      await dialog.getByRole('button', { name: 'Delete for good' }).click();
      await page.getByRole('heading', { name: 'Your account is deleted' }).waitFor();
      await open(page, '/sign-in');
      await fillSignIn(page, typed);
      await page.getByRole('alert').getByText('The e-mail or the password is wrong.').waitFor();
    }));
});
