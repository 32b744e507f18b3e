import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page, Route } from 'playwright-core';
import { fillCode, fillSignIn } from './account-steps.ts';
import {
  asha,
  fakeAccounts,
  json,
  problem,
  recoveryCodes,
  security,
  session,
  signedIn,
  visitor,
} from './fake-accounts.ts';
import { testSite } from './site.ts';

const password = 'seven green lanterns';
const over = problem({ code: 'unauthenticated', status: 401 });

const site = testSite();
const { visit, openWith: open } = site;
const bodyOf = (route: Route) => route.request().postDataJSON() as Record<string, unknown>;

describe('signing in with Google', () => {
  /** Google, which sends everybody back at once with what is in the table. */
  async function google(page: Page, answer: (state: string) => string): Promise<{ sent: unknown[] }> {
    const sent: unknown[] = [];
    let isIn = false;
    await page.route('https://accounts.google.test/**', (route) => {
      const state = new URL(route.request().url()).searchParams.get('state') ?? '';
      return route.fulfill({ status: 302, headers: { location: `${site.webUrl}/sign-in/google?${answer(state)}` } });
    });
    await fakeAccounts(page, {
      ...signedIn,
      ...visitor,
      'GET /auth/session': (route) => session(isIn ? asha : null)(route),
      'POST /auth/google/start': json({ url: 'https://accounts.google.test/auth?state=kept', state: 'kept' }),
      'POST /auth/google': (route) => {
        sent.push(bodyOf(route));
        isIn = true;
        return json({ user: asha })(route);
      },
    });
    await page.goto(`${site.webUrl}/account`);
    await page.getByRole('button', { name: 'Continue with Google' }).click();
    return { sent };
  }

  it('leads back to where the visitor was going, and leaves no code in the address bar', () =>
    visit({}, async (page) => {
      const { sent } = await google(page, (state) => `code=the-code&state=${state}`);
      await page.getByRole('heading', { level: 1, name: 'Account' }).waitFor();
      assert.deepEqual(sent, [{ code: 'the-code', state: 'kept' }]);
      assert.equal(page.url(), `${site.webUrl}/account`);
      await page.goBack();
      assert.doesNotMatch(page.url(), /code=/);
    }));

  it('refuses a state of another tab, or of another person, and sends nothing', () =>
    visit({}, async (page) => {
      const { sent } = await google(page, () => 'code=theirs&state=theirs');
      await page.getByRole('heading', { name: 'This sign-in was not begun here' }).waitFor();
      assert.doesNotMatch(page.url(), /code|state/);
      assert.deepEqual(sent, []);
      await page.getByRole('main').getByRole('link', { name: 'Back to sign in' }).click();
      await page.waitForURL('**/sign-in?next=%2Faccount');
    }));

  it('says in words that the visitor said no there', () =>
    visit({}, async (page) => {
      const { sent } = await google(page, (state) => `error=access_denied&state=${state}`);
      await page.getByText('You did not let Google tell us who you are').waitFor();
      assert.deepEqual(sent, []);
    }));

  it('asks for the second factor of whoever has one', () =>
    visit({}, async (page) => {
      await page.addInitScript(() =>
        sessionStorage.setItem('viewora.google', JSON.stringify({ state: 'kept', search: '?next=%2Faccount' })),
      );
      await open(page, '/sign-in/google?code=the-code&state=kept', {
        ...visitor,
        'POST /auth/google': json({ secondFactor: { ticket: 'the ticket', methods: ['totp', 'recovery'] } }),
      });
      await page.getByText('Your authenticator app shows a code').waitFor();
      assert.equal(page.url(), `${site.webUrl}/sign-in/google?next=%2Faccount`);
    }));

  it('is offered only where it is set up', () =>
    visit({}, async (page) => {
      const asked = page.waitForResponse('**/auth/methods');
      await open(page, '/sign-in', { ...visitor, 'GET /auth/methods': json({ google: false }) });
      await asked;
      await page.getByRole('button', { name: 'Sign in with a passkey' }).waitFor();
      assert.equal(await page.getByRole('button', { name: /Google/ }).count(), 0);
    }));
});

describe('a passkey', () => {
  it('is not offered by a browser that knows none', () =>
    visit({}, async (page) => {
      await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'PublicKeyCredential'));
      await open(page, '/sign-in', visitor);
      await page.getByRole('button', { name: 'Continue with Google' }).waitFor();
      assert.equal(await page.getByRole('button', { name: /passkey/ }).count(), 0);
    }));

  it('that nobody chose is no failure', () =>
    visit({}, async (page) => {
      await page.addInitScript(() => {
        navigator.credentials.get = () => Promise.reject(new DOMException('', 'NotAllowedError'));
      });
      const options = { challenge: 'AAAA', rpId: 'localhost', allowCredentials: [] };
      await open(page, '/sign-in', { ...visitor, 'POST /auth/passkeys/options': json({ ticket: 'a', options }) });
      const button = page.getByRole('button', { name: 'Sign in with a passkey' });
      await button.click();
      await button.and(page.locator('[aria-disabled="false"]')).waitFor();
      assert.equal(await page.getByRole('alert').count(), 0);
    }));
});

