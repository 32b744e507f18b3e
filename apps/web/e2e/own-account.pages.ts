import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page, Route } from 'playwright-core';
import { fillCode, fillSignIn } from './account-steps.ts';
import { type ContextOptions, launchBrowser } from './browser.ts';
import { faultsOf } from './every-state.ts';
import {
  application,
  asha,
  fakeAccounts,
  inbox,
  json,
  nothing,
  paper,
  problem,
  type Replies,
  recoveryCodes,
  security,
  session,
  signedIn,
  threeNotifications,
  visitor,
} from './fake-accounts.ts';
import { ownAccountShots } from './own-account-shots.ts';
import { type Stack, startStack } from './stack.ts';
import { type Journey, visitWith } from './visit.ts';

const password = 'seven green lanterns';
const over = problem({ code: 'unauthenticated', status: 401 });

let stack: Stack;
let browser: Browser;

before(async () => {
  [stack, browser] = await Promise.all([startStack(), launchBrowser()]);
});

after(async () => {
  await browser?.close();
  await stack?.stop();
});

const visit = (options: ContextOptions, journey: Journey) => visitWith(browser, options, journey);

async function open(page: Page, path: string, replies: Replies): Promise<void> {
  await fakeAccounts(page, replies);
  await page.goto(`${stack.webUrl}${path}`);
}

const bodyOf = (route: Route) => route.request().postDataJSON() as Record<string, unknown>;

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

