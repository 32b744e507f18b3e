import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { ListingItem } from '@viewora/contracts/listing';
import type { Browser, Locator, Page } from 'playwright-core';
import { fillSignIn } from './account-steps.ts';
import { launchBrowser } from './browser.ts';
import { faultsOf } from './every-state.ts';
import { fakeAccounts, json, problem, type Replies, session, visitor } from './fake-accounts.ts';
import { broker, buyer, type FakeSaved, fakeOwner, fakeSaved, saved, someHomes } from './fake-saved.ts';
import { layoutShift, watchLayoutShift } from './measures.ts';
import { resultsAreShown } from './page-steps.ts';
import { savedShots } from './saved-shots.ts';
import { type Stack, startStack } from './stack.ts';
import { holdReplies, type Journey, type VisitOptions, visitWith } from './visit.ts';

const closeUp = '/?view=38.58,-121.45,12';
const away = problem({ code: 'unavailable', status: 503 });

let stack: Stack;
let browser: Browser;
let homes: ListingItem[];

before(async () => {
  [stack, browser] = await Promise.all([startStack(), launchBrowser()]);
  homes = await someHomes(stack.webUrl);
});

after(async () => {
  await browser?.close();
  await stack?.stop();
});

const visit = (options: VisitOptions, journey: Journey) => visitWith(browser, options, journey);
const open = (page: Page, path: string) => page.goto(`${stack.webUrl}${path}`);
const inList = (page: Page) => page.getByRole('list', { name: 'Homes', exact: true });
const hearts = (page: Page) => inList(page).getByRole('button', { name: /^Save / });
const isPressed = (button: Locator, pressed: boolean) =>
  button.and(button.page().locator(`[aria-pressed="${pressed}"]`)).waitFor();
const toast = (page: Page, text: string) => page.getByRole('status').getByText(text, { exact: true });
const tellingOf = (kept: FakeSaved, method: string) => kept.calls.filter((call) => call.startsWith(method));

async function asBuyer(page: Page): Promise<void> {
  await fakeAccounts(page, { 'GET /auth/session': session(buyer) });
}

async function search(page: Page): Promise<void> {
  await open(page, closeUp);
  await resultsAreShown(page);
  await hearts(page).first().waitFor();
}

/** The fake server has been asked; the clock of the page may stand still, this one does not. */
async function isAsked(kept: FakeSaved, method: string, times = 1): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (tellingOf(kept, method).length < times) {
    assert.ok(Date.now() < deadline, `${method} has not been asked ${times} times, only ${kept.calls.join(', ')}`);
    await pause(20);
  }
}

