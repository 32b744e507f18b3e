import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { fillSignIn } from './account-steps.ts';
import { type ContextOptions, launchBrowser } from './browser.ts';
import { faultsOf } from './every-state.ts';
import { asha, fakeAccounts, json, problem, type Replies, session, signedIn } from './fake-accounts.ts';
import {
  FakeListing,
  finished,
  importing,
  items,
  listingId,
  listingImport,
  ownListing,
  page as pageOf,
  selling,
} from './fake-selling.ts';
import { edit, sampleFile, sellingShots } from './selling-shots.ts';
import { type Stack, startStack } from './stack.ts';
import { type Journey, visitWith } from './visit.ts';

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

describe('the pages of sellers', () => {
  it('lead a visitor to sign in and back', () =>
    visit({}, async (page) => {
      let isIn = false;
      await open(page, '/sell?status=draft', {
        ...selling,
        'GET /auth/session': (route) => session(isIn ? asha : null)(route),
        'POST /auth/login': (route) => {
          isIn = true;
          return json({ user: asha })(route);
        },
      });
      await page.waitForURL('**/sign-in?next=*');
      await fillSignIn(page, { email: asha.email, password: 'seven green lanterns' });
      await page.waitForURL('**/sell?status=draft');
    }));

  it('tell a buyer who can sell, and ask for nothing of theirs', () =>
    visit({}, async (page) => {
      let asked = 0;
      await open(page, '/sell', {
        'GET /auth/session': session({ ...asha, role: 'buyer' }),
        'GET /me/listings': () => asked++,
      });
      await page.getByRole('heading', { name: 'Sellers and brokers can list homes' }).waitFor();
      assert.equal(asked, 0);
    }));

  it('are found from the account of a seller, and left when they sign out', () =>
    visit({}, async (page) => {
      await open(page, '/nowhere', { ...selling, 'POST /auth/logout': (route) => route.fulfill({ status: 204 }) });
      await page.getByRole('button', { name: /^Your account/ }).click();
      await page.getByRole('dialog').getByRole('link', { name: 'Your listings' }).click();
      await page.getByRole('heading', { level: 1, name: 'Your listings' }).waitFor();
      await page.getByRole('button', { name: /^Your account/ }).click();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.waitForURL(({ pathname }) => pathname === '/');
    }));
});

