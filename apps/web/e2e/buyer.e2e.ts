import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { fillSignIn } from './account-steps.ts';
import { Members } from './members.ts';
import { resultsAreShown } from './page-steps.ts';
import { testSite } from './site.ts';

const site = testSite();
const { open } = site;
const hearts = (page: Page) =>
  page.getByRole('list', { name: 'Homes', exact: true }).getByRole('button', { name: /^Save / });
const isPressed = (button: Locator, pressed: boolean) =>
  button.and(button.page().locator(`[aria-pressed="${pressed}"]`)).waitFor();

describe('a buyer', () => {
  it('saves from the map, notes, compares, reports, and takes a home off the list', () =>
    site.visit({}, async (page) => {
      const typed = await new Members(site.stack).member();
      const rows = page.getByRole('list', { name: 'Saved homes' }).getByRole('listitem');
      await open(page, '/?view=38.58,-121.45,12');
      await resultsAreShown(page);
      await hearts(page).first().waitFor();
      const left = page.url();
      await hearts(page).first().click();
      await page.getByRole('dialog').getByRole('link', { name: 'Sign in' }).click();
      await fillSignIn(page, typed);
      await page.waitForURL(left);
      await isPressed(hearts(page).first(), true);
      await hearts(page).nth(1).click();
      await isPressed(hearts(page).nth(1), true);

      await page.getByRole('button', { name: /^Your account/ }).click();
      await page.getByRole('link', { name: 'Saved homes' }).click();
      await rows.nth(1).waitFor();
      await rows.first().getByLabel('Your note').fill('Ask about the roof');
      await rows.first().getByLabel('Your note').press('Enter');
      await rows.first().getByText('Saved', { exact: true }).waitFor();
      await page.reload();
      await rows.nth(1).waitFor();
      assert.equal(await rows.first().getByLabel('Your note').inputValue(), 'Ask about the roof');

      for (const i of [0, 1])
        await rows
          .nth(i)
          .getByRole('button', { name: /^Compare / })
          .click();
      await page.getByRole('link', { name: 'Compare 2 homes' }).click();
      await page.getByRole('rowheader', { name: 'Bedrooms' }).waitFor();
      await page.getByRole('columnheader').first().getByRole('link').click();
      await page.getByRole('button', { name: 'Report this listing' }).click();
      await page.getByRole('radio', { name: /not for sale/ }).check();
      await page.getByRole('button', { name: 'Send the report' }).click();
      await page.getByRole('heading', { name: 'Thank you' }).waitFor();

      await open(page, '/saved');
      await rows.nth(1).waitFor();
      await rows
        .first()
        .getByRole('button', { name: /^Remove / })
        .click();
      await page.getByRole('button', { name: 'Undo' }).click();
      await rows.nth(1).waitFor();
      assert.equal(await rows.first().getByLabel('Your note').inputValue(), 'Ask about the roof');
      await rows
        .first()
        .getByRole('button', { name: /^Remove / })
        .click();
      // Left before the toast has gone: what was removed is removed.
      await open(page, '/nowhere');
      await open(page, '/saved');
      await page.getByText('1 home, the last saved first').waitFor();
    }));
});
