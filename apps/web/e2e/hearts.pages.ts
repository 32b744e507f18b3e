import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ListingItem } from '@viewora/contracts/listing';
import { fillSignIn } from './account-steps.ts';
import { fakeAccounts, json, problem, type Replies, session } from './fake-accounts.ts';
import { buyer, fakeSaved, saved, someHomes } from './fake-saved.ts';
import { layoutShift, watchLayoutShift } from './measures.ts';
import { resultsAreShown } from './page-steps.ts';
import { asBuyer, away, closeUp, hearts, inList, isAsked, isPressed, search, tellingOf, toast } from './saved-steps.ts';
import { testSite } from './site.ts';
import { holdReplies } from './visit.ts';

let homes: ListingItem[];

const site = testSite(async (stack) => {
  homes = await someHomes(stack.webUrl);
});
const { visit, open } = site;

describe('a heart', () => {
  it('saves its home by keyboard, right after the link it belongs to, and opens nothing', () =>
    visit({}, async (page) => {
      await asBuyer(page);
      const kept = await fakeSaved(page, { homes });
      await search(page, site.webUrl);
      const address = page.url();
      await inList(page).getByRole('link').first().focus();
      await page.keyboard.press('Tab');
      await hearts(page).first().and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Space');
      await isPressed(hearts(page).first(), true);
      await toast(page, 'Saved').waitFor();
      await isAsked(kept, 'PUT');
      assert.equal(page.url(), address);
      // However many cards there are.
      assert.equal(tellingOf(kept, 'GET /me/favourites/ids').length, 1);
      const name = await inList(page).getByRole('link').first().getAttribute('aria-label');
      assert.equal(name, null);
      assert.equal(await inList(page).getByRole('link').first().getByRole('button').count(), 0);
    }));

  it('is filled before the server has answered, moves nothing, and is empty again when that refuses', () =>
    visit({}, async (page) => {
      await watchLayoutShift(page);
      await asBuyer(page);
      const instead: Record<string, ReturnType<typeof problem>> = { 'PUT /me/favourites/:id': away };
      const kept = await fakeSaved(page, { homes, instead });
      await search(page, site.webUrl);
      const shift = await layoutShift(page);
      const release = await holdReplies(page, /favourites\/[\da-f]/);
      await hearts(page).first().click();
      await isPressed(hearts(page).first(), true);
      release();
      await isPressed(hearts(page).first(), false);
      await toast(page, 'The home could not be saved').waitFor();
      assert.equal(await layoutShift(page), shift);
      delete instead['PUT /me/favourites/:id'];
      await page.getByRole('button', { name: 'Try again' }).click();
      await toast(page, 'Saved').waitFor();
      await isAsked(kept, 'PUT', 2);
      await isPressed(hearts(page).first(), true);
    }));

  it('that is emptied by mistake keeps the note: the server hears of it when nobody can undo it any more', () =>
    visit({}, async (page) => {
      await asBuyer(page);
      await page.clock.install();
      const kept = await fakeSaved(page, { homes });
      await search(page, site.webUrl);
      const id = (await inList(page).getByRole('link').first().getAttribute('data-card')) ?? '';
      const [home] = homes;
      assert.ok(home);
      kept.favourites.push(saved({ ...home, id }, { note: 'Ask about the roof' }));
      await page.reload();
      await resultsAreShown(page);
      const heart = hearts(page).first();
      await isPressed(heart, true);
      await heart.click();
      await isPressed(heart, false);
      await page.getByRole('button', { name: 'Undo' }).click();
      await isPressed(heart, true);
      assert.deepEqual(tellingOf(kept, 'DELETE'), []);

      await heart.click();
      await toast(page, 'Removed').hover();
      // It waits for whoever is at it.
      await page.clock.runFor(20_000);
      await toast(page, 'Removed').waitFor();
      assert.deepEqual(tellingOf(kept, 'DELETE'), []);
      await page.mouse.move(0, 0);
      await page.clock.runFor(6_100);
      await isAsked(kept, 'DELETE');
      assert.deepEqual(kept.favourites, []);
    }));

  it('is undone by keyboard from its toast, which gives the focus back', () =>
    visit({}, async (page) => {
      await asBuyer(page);
      const kept = await fakeSaved(page, { homes });
      await search(page, site.webUrl);
      await hearts(page).first().focus();
      await page.keyboard.press('Enter');
      await toast(page, 'Saved').waitFor();
      await page.keyboard.press('F8');
      await page.getByRole('button', { name: 'Undo' }).and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Enter');
      await isPressed(hearts(page).first(), false);
      await hearts(page).first().and(page.locator(':focus')).waitFor();
      await isAsked(kept, 'DELETE');

      await page.keyboard.press('Enter');
      await toast(page, 'Saved').waitFor();
      await page.keyboard.press('Escape');
      await toast(page, 'Saved').waitFor({ state: 'detached' });
    }));

  it('of a removed home tells the server at the latest when the page is left', () =>
    visit({}, async (page) => {
      await asBuyer(page);
      const kept = await fakeSaved(page, { homes });
      await search(page, site.webUrl);
      await hearts(page).first().click();
      await isAsked(kept, 'PUT');
      await hearts(page).first().click();
      // What a browser says to a page that it takes away; a made-up reply could not be given any more then.
      await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide')));
      await isAsked(kept, 'DELETE');
    }));
});

