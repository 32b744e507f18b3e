import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { accountShots } from './account-shots.ts';
import { fillCode, fillSignIn } from './account-steps.ts';
import {
  asha,
  fakeAccounts,
  json,
  nothing,
  problem,
  type Replies,
  session,
  signedIn,
  visitor,
} from './fake-accounts.ts';
import { layoutShift, watchLayoutShift } from './measures.ts';
import { resultsAreShown } from './page-steps.ts';
import { testSite } from './site.ts';
import { holdReplies } from './visit.ts';

const password = 'seven green lanterns';

const site = testSite();
const { visit, openWith: open } = site;

/** Signs in whoever asks, and says so from then on. */
function signsIn(): Replies {
  let isIn = false;
  return {
    ...visitor,
    ...signedIn,
    'GET /auth/session': (route) => session(isIn ? asha : null)(route),
    'POST /auth/login': (route) => {
      isIn = true;
      return json({ user: asha })(route);
    },
  };
}

describe('signing in', () => {
  for (const next of ['//elsewhere.test/', '/\\elsewhere.test', 'https://elsewhere.test', '/.//elsewhere.test']) {
    it(`never leads to another site: ${next}`, () =>
      visit({}, async (page) => {
        await open(page, `/sign-in?next=${encodeURIComponent(next)}`, signsIn());
        await fillSignIn(page, { email: asha.email, password });
        await page.waitForURL(`${site.webUrl}/**`, { waitUntil: 'commit' });
        await resultsAreShown(page);
        assert.equal(new URL(page.url()).origin, site.webUrl);
      }));
  }

  it('works from the map and back with the keyboard alone', () =>
    visit({}, async (page) => {
      await open(page, '/?view=38.58,-121.45,12', signsIn());
      await resultsAreShown(page);
      const tabTo = async (control: Locator) => {
        const isThere = async () => (await control.and(page.locator(':focus')).count()) > 0;
        for (let i = 0; i < 30 && !(await isThere()); i++) await page.keyboard.press('Tab');
        assert.ok(await isThere(), `${control} could not be reached`);
      };
      const ownButton = page.getByRole('button', { name: `Your account, ${asha.name}` });
      await tabTo(page.getByRole('link', { name: 'Sign in' }));
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => document.activeElement?.textContent === 'Sign in');
      await page.keyboard.press('Tab');
      await page.keyboard.type(asha.email);
      await page.keyboard.press('Tab');
      await page.keyboard.type(password);
      await page.keyboard.press('Enter');
      await resultsAreShown(page);
      await tabTo(ownButton);
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Escape');
      await ownButton.and(page.locator(':focus')).waitFor();
    }));

  it('counts down the time that there is to wait', () =>
    visit({}, async (page) => {
      const refused = problem({ code: 'too_many_requests', status: 429 }, { 'retry-after': '90' });
      await page.clock.install();
      await open(page, '/sign-in', { ...visitor, 'POST /auth/login': refused });
      await fillSignIn(page, { email: asha.email, password });
      const alert = page.getByRole('alert');
      await alert.getByText('You can try again in').waitFor();
      await page.clock.runFor(60_000);
      await alert.getByText('0:30').or(alert.getByText('0:29')).waitFor();
      await page.clock.runFor(30_000);
      await alert.getByText('You can try again now').waitFor();
    }));

  it('takes a pasted code with its spaces, and pauses before another is mailed', () =>
    visit({}, async (page) => {
      const sent: unknown[] = [];
      await page.clock.install();
      await open(page, '/sign-in', {
        ...visitor,
        'POST /auth/login': json({ secondFactor: { ticket: 'the ticket', methods: ['email'] } }),
        'POST /auth/second-factor/mail': json({}, 202),
        'POST /auth/second-factor': (route) => {
          sent.push(route.request().postDataJSON());
          return problem({ code: 'unauthenticated', status: 401 })(route);
        },
      });
      await fillSignIn(page, { email: asha.email, password });
      await page.getByRole('button', { name: /Send the code again in/ }).waitFor();
      await page.clock.runFor(31_000);
      await page.getByRole('button', { name: 'Send the code again', exact: true }).click();
      await page.getByText('Sent.').waitFor();
      await page.getByRole('button', { name: /Send the code again in/ }).waitFor();

      const code = page.getByLabel('Code');
      assert.equal(await code.getAttribute('inputmode'), 'numeric');
      assert.equal(await code.getAttribute('autocomplete'), 'one-time-code');
      await fillCode(page, ' 123 456 ');
      await page.getByText('Code is wrong or too old').waitFor();
      assert.deepEqual(sent, [{ ticket: 'the ticket', method: 'email', code: '123456' }]);
      await page.getByRole('button', { name: 'Back' }).click();
      assert.equal(await page.getByLabel('E-mail').inputValue(), asha.email);
    }));
});