describe('a heart', () => {
  it('saves its home by keyboard, right after the link it belongs to, and opens nothing', () =>
    visit({}, async (page) => {
      await asBuyer(page);
      const kept = await fakeSaved(page, { homes });
      await search(page);
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
      await search(page);
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
      await search(page);
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
      await search(page);
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
      await search(page);
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
      await search(page);
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

describe('the saved homes', () => {
  const favourites = () => homes.map((home) => saved(home));
  const rows = (page: Page) => page.getByRole('list', { name: 'Saved homes' }).getByRole('listitem');

  it('are a visitor’s after signing in, and have their way in behind one’s initials', () =>
    visit({}, async (page) => {
      let isIn = false;
      await fakeAccounts(page, {
        'GET /auth/session': (route) => session(isIn ? buyer : null)(route),
        'POST /auth/login': (route) => {
          isIn = true;
          return json({ user: buyer })(route);
        },
      });
      await fakeSaved(page, { homes, favourites: favourites() });
      await open(page, '/saved');
      await page.waitForURL('**/sign-in?next=%2Fsaved');
      await fillSignIn(page, { email: buyer.email, password: 'seven green lanterns' });
      await page.waitForURL('**/saved');
      await rows(page).first().waitFor();
      await open(page, '/nowhere');
      await page.getByRole('button', { name: /^Your account/ }).click();
      await page.getByRole('link', { name: 'Saved homes' }).click();
      await rows(page).first().waitFor();
    }));

  it('keep a note on Enter, when its field is left, and when the typing pauses; a failure loses nothing', () =>
    visit({}, async (page) => {
      await asBuyer(page);
      const noting = `PUT /me/favourites/${homes[0]?.id}/note`;
      const instead: Record<string, ReturnType<typeof problem>> = {};
      const kept = await fakeSaved(page, { homes, favourites: favourites(), instead });
      const noteOf = (i: number) => kept.favourites[i]?.note;
      await open(page, '/saved');
      const field = rows(page).first().getByLabel('Your note');
      const said = (text: string) => rows(page).first().getByRole('status').getByText(text, { exact: true }).waitFor();
      await field.fill('Quiet street');
      await field.press('Enter');
      await said('Saved');
      assert.equal(noteOf(0), 'Quiet street');
      await field.fill('Quiet street, old roof');
      await field.blur();
      await said('Saved');
      assert.equal(noteOf(0), 'Quiet street, old roof');
      await field.fill('Quiet street, new roof');
      await isAsked(kept, noting, 3);
      await said('Saved');

      instead[noting] = away;
      await field.fill('Too dear');
      await field.press('Enter');
      await rows(page).first().getByText('Not saved.').waitFor();
      assert.equal(await field.inputValue(), 'Too dear');
      delete instead[noting];
      await rows(page).first().getByRole('button', { name: 'Try again' }).click();
      await said('Saved');
      assert.equal(noteOf(0), 'Too dear');

      const calls = kept.calls.length;
      await field.fill('x'.repeat(2_001));
      await field.press('Enter');
      await rows(page).first().getByText('1 too many: not saved').waitFor();
      assert.equal(kept.calls.length, calls);
      await field.fill('');
      await field.press('Enter');
      await said('Saved');
      assert.equal(noteOf(0), null);
    }));

  it('load more, and lose one only until it is put back', () =>
    visit({}, async (page) => {
      await asBuyer(page);
      const kept = await fakeSaved(page, { homes, favourites: favourites(), pageSize: 4 });
      await open(page, '/saved');
      await rows(page).nth(3).waitFor();
      assert.equal(await rows(page).count(), 4);
      await page.getByRole('button', { name: 'Load more' }).click();
      await rows(page).nth(5).waitFor();
      await page.getByText('6 homes, the last saved first').waitFor();

      await rows(page)
        .nth(1)
        .getByRole('button', { name: /^Remove / })
        .press('Enter');
      await page.getByText('5 homes, the last saved first').waitFor();
      // The focus is on the next home, not lost with the one that is gone.
      assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'LI');
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByText('6 homes, the last saved first').waitFor();
      assert.deepEqual(tellingOf(kept, 'DELETE'), []);

      await rows(page)
        .nth(1)
        .getByRole('button', { name: /^Remove / })
        .click();
      await page.keyboard.press('Escape');
      await isAsked(kept, 'DELETE');
      await page.reload();
      await page.getByText('5 homes, the last saved first').waitFor();
    }));

  it('that are off the market are said to be, and can only be removed', () =>
    visit({}, async (page) => {
      await asBuyer(page);
      const [first] = favourites();
      assert.ok(first);
      await fakeSaved(page, { homes, favourites: [{ ...first, listing: null, note: 'A pity' }] });
      await open(page, '/saved');
      await rows(page).getByText('No longer for sale').waitFor();
      await rows(page).getByText('A pity').waitFor();
      assert.equal(await rows(page).getByRole('link').count(), 0);
      await rows(page)
        .getByRole('button', { name: /^Remove / })
        .click();
      await page.getByText('None yet').waitFor();
    }));
});

describe('a comparison', () => {
  const pills = (page: Page) => inList(page).getByRole('button', { name: /^Compare / });
  const tray = (page: Page) => page.getByRole('region', { name: 'Homes to compare' });
  const compared = (page: Page) => page.getByRole('columnheader');

  it('is picked from the cards, outlasts a reload, and takes four homes at most', () =>
    visit({}, async (page) => {
      await fakeAccounts(page, visitor);
      const shown = await someHomes(stack.webUrl, 50);
      await fakeSaved(page, { homes: shown });
      await search(page);
      await pills(page).first().focus();
      await page.keyboard.press('Space');
      await tray(page).getByText('Pick one more to compare').waitFor();
      for (const i of [1, 2, 3]) await pills(page).nth(i).click();
      await tray(page).getByRole('link', { name: 'Compare 4 homes' }).waitFor();
      await pills(page).nth(4).click();
      await toast(page, '4 homes at most. Take one out to add another').waitFor();
      await isPressed(pills(page).nth(4), false);
      await page.reload();
      await tray(page).getByRole('link', { name: 'Compare 4 homes' }).waitFor();
      await tray(page)
        .getByRole('button', { name: /^Take out / })
        .first()
        .click();
      await tray(page).getByRole('link', { name: 'Compare 3 homes' }).waitFor();
      await tray(page).getByRole('button', { name: 'Clear' }).click();
      await tray(page).waitFor({ state: 'detached' });
    }));

  it('says in its address which homes, reads as a table, and lets one go', () =>
    visit({}, async (page) => {
      await fakeAccounts(page, visitor);
      await fakeSaved(page, { homes });
      await open(page, `/compare?ids=${homes.slice(0, 3).map(({ id }) => id)}`);
      await page.getByRole('rowheader', { name: 'Price', exact: true }).waitFor();
      assert.equal(await compared(page).count(), 3);
      const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Price', exact: true }) });
      assert.equal(await row.getByText('Lowest price').count(), 1);
      await page.getByRole('rowheader', { name: /^Type/ }).waitFor();
      await page.getByRole('checkbox', { name: 'Only what differs' }).check();
      await page.getByRole('rowheader', { name: /^Type/ }).waitFor({ state: 'detached' });

      await page
        .getByRole('button', { name: /^Take out / })
        .first()
        .click();
      await page.waitForURL((url) => url.searchParams.get('ids') === `${homes[1]?.id},${homes[2]?.id}`);
      await page.getByRole('heading', { level: 1, name: 'Compare 2 homes' }).and(page.locator(':focus')).waitFor();
      // Whoever adds one goes on with those that are left.
      await page.getByRole('link', { name: 'Add a home' }).click();
      await tray(page).getByRole('link', { name: 'Compare 2 homes' }).waitFor();
    }));

  it('says which of its homes are gone', () =>
    visit({}, async (page) => {
      await fakeAccounts(page, visitor);
      await fakeSaved(page, { homes });
      await open(page, `/compare?ids=${homes[0]?.id},${homes[1]?.id},0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a`);
      await page.getByText('1 home is no longer for sale, and left out here.').waitFor();
    }));

  it('goes by under the thumb on a phone, with the names of the facts in view', () =>
    visit({ size: 'phone' }, async (page) => {
      await fakeAccounts(page, visitor);
      await fakeSaved(page, { homes });
      await open(page, `/compare?ids=${homes.slice(0, 4).map(({ id }) => id)}`);
      const name = page.getByRole('rowheader', { name: 'Price', exact: true });
      await name.waitFor();
      const before = await name.boundingBox();
      await page.getByRole('region', { name: 'Comparison' }).evaluate((table) => table.scrollTo(300, 0));
      await page.waitForFunction(
        () => (document.querySelector('section[aria-label="Comparison"]')?.scrollLeft ?? 0) > 100,
      );
      assert.equal((await name.boundingBox())?.x, before?.x);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
    }));
});

describe('a report', () => {
  it('wants a reason, keeps what was typed when it is refused, and thanks', () =>
    visit({}, async (page) => {
      await fakeAccounts(page, visitor);
      const instead: Record<string, ReturnType<typeof problem>> = { 'POST /properties/:id/reports': away };
      const kept = await fakeSaved(page, { homes, instead });
      await open(page, `/homes/${homes[0]?.id}`);
      const link = page.getByRole('button', { name: 'Report this listing' });
      await link.focus();
      await page.keyboard.press('Enter');
      const send = page.getByRole('button', { name: 'Send the report' });
      await send.click();
      await page.getByText('A reason is missing.').waitFor();
      await page.locator('[name="reason"]:focus').waitFor();
      await page.getByRole('radio', { name: /fraud/ }).check();
      const more = page.getByRole('textbox', { name: /More about it/ });
      await more.fill('  The pictures are of another house. ');
      await send.click();
      await page.getByRole('alert').waitFor();
      assert.equal(await more.inputValue(), '  The pictures are of another house. ');
      delete instead['POST /properties/:id/reports'];
      await send.click();
      await page.getByRole('heading', { name: 'Thank you' }).waitFor();
      assert.deepEqual(kept.bodies.at(-1), { reason: 'fraud', text: 'The pictures are of another house.' });
      await page.getByRole('button', { name: 'Done' }).and(page.locator(':focus')).press('Enter');
      await link.and(page.locator(':focus')).waitFor();
    }));
});

describe('whose listing it is', () => {
  it('is said on its page, and leads to them and to what else they have', () =>
    visit({}, async (page) => {
      await fakeAccounts(page, visitor);
      await fakeSaved(page, { homes });
      await fakeOwner(page, homes[0]?.id ?? '');
      await open(page, `/homes/${homes[0]?.id}`);
      await page.getByRole('link', { name: `Listed by ${broker.name}` }).click();
      await page.getByRole('heading', { level: 1, name: broker.name }).waitFor();
      await page.getByText('Verified broker').waitFor();
      await page.getByRole('heading', { name: `${homes.length} homes for sale` }).waitFor();
      await page.getByRole('link', { name: /\$/ }).first().click();
      await page.getByRole('rowheader', { name: 'Bedrooms' }).waitFor();
    }));

  it('is not said where it is nobody with a profile', () =>
    visit({}, async (page) => {
      await fakeAccounts(page, visitor);
      await fakeSaved(page, {
        homes,
        instead: { [`GET /users/${broker.id}`]: problem({ code: 'not_found', status: 404 }) },
      });
      await open(page, `/homes/${homes[1]?.id}`);
      await page.getByText('Why:').first().waitFor();
      assert.equal(await page.getByText('Listed by').count(), 0);
      await fakeOwner(page, homes[0]?.id ?? '');
      const asked = page.waitForResponse('**/api/v1/users/*');
      await open(page, `/homes/${homes[0]?.id}`);
      await asked;
      await page.getByText('Why:').first().waitFor();
      assert.equal(await page.getByText('Listed by').count(), 0);
      await open(page, `/people/${broker.id}`);
      await page.getByRole('heading', { name: /Nobody/ }).waitFor();
    }));
});

describe('every page of a buyer', () => {
  for (const size of ['desktop', 'phone'] as const) {
    it(`has nothing serious for axe in light and dark, and is no wider than the screen, ${size}`, async () =>
      assert.deepEqual(await faultsOf(browser, stack.webUrl, savedShots, size), []));
  }
});
