import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { fillSignIn } from './account-steps.ts';
import { edit, editorShots } from './editor-shots.ts';
import { asha, json, problem, type Replies, session, signedIn } from './fake-accounts.ts';
import { FakeListing, items, listingId, ownListing, page as pageOf, selling } from './fake-selling.ts';
import { importShots } from './import-shots.ts';
import { ownListingsShots } from './own-listings-shots.ts';
import { testSite } from './site.ts';

const site = testSite();
const { visit, openWith: open } = site;

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

describe('a listing that will be archived unless somebody says that it is for sale', () => {
  const expiring = { status: 'published', expiresAt: '2026-06-30T00:00:00.000Z', isExpiring: true } as const;
  const title = 'Corner house by the river';
  const [first] = items;
  const keepButton = (page: Page) => page.getByRole('button', { name: /^Keep(ing)? it .*on the market: “/ });
  const isKept = json(ownListing({ status: 'published', title, expiresAt: '2026-09-30T12:00:00.000Z' }));
  /** In the place of the button that was pressed, with its focus. */
  const kept = (page: Page) => page.locator('p:focus').filter({ hasText: 'It stays on the market until 30 Sept' });
  const openList = (page: Page, confirm: Replies[string]) =>
    open(page, '/sell', {
      ...signedIn,
      'GET /me/listings': json(pageOf(first ? [{ ...first, ...expiring }] : [])),
      ...(confirm && { [`POST /properties/${first?.id}/confirm`]: confirm }),
    });

  it('is kept from the list by one press, which is sent once, and the focus stays where it was', () =>
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
      await kept(page).waitFor();
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
      await kept(page).waitFor();
      await keepButton(page).waitFor({ state: 'detached' });
    }));

  it('says in its editor, too, why it was not kept, and is kept from there', () =>
    visit({}, async (page) => {
      const listing = new FakeListing(expiring);
      const sold = problem({ code: 'conflict', status: 409, detail: 'only a listing on the market can be confirmed' });
      listing.replies[`POST /properties/${listingId}/confirm`] = sold;
      await edit(page, site.webUrl, listing, 'review');
      await keepButton(page).click();
      await page.getByText('could not be confirmed. Only a listing on the market can be confirmed.').waitFor();
      listing.replies[`POST /properties/${listingId}/confirm`] = (route) => {
        listing.changeElsewhere({ isExpiring: false, expiresAt: '2026-09-30T12:00:00.000Z' });
        return json(listing.current)(route);
      };
      await keepButton(page).click();
      await kept(page).waitFor();
      await keepButton(page).waitFor({ state: 'detached' });
    }));
});

describe('every page of sellers', () => {
  for (const size of ['desktop', 'phone'] as const) {
    it(`has nothing serious for axe in light and dark, and is no wider than the screen, ${size}`, async () =>
      assert.deepEqual(await site.faults([...ownListingsShots, ...editorShots, ...importShots], size), []));
  }
});
