import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fillSignIn } from './account-steps.ts';
import { edit } from './editor-shots.ts';
import { asha, fakeAccounts, json, problem, type Replies, session, signedIn } from './fake-accounts.ts';
import { FakeListing, listingId, ownListing, selling } from './fake-selling.ts';
import { testSite } from './site.ts';

const site = testSite();
const { visit, openWith: open } = site;

describe('what is typed into a listing', () => {
  it('outlives a failed save and a reload, and is saved once that is possible', () =>
    visit({}, async (page) => {
      const listing = new FakeListing();
      const patch = listing.replies[`PATCH /properties/${listingId}`];
      listing.replies[`PATCH /properties/${listingId}`] = (route) => route.abort();
      await edit(page, site.webUrl, listing, 'words');
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
      await edit(page, site.webUrl, listing, 'words');
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
      await edit(page, site.webUrl, listing, 'price');
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
      await page.goto(`${site.webUrl}/sell`);
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
      await edit(page, site.webUrl, listing, 'facts');
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
      await edit(page, site.webUrl, listing, 'words');
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
      await edit(page, site.webUrl, new FakeListing({ priceMinor: null }), 'review');
      await page.getByRole('link', { name: 'Price is needed' }).click();
      await page.getByLabel('Price', { exact: true }).waitFor();
    }));

  it('that waits for papers says so, and leads to them', () =>
    visit({}, async (page) => {
      const listing = new FakeListing();
      listing.replies[`POST /properties/${listingId}/publish`] = problem({ code: 'forbidden', status: 403 });
      await edit(page, site.webUrl, listing, 'review');
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
      await page.goto(`${site.webUrl}/sell/new`);
      await page.getByRole('radio', { name: 'House' }).waitFor();
      assert.equal(await page.getByRole('radio', { checked: true }).count(), 0);
    }));
});