describe('a form', () => {
  it('goes out once, however often it is sent', () =>
    visit({}, async (page) => {
      let sent = 0;
      await open(page, '/sign-in', {
        ...visitor,
        'POST /auth/login': (route) => {
          sent++;
          return problem({ code: 'unauthenticated', status: 401 })(route);
        },
      });
      const release = await holdReplies(page, '**/auth/login');
      await fillSignIn(page, { email: asha.email, password });
      // By force, for it says that it cannot be pressed.
      await page.getByRole('button', { name: 'Signing in …' }).click({ force: true });
      await page.getByLabel('Password', { exact: true }).press('Enter');
      release();
      await page.getByRole('alert').waitFor();
      assert.equal(sent, 1);
    }));

  it('says that there is no connection, keeps what was typed, and goes out once there is one', () =>
    visit({}, async (page) => {
      await open(page, '/sign-in', signsIn());
      await page.getByLabel('E-mail').waitFor();
      await page.context().setOffline(true);
      await page.route('**/auth/login', (route) => route.abort());
      await fillSignIn(page, { email: asha.email, password });
      await page.getByRole('alert').getByText('You are offline').waitFor();
      assert.equal(await page.getByLabel('Password', { exact: true }).inputValue(), password);
      await page.unroute('**/auth/login');
      await page.context().setOffline(false);
      await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('button', { name: /^Your account/ }).waitFor();
    }));

  it('shows a refusal at its field, which has the focus and is told what is wrong', () =>
    visit({}, async (page) => {
      const weak = { path: 'password', message: 'is too easy to guess' };
      await open(page, '/sign-up', {
        ...visitor,
        'POST /auth/register': problem({ code: 'invalid_input', status: 400, errors: [weak] }),
      });
      await page.getByRole('button', { name: 'Create account' }).click();
      const name = page.getByRole('textbox', { name: 'Name', description: 'Name is missing.' });
      await name.and(page.locator(':focus[aria-invalid="true"]')).waitFor();
      await name.fill(asha.name);
      // What has been put right is no longer called wrong, and the focus stays with whoever types.
      await page.locator('[name="name"]:focus[aria-invalid="false"]').waitFor();
      await page.getByLabel('E-mail').fill(asha.email);
      await page.getByLabel('Password', { exact: true }).fill('password123');
      await page.getByRole('button', { name: 'Create account' }).click();
      await page.locator('[name="password"]:focus[aria-invalid="true"]').waitFor();
      await page.getByText('Password is too easy to guess.').waitFor();
      assert.equal(await page.getByLabel('Name').inputValue(), asha.name);
    }));

  it('that lost a race says so, keeps what was typed, and can be sent again', () =>
    visit({}, async (page) => {
      const versions: (string | undefined)[] = [];
      const theirs = { ...asha, name: 'Asha K. Menon', version: 4 };
      await open(page, '/account', {
        ...signedIn,
        'GET /me': json(theirs),
        'PATCH /me': (route) => {
          versions.push(route.request().headers()['if-match']);
          const isLate = versions.length === 1;
          return isLate
            ? problem({ code: 'conflict', status: 412 })(route)
            : json({ ...theirs, name: 'Asha Rao', version: 5 })(route);
        },
      });
      await page.getByLabel('Name').fill('Asha Rao');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('alert').getByText('“Asha K. Menon”').waitFor();
      assert.equal(await page.getByLabel('Name').inputValue(), 'Asha Rao');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved', { exact: true }).waitFor();
      assert.deepEqual(versions, ['"3"', '"4"']);
    }));

  it('that changes the password lets its field go, and marks the wrong one', () =>
    visit({}, async (page) => {
      let tries = 0;
      const wrong = [{ path: 'currentPassword', message: 'is wrong' }];
      await open(page, '/account', {
        ...signedIn,
        'POST /auth/password/change': (route) =>
          tries++ === 0 ? problem({ code: 'invalid_input', status: 400, errors: wrong })(route) : nothing(route),
      });
      await page.getByLabel('Current password').fill('not this one');
      await page.getByLabel('New password').fill(password);
      await page.getByRole('button', { name: 'Change password' }).click();
      await page.locator('[name="currentPassword"]:focus[aria-invalid="true"]').waitFor();
      assert.equal(await page.getByLabel('New password').inputValue(), password);
      await page.getByRole('button', { name: 'Change password' }).click();
      await page.getByText('Your other devices are signed out').waitFor();
      assert.equal(await page.getByLabel('New password').inputValue(), '');
    }));
});

describe('a mailed link', () => {
  it('is used once and leaves no token in the address bar', () =>
    visit({}, async (page) => {
      let uses = 0;
      await open(page, '/verify-email#token=a-token', {
        ...visitor,
        'POST /auth/verify-email': (route) => {
          uses++;
          return json({ email: asha.email })(route);
        },
      });
      await page.getByRole('heading', { name: 'Your address is confirmed' }).waitFor();
      assert.equal(page.url(), `${site.webUrl}/verify-email`);
      assert.equal(uses, 1);
    }));
});

describe('who is signed in', () => {
  for (const size of ['desktop', 'phone'] as const) {
    it(`holds up no search and moves nothing, ${size}`, () =>
      visit({ size }, async (page) => {
        await watchLayoutShift(page);
        await fakeAccounts(page, signedIn);
        const release = await holdReplies(page, '**/auth/session');
        await page.goto(`${site.webUrl}/?view=38.58,-121.45,12`);
        await resultsAreShown(page);
        const searchBox = page.getByRole('combobox', { name: /Search for/ });
        const place = await searchBox.boundingBox();
        const shift = await layoutShift(page);
        release();
        await page.getByRole('button', { name: /^Your account/ }).waitFor();
        assert.deepEqual(await searchBox.boundingBox(), place);
        assert.equal(await layoutShift(page), shift);
      }));
  }
});

describe('every page of an account', () => {
  for (const size of ['desktop', 'phone'] as const) {
    it(`has nothing serious for axe in light and dark, and is no wider than the screen, ${size}`, async () =>
      assert.deepEqual(await site.faults(accountShots, size), []));
  }
});
