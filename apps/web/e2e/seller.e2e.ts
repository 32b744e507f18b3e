import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { fillSignIn } from './account-steps.ts';
import { press, tabTo, typeInto } from './keyboard.ts';
import { headingBegins } from './page-steps.ts';
import { isOnTheMarket, writeListing } from './selling-steps.ts';
import { testSite } from './site.ts';
import type { Journey } from './visit.ts';

const email = 'seller@viewora.test';

const site = testSite();

const visit = (journey: Journey) => site.visit({}, journey);
const { open } = site;
const saved = (page: Page) => page.getByRole('status').getByText('Saved', { exact: true }).waitFor();
/** The listing's own row: the list may have others until it has heard what is looked for. */
const isInState = (page: Page, word: string, state: string) =>
  page.getByRole('row').filter({ hasText: word }).getByRole('cell', { name: state }).waitFor();
const menuOf = (page: Page, title: string) => page.getByRole('button', { name: `What to do with “${title}”` });

/** A word that no other listing has. */
const newWord = () =>
  `Quillon${randomUUID()
    .slice(0, 8)
    .replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? '')}`;

async function choose(page: Page, title: string, action: string): Promise<void> {
  await press(page, menuOf(page, title));
  // Step by step until it is the one that is chosen, as somebody who reads the menu would.
  const focused = page.locator('[role=menuitem]:focus');
  for (let i = 0; i < 8; i++) {
    await focused.waitFor();
    const before = await focused.textContent();
    if (before?.trim().startsWith(action)) break;
    await page.keyboard.press('ArrowDown');
    await page.waitForFunction((text) => document.activeElement?.textContent !== text, before);
  }
  await page.keyboard.press('Enter');
}