describe('the second factor', () => {
  it('is mailed only where that is offered, and asked for only when it is wanted', () =>
    visit({}, async (page) => {
      let mails = 0;
      const sent: unknown[] = [];
      await open(page, '/sign-in', {
        ...visitor,
        'POST /auth/login': json({ secondFactor: { ticket: 'the ticket', methods: ['totp', 'recovery', 'email'] } }),
        'POST /auth/second-factor/mail': (route) => {
          mails++;
          return json({}, 202)(route);
        },
        'POST /auth/second-factor': (route) => {
          sent.push(bodyOf(route));
          return over(route);
        },
      });
      await fillSignIn(page, { email: asha.email, password });
      await page.getByText('Your authenticator app shows a code').waitFor();
      assert.equal(await page.getByRole('button', { name: /Send the code/ }).count(), 0);
      await fillCode(page, '123456');
      await page.getByText('The app shows a new one every half minute').waitFor();

      await page.getByRole('button', { name: 'Use a recovery code' }).click();
      await fillCode(page, 'x7k2-9qpd-3m');
      await page.getByText('is wrong or has been used').waitFor();
      assert.equal(mails, 0);

      await page.getByRole('button', { name: 'Get a code by mail' }).click();
      await page.getByText('We have mailed a code').waitFor();
      await page.getByRole('button', { name: /Send the code again in/ }).waitFor();
      assert.equal(mails, 1);
      assert.deepEqual(
        sent.map((body) => (body as { method: string }).method),
        ['totp', 'recovery'],
      );
    }));
});

describe('what guards an account', () => {
  it('asks for the password where the server wants it, says when it is wrong, and goes on', () =>
    visit({}, async (page) => {
      const refusal = (message: string) =>
        problem({ code: 'invalid_input', status: 400, errors: [{ path: 'currentPassword', message }] });
      const tried: unknown[] = [];
      await open(page, '/account', {
        ...signedIn,
        'POST /me/totp': (route) => {
          const { currentPassword } = bodyOf(route);
          tried.push(currentPassword);
          if (currentPassword === undefined) return refusal('is required')(route);
          if (currentPassword !== password) return refusal('is wrong')(route);
          return json({ secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/Viewora:a?secret=JBSWY3DPEHPK3PXP' })(route);
        },
      });
      await page.getByRole('button', { name: 'Set up' }).click();
      const dialog = page.getByRole('dialog', { name: 'Is it you?' });
      await dialog.getByLabel('Password', { exact: true }).fill('not this one');
      await dialog.getByRole('button', { name: 'Continue' }).click();
      await dialog.getByText('Password is wrong.').waitFor();
      await dialog.getByLabel('Password', { exact: true }).fill(password);
      await dialog.getByRole('button', { name: 'Continue' }).click();
      await page.getByRole('dialog', { name: 'Set up your authenticator app' }).waitFor();
      assert.deepEqual(tried, [undefined, 'not this one', password]);
    }));

  it('changes nothing for whoever gives up at the password', () =>
    visit({}, async (page) => {
      const wanted = [{ path: 'currentPassword', message: 'is required' }];
      await open(page, '/account', {
        ...signedIn,
        'POST /me/totp': problem({ code: 'invalid_input', status: 400, errors: wanted }),
      });
      await page.getByRole('button', { name: 'Set up' }).click();
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      assert.equal(await page.getByRole('alert').count(), 0);
      await page.getByRole('button', { name: 'Set up' }).and(page.locator('[aria-disabled="false"]:focus')).waitFor();
    }));

  it('shows recovery codes until they are kept, and no slip takes them away', () =>
    visit({}, async (page) => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await open(page, '/account', {
        ...signedIn,
        'GET /me/security': json({ ...security, hasTotp: true, recoveryCodesLeft: 2 }),
        'POST /me/recovery-codes': json({ recoveryCodes }),
      });
      await page.getByText('2 recovery codes left: make new ones soon').waitFor();
      await page.getByRole('button', { name: 'New recovery codes' }).click();
      await page.getByRole('button', { name: 'Make new ones' }).click();
      const dialog = page.getByRole('dialog', { name: 'Your recovery codes' });
      await dialog.waitFor();
      await page.keyboard.press('Escape');
      await page.mouse.click(5, 5);
      assert.equal(await dialog.getByRole('listitem').count(), recoveryCodes.length);

      await dialog.getByRole('button', { name: 'Copy codes' }).click();
      await dialog.getByRole('button', { name: 'Copied' }).waitFor();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), recoveryCodes.join('\n'));
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        dialog.getByRole('button', { name: 'Download' }).click(),
      ]);
      assert.equal(file.suggestedFilename(), 'viewora-recovery-codes.txt');

      assert.equal(await dialog.getByRole('button', { name: 'Done' }).isDisabled(), true);
      await dialog.getByLabel('I have kept them').check();
      await dialog.getByRole('button', { name: 'Done' }).click();
      await dialog.waitFor({ state: 'detached' });
    }));
});
