import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page, Route } from 'playwright-core';
import { fillSignIn } from './account-steps.ts';
import { application, asha, json, problem, type Replies, session, signedIn, visitor } from './fake-accounts.ts';
import { testSite } from './site.ts';

const password = 'seven green lanterns';
const over = problem({ code: 'unauthenticated', status: 401 });

const site = testSite();
const { visit, openWith: open } = site;

describe('a session that ends under somebody typing', () => {
  /** Signed in, until the first change is refused; then whoever signs in. */
  function endsOnce(next = asha): Replies {
    let user: typeof asha | null = asha;
    const end = (route: Route) => {
      user = null;
      return over(route);
    };
    return {
      ...signedIn,
      ...visitor,
      'GET /auth/session': (route) => session(user)(route),
      'PATCH /me': end,
      'POST /me/application/submit': end,
      'POST /auth/refresh': over,
      'POST /auth/login': (route) => {
        user = next;
        return json({ user })(route);
      },
    };
  }

  async function loseSession(page: Page, next = asha): Promise<void> {
    await open(page, '/account', endsOnce(next));
    await page.getByLabel('Name').fill('Asha Menon-Rao');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Your session ended: sign in again' }).waitFor();
  }

  it('leaves the page where it is, says so, and returns with what was typed', () =>
    visit({}, async (page) => {
      await loseSession(page);
      assert.equal(new URL(page.url()).pathname, '/account');
      assert.equal(await page.getByLabel('Name').isVisible(), false);
      await page.locator('a:focus', { hasText: 'Sign in again' }).click();
      await fillSignIn(page, { email: asha.email, password });
      await page.getByRole('heading', { level: 1, name: 'Account' }).waitFor();
      assert.equal(await page.getByLabel('Name').inputValue(), 'Asha Menon-Rao');
      assert.equal(new URL(page.url()).pathname, '/account');
    }));

  it('gives nothing of it to the next one who signs in here', () =>
    visit({}, async (page) => {
      await loseSession(page, { ...asha, id: '0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0fff', name: 'Ravi Rao' });
      await page.getByRole('link', { name: 'Sign in again' }).click();
      await fillSignIn(page, { email: 'ravi@viewora.test', password });
      await page.getByRole('heading', { level: 1, name: 'Account' }).waitFor();
      assert.equal(await page.getByLabel('Name').inputValue(), 'Ravi Rao');
    }));

  it('goes on where it was once another tab has signed in again, with passwords that are half typed', () =>
    visit({}, async (page) => {
      let user: typeof asha | null = asha;
      await open(page, '/account', { ...signedIn, 'GET /auth/session': (route) => session(user)(route) });
      await page.getByLabel('New password').fill('half of it');
      const hear = () =>
        page.evaluate(() => {
          const tabs = new BroadcastChannel('viewora.session');
          tabs.postMessage('changed');
          tabs.close();
        });
      user = null;
      await hear();
      await page.getByRole('heading', { name: 'Your session ended' }).waitFor();
      user = asha;
      await hear();
      await page.getByRole('heading', { level: 1, name: 'Account' }).waitFor();
      assert.equal(await page.getByLabel('New password').inputValue(), 'half of it');
    }));

  it('keeps the message of an application as well', () =>
    visit({}, async (page) => {
      await open(page, '/verification', {
        ...endsOnce(),
        'GET /me/application': json({ application: application() }),
      });
      await page.getByLabel('Message').fill('The deed is in my maiden name.');
      await page.getByRole('button', { name: 'Hand in' }).click();
      await page.getByRole('link', { name: 'Sign in again' }).click();
      await fillSignIn(page, { email: asha.email, password });
      await page.getByRole('heading', { name: 'Get verified' }).waitFor();
      assert.equal(await page.getByLabel('Message').inputValue(), 'The deed is in my maiden name.');
    }));

  it('has nothing to bring back of a page that was left by will', () =>
    visit({}, async (page) => {
      await open(page, '/account', signedIn);
      await page.getByLabel('Name').fill('Never mind');
      await page.getByRole('link', { name: /Viewora/ }).click();
      await page.getByRole('combobox', { name: /Search for/ }).waitFor();
      await page.goBack();
      await page.getByRole('heading', { level: 1, name: 'Account' }).waitFor();
      assert.equal(await page.getByLabel('Name').inputValue(), asha.name);
    }));
});