describe('a visitor who presses a heart', () => {
  /** Signs in whoever asks, and says so from then on. */
  function signsIn(): Replies {
    let isIn = false;
    return {
      'GET /auth/session': (route) => session(isIn ? buyer : null)(route),
      'POST /auth/login': (route) => {
        isIn = true;
        return json({ user: buyer })(route);
      },
    };
  }

  it('is asked to sign in, comes back to the very place, and finds the home saved, once', () =>
    visit({}, async (page) => {
      await fakeAccounts(page, signsIn());
      const kept = await fakeSaved(page, { homes });
      await search(page, site.webUrl);
      const list = page.locator('#results');
      await list.evaluate((element) => element.scrollTo(0, 1600));
      await page.locator('[data-index="0"]').waitFor({ state: 'detached' });
      const card = inList(page).getByRole('listitem').nth(3);
      const id = await card.getByRole('link').getAttribute('data-card');
      const address = page.url();
      await card.getByRole('button', { name: /^Save / }).focus();
      const top = await list.evaluate((element) => element.scrollTop);
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Sign in to save this home' });
      await dialog.waitFor();
      assert.deepEqual(tellingOf(kept, 'PUT'), []);
      await dialog.getByRole('link', { name: 'Sign in' }).press('Enter');
      await fillSignIn(page, { email: buyer.email, password: 'seven green lanterns' });
      await page.waitForURL(address);
      await resultsAreShown(page);
      await toast(page, 'Saved').waitFor();
      const heart = page.locator(`li:has([data-card="${id}"])`).getByRole('button', { name: /^Save / });
      await isPressed(heart, true);
      assert.ok(Math.abs((await list.evaluate((element) => element.scrollTop)) - top) < 5, 'the list has moved');
      assert.deepEqual(tellingOf(kept, 'PUT'), [`PUT /me/favourites/${id}`]);
      await page.reload();
      await resultsAreShown(page);
      await isPressed(heart, true);
      assert.equal(tellingOf(kept, 'PUT').length, 1);
    }));

  it('who does not want to is asked nothing more, and later finds nothing saved', () =>
    visit({ size: 'phone' }, async (page) => {
      await fakeAccounts(page, signsIn());
      const kept = await fakeSaved(page, { homes });
      await open(page, closeUp);
      await resultsAreShown(page);
      await page.getByRole('button', { name: /List of homes/ }).press('ArrowUp');
      await hearts(page).first().click();
      await page.getByRole('dialog').getByRole('button', { name: 'Not now' }).click();
      await hearts(page).first().and(page.locator(':focus')).waitFor();
      await page.getByRole('link', { name: 'Sign in' }).click();
      await fillSignIn(page, { email: buyer.email, password: 'seven green lanterns' });
      await page.getByRole('button', { name: /^Your account/ }).waitFor();
      await resultsAreShown(page);
      await isAsked(kept, 'GET /me/favourites/ids');
      assert.deepEqual(tellingOf(kept, 'PUT'), []);
    }));
});
