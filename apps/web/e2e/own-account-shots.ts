import type { Security } from '@viewora/contracts/sign-in-ways';
import type { User } from '@viewora/contracts/user';
import type { Page } from 'playwright-core';
import { fillSignIn } from './account-steps.ts';
import {
  asha,
  fakeAccounts,
  json,
  nothing,
  openWith,
  problem,
  type Replies,
  recoveryCodes,
  security,
  session,
  signedIn,
  twoPasskeys,
  visitor,
} from './fake-accounts.ts';
import type { Shot } from './shot.ts';

const password = 'seven green lanterns';
const guarded: Security = { ...security, hasTotp: true, recoveryCodesLeft: 8, passkeys: twoPasskeys() };
const passwordWanted = problem({
  code: 'invalid_input',
  status: 400,
  errors: [{ path: 'currentPassword', message: 'is required' }],
});
const totp = {
  secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  uri: 'otpauth://totp/Viewora:asha.menon%40viewora.test?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Viewora',
};

async function account(page: Page, web: string, replies: Replies = {}): Promise<void> {
  await openWith(page, `${web}/account`, { ...signedIn, ...replies });
  await page.getByRole('heading', { name: 'Authenticator app' }).waitFor();
  await page.getByText('This device ·').waitFor();
}

const seller: User = { ...asha, verification: 'none' };
const codes: Replies = {
  'GET /me/security': json(guarded),
  'POST /me/recovery-codes': json({ recoveryCodes }),
};

async function showCodes(page: Page, web: string): Promise<void> {
  await account(page, web, codes);
  await page.getByRole('button', { name: 'New recovery codes' }).click();
  await page.getByRole('button', { name: 'Make new ones' }).click();
  await page.getByRole('dialog', { name: 'Your recovery codes' }).waitFor();
}

const wantsCode = (methods: string[]) => json({ secondFactor: { ticket: 'ticket', methods } });

async function codeStep(page: Page, web: string, methods: string[]): Promise<void> {
  await openWith(page, `${web}/sign-in`, { ...visitor, 'POST /auth/login': wantsCode(methods) });
  await fillSignIn(page, { email: asha.email, password });
  await page.getByRole('heading', { name: 'Enter the code' }).waitFor();
}

export const ownAccountShots: readonly Shot[] = [
  {
    name: 'sign-in-app-code',
    take: (page, web) => codeStep(page, web, ['totp', 'recovery']),
  },
  {
    name: 'sign-in-recovery-code',
    async take(page, web) {
      await codeStep(page, web, ['totp', 'recovery']);
      await page.getByRole('button', { name: 'Use a recovery code' }).click();
    },
  },
  {
    name: 'google-denied',
    async take(page, web) {
      await fakeAccounts(page, visitor);
      await page.addInitScript(() =>
        sessionStorage.setItem('viewora.google', JSON.stringify({ state: 'kept', search: '' })),
      );
      await page.goto(`${web}/sign-in/google?error=access_denied&state=kept`);
      await page.getByRole('heading', { name: 'You are not signed in' }).waitFor();
    },
  },
  {
    name: 'google-not-begun-here',
    async take(page, web) {
      await openWith(page, `${web}/sign-in/google?code=theirs&state=theirs`, visitor);
      await page.getByRole('heading', { name: 'not begun here' }).waitFor();
    },
  },
  {
    name: 'account-security',
    async take(page, web) {
      await account(page, web, { 'GET /me/security': json(guarded) });
      await page.getByRole('heading', { name: 'Sign-in and security' }).evaluate((h) => h.scrollIntoView());
    },
  },
  {
    name: 'account-google',
    async take(page, web) {
      const google = { ...security, hasPassword: false, google: 'asha.menon@gmail.test' };
      await account(page, web, { 'GET /me/security': json(google) });
      await page.getByRole('heading', { name: 'Sign-in and security' }).evaluate((h) => h.scrollIntoView());
    },
  },
  {
    name: 'account-sign-in-again',
    async take(page, web) {
      const stale = problem({ code: 'forbidden', status: 403, detail: 'Sign in again first' });
      const google = { ...security, hasPassword: false, google: 'asha.menon@gmail.test' };
      await account(page, web, { 'GET /me/security': json(google), 'POST /me/totp': stale });
      await page.getByRole('button', { name: 'Set up' }).click();
      await page.getByRole('alert').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'account-password-wanted',
    async take(page, web) {
      await account(page, web, { 'POST /me/totp': passwordWanted });
      await page.getByRole('button', { name: 'Set up' }).click();
      await page.getByRole('dialog', { name: 'Is it you?' }).waitFor();
    },
  },
  {
    name: 'account-passkey-name',
    async take(page, web) {
      await account(page, web, { 'GET /me/security': json(guarded) });
      await page.getByRole('button', { name: 'Rename iPhone' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'account-passkey-removal',
    async take(page, web) {
      await account(page, web, { 'GET /me/security': json(guarded) });
      await page.getByRole('button', { name: 'Remove iPhone' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'account-authenticator',
    async take(page, web) {
      await account(page, web, { 'POST /me/totp': json(totp) });
      await page.getByRole('button', { name: 'Set up' }).click();
      await page.getByRole('img', { name: /QR code/ }).waitFor();
    },
  },
  { name: 'account-recovery-codes', take: showCodes },
  {
    name: 'account-recovery-codes-printed',
    only: ['desktop'],
    async take(page, web) {
      await showCodes(page, web);
      await page.emulateMedia({ media: 'print' });
    },
  },
  {
    name: 'account-data',
    async take(page, web) {
      await account(page, web);
      await page.getByRole('heading', { name: 'Your data' }).evaluate((h) => h.scrollIntoView());
    },
  },
  {
    name: 'account-erasure',
    async take(page, web) {
      await account(page, web);
      await page.getByRole('button', { name: 'Delete account' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'account-erasure-refused',
    async take(page, web) {
      await account(page, web);
      await page.getByRole('button', { name: 'Delete account' }).click();
      await page.getByLabel('Your e-mail address').fill('somebody@else.test');
      await page.getByRole('button', { name: 'Delete for good' }).click();
      await page.locator('[aria-invalid="true"]').first().waitFor();
    },
  },
  {
    name: 'account-erased',
    async take(page, web) {
      await account(page, web, { 'POST /me/erase': nothing });
      await page.getByRole('button', { name: 'Delete account' }).click();
      await page.getByLabel('Your e-mail address').fill(asha.email);
      await page.getByRole('dialog').getByLabel('Password', { exact: true }).fill(password);
      await page.getByRole('button', { name: 'Delete for good' }).click();
      await page.getByRole('heading', { name: 'Your account is deleted' }).waitFor();
    },
  },
  {
    name: 'account-session-ended',
    async take(page, web) {
      const over = problem({ code: 'unauthenticated', status: 401 });
      await account(page, web, { 'PATCH /me': over, 'POST /auth/refresh': over });
      await page.getByLabel('Name').fill('Asha Menon-Rao');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('heading', { name: 'Your session ended' }).waitFor();
    },
  },
  {
    name: 'account-unverified',
    take: (page, web) => account(page, web, { 'GET /auth/session': session(seller) }),
  },
  {
    name: 'account-panel-unverified',
    async take(page, web) {
      await openWith(page, `${web}/nowhere`, { ...signedIn, 'GET /auth/session': session(seller) });
      await page.getByRole('button', { name: /Your account/ }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
];