describe('signing in with Google', () => {
  /** Google, which sends everybody back at once with what is in the table. */
  async function google(page: Page, answer: (state: string) => string): Promise<{ sent: unknown[] }> {
    const sent: unknown[] = [];
    let isIn = false;
    await page.route('https://accounts.google.test/**', (route) => {
      const state = new URL(route.request().url()).searchParams.get('state') ?? '';
      return route.fulfill({ status: 302, headers: { location: `${stack.webUrl}/sign-in/google?${answer(state)}` } });
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
    await page.goto(`${stack.webUrl}/account`);
    await page.getByRole('button', { name: 'Continue with Google' }).click();
    return { sent };
  }

  it('leads back to where the visitor was going, and leaves no code in the address bar', () =>
    visit({}, async (page) => {
      const { sent } = await google(page, (state) => `code=the-code&state=${state}`);
      await page.getByRole('heading', { level: 1, name: 'Account' }).waitFor();
      assert.deepEqual(sent, [{ code: 'the-code', state: 'kept' }]);
      assert.equal(page.url(), `${stack.webUrl}/account`);
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
      assert.equal(page.url(), `${stack.webUrl}/sign-in/google?next=%2Faccount`);
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

describe('an application', () => {
  const deed = { name: 'deed.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(300_000, 'a') };
  const seller = { ...asha, verification: 'none' as const };

  it('refuses a file of another kind, or one too large, before anything is sent', () =>
    visit({}, async (page) => {
      let announced = 0;
      await open(page, '/verification', {
        ...signedIn,
        'GET /auth/session': session(seller),
        'POST /me/application/documents': (route) => {
          announced++;
          return nothing(route);
        },
      });
      const chooser = page.locator('input[type=file]');
      await chooser.setInputFiles({ name: 'deed.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') });
      await page.getByText('deed.svg is of another kind').waitFor();
      await chooser.setInputFiles({ ...deed, buffer: Buffer.alloc(10 * 1024 * 1024 + 1) });
      await page.getByText('deed.pdf is larger than 10 MB').waitFor();
      assert.equal(announced, 0);
    }));

  it('sends each file to the address that it was given, shows how far it is, and again when it did not arrive', () =>
    visit({}, async (page) => {
      const puts: { url: string; type: string | undefined; bytes: number | undefined }[] = [];
      let announced = 0;
      const removed: string[] = [];
      const documents: ReturnType<typeof paper>[] = [];
      await fakeAccounts(page, {
        ...signedIn,
        'GET /auth/session': session(seller),
        'GET /me/application': (route) => json({ application: application({ documents }) })(route),
        'POST /me/application/documents': (route) => {
          announced++;
          assert.deepEqual(bodyOf(route), {
            kind: 'ownership_proof',
            name: 'deed.pdf',
            contentType: 'application/pdf',
            bytes: deed.buffer.length,
          });
          const id = `0192f0c1-2b3c-7d4e-8f5a-0000000000d${announced}`;
          const url = `https://bucket.test/put-${announced}`;
          const headers = { 'content-type': 'application/pdf', 'if-none-match': '*' };
          documents.push(paper({ id, name: 'deed.pdf', isUploaded: false }));
          return json({ document: documents.at(-1), upload: { url, headers } }, 201)(route);
        },
        'DELETE /me/application/documents/0192f0c1-2b3c-7d4e-8f5a-0000000000d1': (route) => {
          removed.push(documents.shift()?.id ?? '');
          return nothing(route);
        },
      });
      const cors = {
        'access-control-allow-origin': '*',
        'access-control-allow-headers': '*',
        'access-control-allow-methods': 'PUT',
      };
      await page.route('https://bucket.test/**', (route) => {
        const request = route.request();
        if (request.method() === 'OPTIONS') return route.fulfill({ status: 204, headers: cors });
        const { 'content-type': type } = request.headers();
        puts.push({ url: request.url(), type, bytes: request.postDataBuffer()?.length });
        if (puts.length === 1) return route.fulfill({ status: 503, headers: cors });
        documents[0] = { ...paper({ id: documents[0]?.id }), name: 'deed.pdf' };
        return route.fulfill({ status: 200, headers: cors });
      });
      await page.goto(`${stack.webUrl}/verification`);
      await page.locator('input[type=file]').setInputFiles(deed);
      await page.getByText('It was not sent').waitFor();
      await page.getByRole('button', { name: 'Send deed.pdf again' }).click();
      await page.getByRole('button', { name: 'Remove deed.pdf' }).waitFor();
      assert.equal(await page.getByText('It was not sent').count(), 0);
      assert.deepEqual(
        puts.map(({ url, type }) => ({ url, type })),
        [1, 2].map((n) => ({ url: `https://bucket.test/put-${n}`, type: 'application/pdf' })),
      );
      // What did not arrive keeps no place.
      assert.equal(removed.length, 1);
    }));

  it('says of each document what was refused in it, keeps the message, and is handed in once that is put right', () =>
    visit({}, async (page) => {
      const refusal = { path: `documents.${paper().id}`, message: 'is not a PDF: its content is something else' };
      const sent: unknown[] = [];
      let isPending = false;
      await open(page, '/verification', {
        ...signedIn,
        'GET /auth/session': session(seller),
        'GET /me': json(asha),
        'GET /me/application': (route) =>
          json({ application: application({ status: isPending ? 'pending' : 'draft' }) })(route),
        'POST /me/application/submit': (route) => {
          sent.push(bodyOf(route));
          if (sent.length === 1) return problem({ code: 'invalid_input', status: 422, errors: [refusal] })(route);
          isPending = true;
          return json(application({ status: 'pending' }))(route);
        },
      });
      await page.getByLabel('Message').fill('See page two.');
      await page.getByRole('button', { name: 'Hand in' }).click();
      await page.getByRole('listitem').getByText('It is not a PDF: its content is something else.').waitFor();
      await page.getByRole('alert').getByText('Some documents were refused').waitFor();
      assert.equal(await page.getByLabel('Message').inputValue(), 'See page two.');
      await page.getByRole('button', { name: 'Hand in' }).click();
      await page.getByRole('heading', { name: 'Your papers are being looked at' }).waitFor();
      assert.deepEqual(sent, [{ message: 'See page two.' }, { message: 'See page two.' }]);
    }));

  it('without a document that it needs is not sent, and says which', () =>
    visit({}, async (page) => {
      await open(page, '/verification', {
        ...signedIn,
        'GET /auth/session': session({ ...seller, role: 'broker' }),
      });
      await page.getByRole('button', { name: 'Hand in' }).click();
      await page.getByText('Broker’s licence is missing.').waitFor();
      await page.getByText('Certificate is missing.').waitFor();
      await page
        .getByRole('button', { name: 'Choose files for: Broker’s licence' })
        .and(page.locator(':focus'))
        .waitFor();
    }));

  it('that was rejected says why, and can be made again', () =>
    visit({}, async (page) => {
      const rejected = application({ status: 'rejected', reason: 'The deed is in another name.' });
      await open(page, '/verification', {
        ...signedIn,
        'GET /auth/session': session({ ...asha, verification: 'rejected' }),
        'GET /me/application': json({ application: rejected }),
      });
      await page.getByText('The deed is in another name.').waitFor();
      await page.getByRole('button', { name: 'Apply again' }).click();
      await page.getByRole('button', { name: /Choose files/ }).waitFor();
      await page.getByText('The deed is in another name.').waitFor();
    }));
});

describe('notifications', () => {
  it('are not asked for by visitors', () =>
    visit({}, async (page) => {
      const asked: string[] = [];
      page.on('request', (request) => asked.push(new URL(request.url()).pathname));
      await open(page, '/nowhere', visitor);
      await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).waitFor();
      assert.deepEqual(
        asked.filter((path) => path.includes('notifications')),
        [],
      );
    }));

  it('are counted, read by being opened, and lead to where they can be dealt with', () =>
    visit({}, async (page) => {
      const read: string[] = [];
      const items = () => threeNotifications().map((n) => (read.includes(n.id) ? { ...n, readAt: n.at } : n));
      await open(page, '/nowhere', {
        ...signedIn,
        'GET /me/notifications': (route) => inbox(items())(route),
        [`POST /me/notifications/${threeNotifications()[0]?.id}/read`]: (route) => {
          read.push(threeNotifications()[0]?.id ?? '');
          return nothing(route);
        },
      });
      await page.getByRole('button', { name: 'Notifications, 2 unread' }).click();
      await page.getByRole('link', { name: /Unread: Your application was not approved/ }).click();
      await page.waitForURL('**/verification');
      await page.getByRole('button', { name: 'Notifications, 1 unread' }).waitFor();
      assert.equal(read.length, 1);
    }));

  it('are all marked as read at once, and say so only as long as that holds', () =>
    visit({}, async (page) => {
      await open(page, '/notifications', {
        ...signedIn,
        'GET /me/notifications': inbox(),
        'POST /me/notifications/read': problem({ code: 'unavailable', status: 503 }),
      });
      await page.getByRole('main').getByRole('button', { name: 'Mark all as read' }).click();
      await page.getByRole('alert').waitFor();
      await page.getByRole('button', { name: 'Notifications, 2 unread' }).waitFor();
    }));

  it('never lead to another site', () =>
    visit({}, async (page) => {
      const [first] = threeNotifications();
      assert.ok(first);
      const hostile = ['//elsewhere.test/', 'https://elsewhere.test', 'javascript:alert(1)', '/\\elsewhere.test'];
      const items = hostile.map((link, n) => ({ ...first, id: `${first.id.slice(0, -1)}${n}`, link }));
      await open(page, '/notifications', { ...signedIn, 'GET /me/notifications': inbox(items) });
      await page.getByRole('main').getByRole('listitem').nth(3).waitFor();
      assert.equal(await page.getByRole('main').getByRole('listitem').getByRole('link').count(), 0);
    }));

  it('are asked for again each minute, and what is new is said aloud', () =>
    visit({}, async (page) => {
      let asked = 0;
      const all = threeNotifications();
      let items = all.slice(1);
      await page.clock.install();
      await open(page, '/nowhere', {
        ...signedIn,
        'GET /me/notifications': (route) => {
          asked++;
          return inbox(items)(route);
        },
      });
      await page.getByRole('button', { name: 'Notifications, 1 unread' }).waitFor();
      assert.equal(asked, 1);
      items = all;
      const polled = page.waitForResponse('**/me/notifications?*');
      await page.clock.runFor(61_000);
      await polled;
      await page.clock.runFor(1_000);
      await page
        .getByRole('status')
        .filter({ hasText: 'New notification: Your application was not approved' })
        .waitFor();
      await page.getByRole('button', { name: 'Notifications, 2 unread' }).waitFor();
      assert.equal(asked, 2);
    }));

  it('are asked for again when the page is looked at again', () =>
    visit({}, async (page) => {
      await open(page, '/nowhere', { ...signedIn, 'GET /me/notifications': inbox() });
      await page.getByRole('button', { name: 'Notifications, 2 unread' }).waitFor();
      const asked = page.waitForResponse('**/me/notifications?*');
      await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
      await asked;
    }));

  it('that are older come by their cursor', () =>
    visit({}, async (page) => {
      const [first, second, third] = threeNotifications();
      assert.ok(first && second && third);
      await open(page, '/notifications', {
        ...signedIn,
        'GET /me/notifications': (route) => {
          const cursor = new URL(route.request().url()).searchParams.get('cursor');
          return cursor === 'older' ? inbox([third])(route) : inbox([first, second], 'older')(route);
        },
      });
      await page.getByRole('button', { name: 'Show older ones' }).click();
      await page.getByText(third.title).waitFor();
      await page.getByRole('button', { name: 'Show older ones' }).waitFor({ state: 'detached' });
      assert.equal(await page.getByRole('main').getByRole('listitem').count(), 3);
    }));
});

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

describe('every page of what is one’s own', () => {
  for (const size of ['desktop', 'phone'] as const) {
    it(`has nothing serious for axe in light and dark, and is no wider than the screen, ${size}`, async () =>
      assert.deepEqual(await faultsOf(browser, stack.webUrl, ownAccountShots, size), []));
  }
});
