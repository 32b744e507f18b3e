import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ListingItem } from '@viewora/contracts/listing';
import type { Page } from 'playwright-core';
import { fakeAccounts, visitor } from './fake-accounts.ts';
import { fakeSaved, someHomes } from './fake-saved.ts';
import { inList, isPressed, search, toast } from './saved-steps.ts';
import { testSite } from './site.ts';

let homes: ListingItem[];

const site = testSite(async (stack) => {
  homes = await someHomes(stack.webUrl);
});
const { visit, open } = site;

describe('a comparison', () => {
  const pills = (page: Page) => inList(page).getByRole('button', { name: /^Compare / });
  const tray = (page: Page) => page.getByRole('region', { name: 'Homes to compare' });
  const compared = (page: Page) => page.getByRole('columnheader');

  it('is picked from the cards, outlasts a reload, and takes four homes at most', () =>
    visit({}, async (page) => {
      await fakeAccounts(page, visitor);
      const shown = await someHomes(site.webUrl, 50);
      await fakeSaved(page, { homes: shown });
      await search(page, site.webUrl);
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
