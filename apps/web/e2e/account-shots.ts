import type { Page } from 'playwright-core';
import { fillSignIn, fillSignUp } from './account-steps.ts';
import {
  asha,
  json,
  nothing,
  openWith,
  problem,
  type Replies,
  signedIn,
  threeSessions,
  visitor,
} from './fake-accounts.ts';
import { mapIsDrawn, resultsAreShown } from './page-steps.ts';
import type { Shot } from './shot.ts';

const ticket = json({ secondFactor: { ticket: 'ticket', methods: ['email'] } });
const accepted = json({}, 202);
const usedUp = problem({
  code: 'invalid_input',
  status: 400,
  errors: [{ path: 'token', message: 'has been used or has run out; ask for a new one' }],
});

/** Opens a page whose accounts answer by the table. */
async function trySignIn(page: Page, web: string, replies: Replies): Promise<void> {
  await openWith(page, `${web}/sign-in`, { ...visitor, ...replies });
  await fillSignIn(page, { email: asha.email, password: 'seven green lanterns' });
}

async function account(page: Page, web: string, replies: Replies = {}): Promise<void> {
  await openWith(page, `${web}/account`, { ...signedIn, ...replies });
  await page.getByRole('heading', { level: 1, name: 'Account' }).waitFor();
  await page.getByText('This device ·').waitFor();
}

const refusedSignIn = (name: string, reply: Replies[string]): Shot => ({
  name,
  async take(page, web) {
    await trySignIn(page, web, { 'POST /auth/login': reply });
    await page.getByRole('alert').waitFor();
  },
});

export const accountShots: readonly Shot[] = [
  {
    name: 'search-signed-in',
    async take(page, web) {
      await openWith(page, web, signedIn);
      await resultsAreShown(page);
      await mapIsDrawn(page);
    },
  },
  {
    name: 'account-panel',
    async take(page, web) {
      await openWith(page, `${web}/nowhere`, signedIn);
      await page.getByRole('button', { name: /Your account/ }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'sign-in',
    async take(page, web) {
      await openWith(page, `${web}/sign-in`, visitor);
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    },
  },
  {
    name: 'sign-in-empty',
    async take(page, web) {
      await openWith(page, `${web}/sign-in`, visitor);
      await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.locator('[aria-invalid="true"]').first().waitFor();
    },
  },
  refusedSignIn('sign-in-wrong', problem({ code: 'unauthenticated', status: 401 })),
  refusedSignIn(
    'sign-in-unconfirmed',
    problem({ code: 'forbidden', status: 403, detail: 'Confirm your e-mail address first' }),
  ),
  refusedSignIn('sign-in-wait', problem({ code: 'too_many_requests', status: 429 }, { 'retry-after': '754' })),
  {
    name: 'sign-in-code',
    async take(page, web) {
      await trySignIn(page, web, { 'POST /auth/login': ticket });
      await page.getByRole('heading', { name: 'Enter the code' }).waitFor();
    },
  },
  {
    name: 'sign-in-code-wrong',
    async take(page, web) {
      const refused = problem({ code: 'unauthenticated', status: 401 });
      await trySignIn(page, web, { 'POST /auth/login': ticket, 'POST /auth/second-factor': refused });
      await page.getByLabel('Code').fill('123456');
      await page.getByLabel('Code').press('Enter');
      await page.locator('[aria-invalid="true"]').waitFor();
    },
  },
  {
    name: 'sign-up',
    async take(page, web) {
      await openWith(page, `${web}/sign-up`, visitor);
      await page.getByRole('heading', { name: 'Create an account' }).waitFor();
    },
  },
  {
    name: 'sign-up-refused',
    async take(page, web) {
      const weak = problem({
        code: 'invalid_input',
        status: 400,
        errors: [{ path: 'password', message: 'is too easy to guess. This is similar to a commonly used password.' }],
      });
      await openWith(page, `${web}/sign-up`, { ...visitor, 'POST /auth/register': weak });
      await fillSignUp(page, { name: asha.name, email: asha.email, password: 'password123', role: 'Sell' });
      await page.locator('[aria-invalid="true"]').waitFor();
    },
  },
  {
    name: 'sign-up-mail',
    async take(page, web) {
      await openWith(page, `${web}/sign-up`, { ...visitor, 'POST /auth/register': accepted });
      await fillSignUp(page, { name: asha.name, email: asha.email, password: 'seven green lanterns', role: 'Sell' });
      await page.getByRole('heading', { name: 'Look at your mail' }).waitFor();
    },
  },
  {
    name: 'verify-email',
    async take(page, web) {
      const reply = json({ email: asha.email });
      await openWith(page, `${web}/verify-email#token=good`, { ...visitor, 'POST /auth/verify-email': reply });
      await page.getByRole('heading', { name: 'Your address is confirmed' }).waitFor();
    },
  },
  {
    name: 'verify-email-used',
    async take(page, web) {
      await openWith(page, `${web}/verify-email#token=used`, { ...visitor, 'POST /auth/verify-email': usedUp });
      await page.getByRole('heading', { name: 'no longer works' }).waitFor();
    },
  },
  {
    name: 'forgot-password',
    async take(page, web) {
      await openWith(page, `${web}/forgot-password`, visitor);
      await page.getByRole('heading', { name: 'Forgot password' }).waitFor();
    },
  },
  {
    name: 'reset-password',
    async take(page, web) {
      await openWith(page, `${web}/reset-password#token=good`, visitor);
      await page.getByLabel('New password').fill('seven green');
    },
  },
  {
    name: 'reset-password-used',
    async take(page, web) {
      await openWith(page, `${web}/reset-password#token=used`, { ...visitor, 'POST /auth/password/reset': usedUp });
      await page.getByLabel('New password').fill('seven green lanterns');
      await page.getByLabel('New password').press('Enter');
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'reset-password-done',
    async take(page, web) {
      await openWith(page, `${web}/reset-password#token=good`, { ...visitor, 'POST /auth/password/reset': nothing });
      await page.getByLabel('New password').fill('seven green lanterns');
      await page.getByLabel('New password').press('Enter');
      await page.getByRole('heading', { name: 'Your new password is set' }).waitFor();
    },
  },
  { name: 'account', take: (page, web) => account(page, web) },
  {
    name: 'account-lower',
    async take(page, web) {
      await account(page, web);
      await page.getByRole('main').evaluate((main) => main.scrollTo(0, main.scrollHeight));
    },
  },
  {
    name: 'account-loading',
    async take(page, web) {
      await openWith(page, `${web}/account`, { 'GET /auth/session': () => {} });
      await page.getByText('Loading your account').waitFor({ state: 'attached' });
    },
  },
  {
    name: 'account-conflict',
    async take(page, web) {
      const changed = problem({ code: 'conflict', status: 412 });
      const me = json({ ...asha, name: 'Asha K. Menon', version: 4 });
      await account(page, web, { 'PATCH /me': changed, 'GET /me': me });
      await page.getByLabel('Name').fill('Asha Menon-Rao');
      await page.getByLabel('Name').press('Enter');
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'account-device',
    async take(page, web) {
      await account(page, web);
      await page.getByRole('button', { name: `Sign out ${threeSessions()[1]?.device}` }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
];