describe('a seller', () => {
  it('writes, publishes, reprices and sells a home with the keyboard alone', () =>
    visit(async (page) => {
      const word = newWord();
      const title = `${word} cottage by the river`;
      await open(page, '/sell');
      await page.waitForURL('**/sign-in?next=%2Fsell');
      await typeInto(page, page.getByLabel('E-mail'), email);
      await typeInto(page, page.getByLabel('Password', { exact: true }), site.stack.demoPassword);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: 'Your listings' }).waitFor();

      await press(page, page.getByRole('link', { name: 'New listing' }));
      await page.getByRole('heading', { level: 1, name: 'New listing' }).waitFor();
      await tabTo(page, page.getByRole('radio', { name: 'House' }));
      await page.keyboard.press('Space');
      // The draft is begun, and has an address of its own, under the hands of its writer.
      await page.waitForURL('**/sell/*/edit');
      await page.locator('input[type=radio]:focus:checked').waitFor();
      await typeInto(page, page.getByLabel('Address'), '12 Elm Street');
      await typeInto(page, page.getByLabel('City'), 'Folsom');
      await typeInto(page, page.getByRole('combobox', { name: 'Find a place on the map' }), 'Folsom');
      await page.keyboard.press('Enter');
      await page.getByText('The map shows Folsom').first().waitFor();
      await press(page, page.getByRole('button', { name: 'Put the pin here' }));
      const pin = page.getByRole('application', { name: /The pin/ });
      await pin.and(page.locator(':focus')).waitFor();
      const place = async () =>
        [page.getByLabel('Latitude'), page.getByLabel('Longitude')].map((field) => field.inputValue());
      const [lat, lon] = (await Promise.all(await place())).map(Number);
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Shift+ArrowUp');
      const moved = (await Promise.all(await place())).map(Number);
      assert.ok(
        (moved[0] ?? 0) > (lat ?? 0) && (moved[1] ?? 0) > (lon ?? 0),
        `${moved} is not north-east of ${lat}, ${lon}`,
      );
      await saved(page);

      await page.reload();
      await page.getByRole('heading', { level: 1, name: 'House in Folsom' }).waitFor();
      assert.equal(await page.getByLabel('Address').inputValue(), '12 Elm Street');
      assert.deepEqual((await Promise.all(await place())).map(Number), moved);

      await press(page, page.getByRole('button', { name: 'Next' }));
      await page.getByRole('heading', { level: 2, name: 'Facts' }).and(page.locator(':focus')).waitFor();
      await typeInto(page, page.getByLabel('Bedrooms', { exact: true }), '3');
      await typeInto(page, page.getByLabel('Bathrooms', { exact: true }), '2.5');
      await typeInto(page, page.getByLabel('Area', { exact: true }), '1,240');
      await page.getByText('That is 115 m²').waitFor();
      await press(page, page.getByRole('button', { name: 'Next' }));
      await typeInto(page, page.getByLabel('Price', { exact: true }), '450k');
      await page.getByText('$450K, exactly $450,000').waitFor();
      // In a field, Enter goes on.
      await page.keyboard.press('Enter');
      await typeInto(page, page.getByLabel('Title'), title);
      await page.keyboard.press('Enter');
      await press(page, page.getByRole('button', { name: 'Publish' }));
      await isOnTheMarket(page);

      // A search may be as old as its cache allows, a second.
      await pause(2_000);
      await open(page, `/?q=${word}&view=38.67,-121.14,9`);
      await headingBegins(page, '1 home');
      await press(page, page.getByRole('link', { name: /\$450K/ }));
      await page.getByRole('heading', { level: 1, name: title }).waitFor();

      await open(page, `/sell?q=${word}`);
      await choose(page, title, 'Change the price');
      await typeInto(page, page.getByLabel('New price'), '440k');
      await page.getByText('2.2% less than before').waitFor();
      await page.keyboard.press('Enter');
      await page.getByText(`The price of “${title}” is $440,000 now.`).first().waitFor();
      await menuOf(page, title).and(page.locator(':focus')).waitFor();
      await choose(page, title, 'See it as buyers do');
      await page.getByText('cut by 2.2%').waitFor();

      await open(page, `/sell?q=${word}`);
      await choose(page, title, 'Mark as sold');
      const question = page.getByRole('alertdialog', { name: `Mark “${title}” as sold?` });
      await question.waitFor();
      await press(page, question.getByRole('button', { name: 'Mark as sold' }));
      await page.getByText(`“${title}” is marked as sold.`).first().waitFor();
      await isInState(page, word, 'Sold');
      await open(page, `/?q=${word}&view=38.67,-121.14,9`);
      await headingBegins(page, '0 homes');
    }));

  it('takes a home off the market and undoes it; half-typed prices are never seen', () =>
    visit(async (page) => {
      const word = newWord();
      await open(page, '/sell/new?step=words');
      await fillSignIn(page, { email, password: site.stack.demoPassword });
      await page.getByLabel('Title').fill(`${word} flat`);
      await page.getByText('Say what it is').waitFor();
      await page.getByRole('link', { name: /What and where/ }).click();
      await page.getByRole('radio', { name: 'Flat' }).check();
      await page.getByLabel('City').fill('Davis');
      await page.getByLabel('Latitude').fill('38.5449, -121.7405');
      assert.equal(await page.getByLabel('Longitude').inputValue(), '-121.7405');
      await page.getByRole('link', { name: /Price/ }).click();
      await page.getByLabel('Price', { exact: true }).fill('310k');
      await page.getByRole('link', { name: /Review/ }).click();
      await page.getByRole('button', { name: 'Publish' }).click();
      await isOnTheMarket(page);

      await page.waitForURL(/sell\/[\da-f-]+\/edit/);
      const id = /sell\/([\da-f-]+)\/edit/.exec(page.url())?.[1];
      const publicPrice = async () => {
        const reply = await fetch(`${site.webUrl}/api/v1/properties/${id}`);
        return ((await reply.json()) as { priceMinor: number }).priceMinor;
      };
      await page.getByRole('link', { name: /Price/ }).first().click();
      await page.getByLabel('Price', { exact: true }).fill('31');
      await page.getByText('1 change not saved yet').waitFor();
      await page.getByLabel('Price', { exact: true }).fill('305k');
      for (let tries = 0; tries < 50 && (await publicPrice()) !== 31_000_000; tries++) await pause(100);
      assert.equal(await publicPrice(), 31_000_000);
      await page.getByRole('button', { name: 'Save changes' }).click();
      await saved(page);
      for (let tries = 0; tries < 50 && (await publicPrice()) !== 30_500_000; tries++) await pause(100);
      assert.equal(await publicPrice(), 30_500_000);

      await page.getByRole('link', { name: 'Your listings' }).click();
      await page.getByRole('searchbox', { name: 'Search your listings' }).fill(word);
      await menuOf(page, `${word} flat`).click();
      await page.getByRole('menuitem', { name: 'Archive' }).click();
      await isInState(page, word, 'Archived');
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByText('is back on the market').first().waitFor();
      await isInState(page, word, 'On the market');
    }));

  it('has a description drafted from the facts, mends what should not be said, and publishes it', () =>
    visit(async (page) => {
      const word = newWord();
      const step = (name: RegExp) => page.getByRole('navigation', { name: 'Steps' }).getByRole('link', { name });
      await open(page, '/sell/new?step=words');
      await fillSignIn(page, { email, password: site.stack.demoPassword });
      await writeListing(page, `${word} flat`);
      await step(/Facts/).click();
      await page.getByLabel('Bedrooms', { exact: true }).fill('3');
      await step(/Words/).click();
      await saved(page);

      const description = page.getByRole('textbox', { name: 'Description' });
      await description.fill('The evening sun reaches the balcony.');
      await press(page, page.getByRole('button', { name: 'Draft it for me' }));
      await page.getByText('Written by rules, without a language model').waitFor();
      await page.getByText('To let it say more, add bathrooms, area and year built').waitFor();
      await press(page, page.getByRole('button', { name: 'Use it instead of mine' }));
      assert.match(await description.inputValue(), /^This 3-bed flat is in Davis/);
      await saved(page);
      await press(page, page.getByRole('button', { name: 'Undo' }));
      assert.equal(await description.inputValue(), 'The evening sun reaches the balcony.');
      await press(page, page.getByRole('button', { name: 'Use it instead of mine' }));
      await press(page, page.getByRole('button', { name: 'Keep the draft' }));

      await tabTo(page, description);
      await page.keyboard.press('ControlOrMeta+End');
      await page.keyboard.type(' Perfect for young families, no children.');
      const list = page.getByRole('list', { name: 'To look at in the description' });
      await press(page, list.getByRole('button', { name: /no children/ }));
      await page.keyboard.type('no stairs');
      await press(page, list.getByRole('button', { name: /famil/ }));
      await page.keyboard.type('trees');
      await list.waitFor({ state: 'detached' });
      await page.getByRole('status').getByText('Nothing to look at in the words any more.').waitFor();
      await saved(page);
      const written = await description.inputValue();
      assert.match(written, /^This 3-bed flat is in Davis.* Perfect for .*trees, no stairs\.$/);

      await press(page, step(/Review/));
      assert.equal(await list.count(), 0);
      await press(page, page.getByRole('button', { name: 'Publish' }));
      await isOnTheMarket(page);
      await press(page, page.getByRole('link', { name: 'See it as buyers do' }));
      await page.getByRole('main').getByText(written).waitFor();
    }));

  it('imports a file: rows that are fine are found at once, the rest is told, and a second time nothing changes', () =>
    visit(async (page) => {
      const word = newWord();
      const csv = [
        'Ref,Title,Street,City,Lat,Lng,Type,Beds,Asking Price',
        `1,${word} house,1 Mill Road,DAVIS,38.5449,-121.7405,Residential,3,"$450,000"`,
        `2,${word} condo,2 Mill Road,DAVIS,38.5451,-121.7401,Condo,1,"$310,000"`,
        `3,${word} ruin,3 Mill Road,DAVIS,38.5452,-121.7402,Residential,900,"$1,000"`,
      ].join('\n');
      const importFile = async () => {
        await page
          .getByLabel('CSV file')
          .setInputFiles({ name: `${word}.csv`, mimeType: 'text/csv', buffer: Buffer.from(`${csv}\n`) });
        await page.getByText('Of the first 3 rows, one will be rejected').waitFor();
        await page.getByRole('button', { name: 'Start the import' }).click();
        await page.waitForURL('**/sell/imports/*');
      };
      // What money the market counts in may be known only after the file has been chosen.
      await page.route('**/api/v1/properties?*', async (route) => {
        await pause(500);
        await route.continue();
      });
      await open(page, '/sell/import');
      await fillSignIn(page, { email, password: site.stack.demoPassword });
      await page.getByRole('heading', { level: 1, name: 'Import listings' }).waitFor();
      await importFile();
      await page.getByText('Done: 2 created, 1 rejected').waitFor();
      await page.getByRole('row', { name: /^4 Bedrooms/ }).waitFor();
      await open(page, `/?q=${word}&view=38.5449,-121.7405,12`);
      await headingBegins(page, '2 homes');
      await page
        .getByText(/^\$450/)
        .first()
        .waitFor();

      await open(page, '/sell/import');
      await page.getByRole('link', { name: `${word}.csv` }).waitFor();
      await importFile();
      await page.getByText('Done: 2 unchanged, 1 rejected').waitFor();
      await page.getByRole('link', { name: 'See your listings' }).click();
      await page.getByRole('searchbox', { name: 'Search your listings' }).fill(word);
      await menuOf(page, `${word} condo`).waitFor();
    }));
});