describe('what is typed into a listing', () => {
  it('outlives a failed save and a reload, and is saved once that is possible', () =>
    visit({}, async (page) => {
      const listing = new FakeListing();
      const patch = listing.replies[`PATCH /properties/${listingId}`];
      listing.replies[`PATCH /properties/${listingId}`] = (route) => route.abort();
      await edit(page, stack.webUrl, listing, 'words');
      await page.getByLabel('Title').fill('Corner house');
      await page.getByText('Not saved: the server cannot be reached').waitFor();
      if (patch) listing.replies[`PATCH /properties/${listingId}`] = patch;
      await page.reload();
      await page.getByText('is back, and saved').waitFor();
      assert.equal(await page.getByLabel('Title').inputValue(), 'Corner house');
      assert.deepEqual(listing.sent, [{ title: 'Corner house' }]);
    }));

  it('is still there after a session has ended and begun again', () =>
    visit({}, async (page) => {
      const listing = new FakeListing();
      const patch = listing.replies[`PATCH /properties/${listingId}`];
      let isIn = true;
      Object.assign(listing.replies, {
        'GET /auth/session': (route) => session(isIn ? asha : null)(route),
        'POST /auth/refresh': problem({ code: 'unauthenticated', status: 401 }),
        'POST /auth/login': (route) => {
          isIn = true;
          return json({ user: asha })(route);
        },
        [`PATCH /properties/${listingId}`]: (route) =>
          isIn ? patch?.(route) : problem({ code: 'unauthenticated', status: 401 })(route),
      } satisfies Replies);
      await edit(page, stack.webUrl, listing, 'words');
      isIn = false;
      await page.getByLabel('Title').fill('Corner house');
      await page.getByText('Not saved: your session has ended').waitFor();
      // Nobody is thrown out while they write.
      assert.equal(await page.getByLabel('Title').inputValue(), 'Corner house');
      await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
      await fillSignIn(page, { email: asha.email, password: 'seven green lanterns' });
      await page.waitForURL('**/edit?step=words');
      await page.getByText('is back, and saved').waitFor();
      assert.deepEqual(listing.sent, [{ title: 'Corner house' }]);
    }));

  it('is put together with what was changed elsewhere, and asked about where both changed the same', () =>
    visit({}, async (page) => {
      const listing = new FakeListing();
      await edit(page, stack.webUrl, listing, 'price');
      listing.changeElsewhere({ priceMinor: 43_000_000, beds: 4 });
      await page.getByLabel('Price', { exact: true }).fill('440k');
      const question = page.getByRole('alert', { name: 'Changed in two places' });
      await question.getByText('Theirs: $430,000').waitFor();
      await page.getByText('taken over: bedrooms').waitFor();
      assert.equal(listing.current.priceMinor, 43_000_000);
      await question.getByRole('button', { name: 'Price: keep yours' }).click();
      await page.getByRole('status').getByText('Saved', { exact: true }).waitFor();
      assert.equal(listing.current.priceMinor, 44_000_000);
      assert.equal(listing.current.beds, 4);
    }));

  it('is not left unsaved without a question, by a link or by the back button', () =>
    visit({}, async (page) => {
      const listing = new FakeListing({ status: 'published' });
      await fakeAccounts(page, { ...selling, ...listing.replies });
      await page.goto(`${stack.webUrl}/sell`);
      await page.evaluate(
        (path) => history.pushState({ idx: 1, key: 'x' }, '', path),
        `/sell/${listingId}/edit?step=price`,
      );
      await page.reload();
      await page.getByLabel('Price', { exact: true }).fill('440k');
      const question = page.getByRole('alertdialog', { name: 'Leave without saving?' });
      await page.getByRole('link', { name: 'Your listings' }).click();
      await question.waitFor();
      await page.getByRole('button', { name: 'Stay' }).click();
      await page.getByRole('link', { name: /Facts/ }).click();
      await page.getByLabel('Bedrooms', { exact: true }).waitFor();
      await page.goBack();
      await page.getByLabel('Price', { exact: true }).waitFor();
      assert.equal(await question.count(), 0);

      await page.goBack();
      await question.waitFor();
      assert.match(page.url(), /edit\?step=price$/);
      assert.equal(await page.getByLabel('Price', { exact: true }).inputValue(), '440k');
      await page.getByRole('button', { name: 'Leave' }).click();
      await page.waitForURL('**/sell');
      assert.deepEqual(listing.sent, []);
      await page.goForward();
      await page.getByText('It is back in its fields').waitFor();
      await page.getByRole('button', { name: 'Discard it' }).click();
      assert.equal(await page.getByLabel('Price', { exact: true }).inputValue(), '$450,000');
    }));

  it('that the server refuses is marked at its field, and the rest is saved', () =>
    visit({}, async (page) => {
      const listing = new FakeListing();
      const patch = listing.replies[`PATCH /properties/${listingId}`];
      const errors = [{ path: 'yearBuilt', message: 'is before there were houses' }];
      listing.replies[`PATCH /properties/${listingId}`] = (route) =>
        'yearBuilt' in route.request().postDataJSON()
          ? problem({ code: 'invalid_input', status: 400, errors })(route)
          : patch?.(route);
      await edit(page, stack.webUrl, listing, 'facts');
      await page.getByLabel('Year built').fill('1001');
      await page.getByLabel('Bedrooms', { exact: true }).fill('4');
      await page
        .getByRole('textbox', { name: 'Year built', description: 'Year built is before there were houses.' })
        .waitFor();
      await page.waitForFunction(
        () => document.querySelector('[name=yearBuilt]')?.getAttribute('aria-invalid') === 'true',
      );
      await page.getByText('Not saved: Year built').waitFor();
      assert.equal(listing.current.beds, 4);
    }));

  it('is on no other user’s page, and gone from the device with a sign-out', () =>
    visit({}, async (page) => {
      const listing = new FakeListing({ status: 'published' });
      await edit(page, stack.webUrl, listing, 'words');
      await page.getByLabel('Title').fill('My secret garden');
      await page.getByText('1 change not saved yet').waitFor();
      listing.replies['POST /auth/logout'] = (route) => route.fulfill({ status: 204 });
      await page.getByRole('button', { name: /^Your account/ }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('link', { name: 'Sign in' }).waitFor();
      assert.doesNotMatch(await page.evaluate(() => JSON.stringify(localStorage)), /secret garden/);
    }));
});

describe('publishing', () => {
  it('says what is missing, and leads to it', () =>
    visit({}, async (page) => {
      await edit(page, stack.webUrl, new FakeListing({ priceMinor: null }), 'review');
      await page.getByRole('link', { name: 'Price is needed' }).click();
      await page.getByLabel('Price', { exact: true }).waitFor();
    }));

  it('that waits for papers says so, and leads to them', () =>
    visit({}, async (page) => {
      const listing = new FakeListing();
      listing.replies[`POST /properties/${listingId}/publish`] = problem({ code: 'forbidden', status: 403 });
      await edit(page, stack.webUrl, listing, 'review');
      await page.getByRole('button', { name: 'Publish' }).click();
      const way = page.getByRole('alert').getByRole('link', { name: 'See how it stands' });
      assert.equal(await way.getAttribute('href'), '/verification');
    }));
});

describe('a draft', () => {
  it('is begun once, though the reply is lost and the page is reloaded', () =>
    visit({}, async (page) => {
      const keys: (string | undefined)[] = [];
      const begun = ownListing({ title: 'Flat', type: 'flat' });
      await open(page, '/sell/new', {
        ...signedIn,
        [`GET /me/listings/${listingId}`]: json(begun),
        'POST /properties': (route) => {
          keys.push(route.request().headers()['idempotency-key']);
          return keys.length === 1 ? route.abort() : json(begun, 201)(route);
        },
      });
      await page.getByRole('radio', { name: 'Flat' }).check();
      await page.getByText('Not saved: the server cannot be reached').waitFor();
      await page.reload();
      await page.waitForURL(`**/sell/${listingId}/edit`);
      assert.equal(keys.length, 2);
      assert.ok(keys[0] && keys[0] === keys[1], `${keys}`);
      await page.goto(`${stack.webUrl}/sell/new`);
      await page.getByRole('radio', { name: 'House' }).waitFor();
      assert.equal(await page.getByRole('radio', { checked: true }).count(), 0);
    }));
});

describe('a listing that will be archived unless somebody says that it is for sale', () => {
  const expiring = { status: 'published', expiresAt: '2026-06-30T00:00:00.000Z', isExpiring: true } as const;
  const title = 'Corner house by the river';
  const [first] = items;
  const keepButton = (page: Page) => page.getByRole('button', { name: /^Keep(ing)? it .*on the market: “/ });
  const isKept = json(ownListing({ status: 'published', title }));
  const openList = (page: Page, confirm: Replies[string]) =>
    open(page, '/sell', {
      ...signedIn,
      'GET /me/listings': json(pageOf(first ? [{ ...first, ...expiring }] : [])),
      ...(confirm && { [`POST /properties/${first?.id}/confirm`]: confirm }),
    });

  it('is kept from the list by one press, which is sent once', () =>
    visit({ size: 'phone' }, async (page) => {
      let sent = 0;
      const { promise: answer, resolve } = Promise.withResolvers<void>();
      await openList(page, async (route) => {
        sent++;
        await answer;
        await isKept(route);
      });
      await page.getByText('Still for sale? It is archived on').waitFor();
      await keepButton(page).click();
      await page.getByText('Keeping it …').waitFor();
      await keepButton(page).click({ force: true });
      resolve();
      await page.getByText(`“${title}” stays on the market.`).waitFor();
      await keepButton(page).waitFor({ state: 'detached' });
      assert.equal(sent, 1);
    }));

  it('can be kept by another press where the first one failed', () =>
    visit({}, async (page) => {
      let tries = 0;
      const isAway = problem({ code: 'unavailable', status: 503 });
      await openList(page, (route) => (tries++ === 0 ? isAway(route) : isKept(route)));
      await keepButton(page).click();
      await page.getByText(`“${title}” could not be confirmed. The server cannot be reached`).waitFor();
      await keepButton(page).click();
      await page.getByText(`“${title}” stays on the market.`).waitFor();
      await keepButton(page).waitFor({ state: 'detached' });
    }));

  it('says in its editor, too, why it was not kept, and is kept from there', () =>
    visit({}, async (page) => {
      const listing = new FakeListing(expiring);
      const sold = problem({ code: 'conflict', status: 409, detail: 'only a listing on the market can be confirmed' });
      listing.replies[`POST /properties/${listingId}/confirm`] = sold;
      await edit(page, stack.webUrl, listing, 'review');
      await keepButton(page).click();
      await page.getByText('could not be confirmed. Only a listing on the market can be confirmed.').waitFor();
      listing.replies[`POST /properties/${listingId}/confirm`] = (route) => {
        listing.changeElsewhere({ isExpiring: false });
        return json(listing.current)(route);
      };
      await keepButton(page).click();
      await page.getByText('“3-bed house in Folsom” stays on the market.').waitFor();
      await keepButton(page).waitFor({ state: 'detached' });
    }));
});

describe('an import', () => {
  it('is mapped by the names of its columns, sent, followed and looked through', () =>
    visit({}, async (page) => {
      let sent = '';
      let current = listingImport({ status: 'waiting', stage: null, progress: 0, rowsRead: 0 });
      const replies = importing(finished);
      await open(page, '/sell/import', {
        ...replies,
        'GET /imports': (route) => json({ items: [current], nextCursor: null })(route),
        [`GET /imports/${listingId}`]: (route) => json({ ...current, rejectedRows: [] })(route),
        'POST /imports': (route) => {
          sent = route.request().postData() ?? '';
          assert.equal(route.request().headers()['x-csrf-token'], 'csrf');
          return json(current, 202)(route);
        },
      });
      await page.getByLabel('CSV file').setInputFiles(sampleFile);
      await page.getByText('Of the first 5 rows, one will be rejected').waitFor();
      await page.getByRole('cell', { name: '12 Elm Street, Elk Grove, 95758' }).waitFor();
      assert.equal(await page.getByLabel('Dates are written').inputValue(), 'M/d/yyyy');
      await page.getByLabel('“Multi Family” is a').selectOption('flat');
      await page.getByRole('button', { name: 'Start the import' }).click();

      await page.waitForURL(`**/sell/imports/${listingId}`);
      await page.getByText('Waiting for its turn').waitFor();
      const map = JSON.parse(/name="map"\r\n\r\n(.*)\r\n/.exec(sent)?.[1] ?? '{}');
      assert.deepEqual(map.priceMinor, { column: 'List Price', strip: '[^\\d.,+-]', multiply: 100 });
      assert.deepEqual(map.type.values, { Residential: 'house', Condo: 'flat', Lot: 'plot', 'Multi Family': 'flat' });
      assert.match(sent, /name="file"; filename="homes-may.csv"\r\nContent-Type: text\/csv/);

      current = listingImport();
      await page.getByText('Reading the rows: 12,400 rows read').waitFor();
      // Leaving it changes nothing about it.
      await page.getByRole('link', { name: 'Imports' }).click();
      await page.getByRole('progressbar', { name: 'Import of homes-may.csv' }).waitFor();
      await page.getByRole('link', { name: 'homes-may.csv' }).click();
      current = finished;
      await page.getByText('Done: 27,120 created').waitFor();
      const table = page.getByRole('table', { name: '220 rejected rows' });
      await table.getByRole('cell', { name: '17', exact: true }).waitFor();
      assert.ok((await table.getByRole('row').count()) < 60, 'every row is drawn');
      await table.locator('..').evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight));
      await table.locator('..').evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight));
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download as CSV' }).click();
      assert.equal((await download).suggestedFilename(), 'homes-may-rejected.csv');
    }));

  it('can be cancelled while it is read, by its name', () =>
    visit({}, async (page) => {
      let current = listingImport();
      await open(page, `/sell/imports/${listingId}`, {
        ...signedIn,
        [`GET /imports/${listingId}`]: (route) => json({ ...current, rejectedRows: [] })(route),
        [`POST /imports/${listingId}/cancel`]: (route) => {
          current = listingImport({ status: 'cancelled', stage: null });
          return json(current)(route);
        },
      });
      await page.getByRole('button', { name: 'Cancel the import' }).click();
      await page.getByRole('alertdialog', { name: 'Cancel the import of “homes-may.csv”?' }).waitFor();
      await page.getByRole('button', { name: 'Cancel it' }).click();
      await page.getByText('Cancelled. Nothing of it is in the market.').waitFor();
    }));

  it('that is refused says so, keeps the choices, and can be sent again', () =>
    visit({}, async (page) => {
      let tries = 0;
      await open(page, '/sell/import', {
        ...importing(finished),
        'POST /imports': (route) => (tries++ === 0 ? route.abort() : json(listingImport(), 202)(route)),
      });
      await page.getByLabel('CSV file').setInputFiles(sampleFile);
      await page.getByRole('button', { name: 'Start the import' }).click();
      await page.getByRole('alert').getByText('The server cannot be reached').waitFor();
      await page.getByRole('button', { name: 'Start the import' }).click();
      await page.waitForURL('**/sell/imports/*');
    }));
});

describe('every page of sellers', () => {
  for (const size of ['desktop', 'phone'] as const) {
    it(`has nothing serious for axe in light and dark, and is no wider than the screen, ${size}`, async () =>
      assert.deepEqual(await faultsOf(browser, stack.webUrl, sellingShots, size), []));
  }
});
