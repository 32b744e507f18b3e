import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ListingItem } from '@viewora/contracts/listing';
import type { Page } from 'playwright-core';
import { fillSignIn } from './account-steps.ts';
import { fakeAccounts, json, problem, session } from './fake-accounts.ts';
import { buyer, fakeSaved, saved, someHomes } from './fake-saved.ts';
import { savedShots } from './saved-shots.ts';
import { asBuyer, away, isAsked, tellingOf } from './saved-steps.ts';
import { testSite } from './site.ts';

let homes: ListingItem[];

const site = testSite(async (stack) => {
  homes = await someHomes(stack.webUrl);
});
const { visit, open } = site;

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

describe('every page of a buyer', () => {
  for (const size of ['desktop', 'phone'] as const) {
    it(`has nothing serious for axe in light and dark, and is no wider than the screen, ${size}`, async () =>
      assert.deepEqual(await site.faults(savedShots, size), []));
  }
});
