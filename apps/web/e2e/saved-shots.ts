import type { ListingItem } from '@viewora/contracts/listing';
import type { Page } from 'playwright-core';
import { fakeAccounts, problem, session, visitor } from './fake-accounts.ts';
import { broker, buyer, fakeOwner, fakeSaved, saved, someHomes } from './fake-saved.ts';
import { resultsAreShown } from './page-steps.ts';
import type { Shot } from './shot.ts';

const closeUp = '/?view=38.58,-121.45,12';
const note =
  'The kitchen faces the garden, and the school is four minutes on foot. Ask about the roof: the neighbours had theirs done in 2019.';

async function asBuyer(page: Page): Promise<void> {
  await fakeAccounts(page, { 'GET /auth/session': session(buyer) });
}

async function savedPage(page: Page, web: string, count = 5): Promise<ListingItem[]> {
  const homes = await someHomes(web);
  const [first, second, third, ...others] = homes.slice(0, count);
  const favourites = [
    first && saved(first, { savedPriceMinor: first.priceMinor + 1_200_000, note }),
    second && saved(second, { savedPriceMinor: second.priceMinor - 900_000 }),
    third && saved(third, { listing: null, note: 'Too near the road.' }),
    ...others.map((home) => saved(home)),
  ].filter((favourite) => favourite !== undefined);
  await asBuyer(page);
  await fakeSaved(page, { homes, favourites, pageSize: 4 });
  await page.goto(`${web}/saved`);
  await page.getByRole('heading', { level: 1, name: 'Saved homes' }).waitFor();
  return homes;
}

const foot = (page: Page) => page.getByRole('main').evaluate((main) => main.scrollTo(0, main.scrollHeight));

async function comparePage(page: Page, web: string, count: number): Promise<void> {
  const homes = await someHomes(web);
  await fakeAccounts(page, visitor);
  await fakeSaved(page, { homes });
  await page.goto(`${web}/compare?ids=${homes.slice(0, count).map(({ id }) => id)}`);
  await page.getByRole('rowheader', { name: 'Bedrooms' }).waitFor();
}

async function listing(page: Page, web: string): Promise<ListingItem> {
  const [home] = await someHomes(web);
  if (!home) throw new Error('The market is empty');
  await fakeOwner(page, home.id);
  await page.goto(`${web}/homes/${home.id}`);
  await page.getByText('Why:').first().waitFor();
  await page.getByText(`Listed by ${broker.name}`).waitFor();
  return home;
}

async function report(page: Page, web: string): Promise<void> {
  await listing(page, web);
  await page.getByRole('button', { name: 'Report this listing' }).click();
  await page.getByRole('dialog').waitFor();
}

/** The list of homes, which a phone has in a sheet. */
async function results(page: Page, web: string): Promise<void> {
  await page.goto(web + closeUp);
  await resultsAreShown(page);
  const handle = page.getByRole('button', { name: /List of homes/ });
  if (await handle.isVisible()) await handle.press('ArrowUp');
}

export const savedShots: readonly Shot[] = [
  {
    name: 'search-saved',
    async take(page, web) {
      await asBuyer(page);
      await fakeSaved(page, { homes: await someHomes(web) });
      await results(page, web);
      const hearts = page.getByRole('list', { name: 'Homes' }).getByRole('button', { name: /^Save / });
      await hearts.nth(1).click();
      await hearts.nth(0).click();
      await page.getByRole('button', { name: 'Undo' }).waitFor();
    },
  },
  {
    name: 'search-picked-to-compare',
    only: ['tablet', 'desktop'],
    async take(page, web) {
      await fakeAccounts(page, visitor);
      await results(page, web);
      const pills = page.getByRole('list', { name: 'Homes' }).getByRole('button', { name: /^Compare / });
      for (const i of [0, 1]) await pills.nth(i).click();
      await page.getByRole('region', { name: 'Homes to compare' }).getByRole('link').waitFor();
    },
  },
  {
    name: 'save-visitor',
    async take(page, web) {
      await fakeAccounts(page, visitor);
      await results(page, web);
      await page
        .getByRole('button', { name: /^Save / })
        .first()
        .click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'saved',
    async take(page, web) {
      await savedPage(page, web);
    },
  },
  {
    name: 'saved-end',
    async take(page, web) {
      const homes = await savedPage(page, web);
      for (const home of homes.slice(0, 2)) {
        await page
          .getByRole('button', { name: `Compare ${home.title}` })
          .first()
          .click();
      }
      await foot(page);
      await page
        .getByRole('button', { name: /^Remove / })
        .last()
        .click();
    },
  },
  {
    name: 'saved-note',
    async take(page, web) {
      await savedPage(page, web);
      const field = page.getByLabel('Your note').nth(1);
      await field.fill('Ask about the roof. '.repeat(101));
      await field.blur();
    },
  },
  {
    name: 'saved-empty',
    async take(page, web) {
      await savedPage(page, web, 0);
      await page.getByText('None yet').waitFor();
    },
  },
  {
    name: 'saved-loading',
    async take(page, web) {
      await asBuyer(page);
      await page.route('**/api/v1/me/favourites?*', () => {});
      await page.goto(`${web}/saved`);
      await page.getByText('Loading your saved homes').waitFor({ state: 'attached' });
    },
  },
  {
    name: 'saved-error',
    async take(page, web) {
      await asBuyer(page);
      await page.route('**/api/v1/me/favourites**', (route) => route.abort());
      await page.goto(`${web}/saved`);
      await page.getByRole('button', { name: 'Try again' }).waitFor();
    },
  },
  { name: 'compare', take: (page, web) => comparePage(page, web, 3) },
  {
    name: 'compare-four',
    async take(page, web) {
      await comparePage(page, web, 4);
      await page.getByRole('checkbox', { name: 'Only what differs' }).check();
      await page.getByRole('region', { name: 'Comparison' }).evaluate((table) => table.scrollTo(400, 0));
    },
  },
  {
    name: 'compare-none',
    async take(page, web) {
      await fakeAccounts(page, visitor);
      await page.goto(`${web}/compare`);
      await page.getByRole('heading', { name: 'Pick the homes to compare' }).waitFor();
    },
  },
  {
    name: 'listing-owner',
    async take(page, web) {
      await fakeAccounts(page, visitor);
      await fakeSaved(page, { homes: await someHomes(web) });
      await listing(page, web);
    },
  },
  {
    name: 'listing-picked',
    async take(page, web) {
      await asBuyer(page);
      await fakeSaved(page, { homes: await someHomes(web) });
      const home = await listing(page, web);
      await page.getByRole('button', { name: `Compare ${home.title}` }).click();
      await page.getByRole('button', { name: `Save ${home.title}` }).click();
      await page.getByRole('button', { name: 'Undo' }).waitFor();
    },
  },
  {
    name: 'report',
    async take(page, web) {
      await fakeAccounts(page, visitor);
      await fakeSaved(page, { homes: [] });
      await report(page, web);
    },
  },
  {
    name: 'report-refused',
    async take(page, web) {
      await fakeAccounts(page, visitor);
      const refused = problem({ code: 'too_many_requests', status: 429 }, { 'retry-after': '90' });
      await fakeSaved(page, { homes: [], instead: { 'POST /properties/:id/reports': refused } });
      await report(page, web);
      await page.getByRole('radio', { name: /fraud/ }).check();
      await page.getByRole('textbox', { name: /More about it/ }).fill('The pictures are of another house.');
      await page.getByRole('button', { name: 'Send the report' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'report-done',
    async take(page, web) {
      await fakeAccounts(page, visitor);
      await fakeSaved(page, { homes: [] });
      await report(page, web);
      await page.getByRole('radio', { name: /twice/ }).check();
      await page.getByRole('button', { name: 'Send the report' }).click();
      await page.getByRole('heading', { name: 'Thank you' }).waitFor();
    },
  },
  {
    name: 'person',
    async take(page, web) {
      await fakeAccounts(page, visitor);
      await fakeSaved(page, { homes: await someHomes(web) });
      await page.goto(`${web}/people/${broker.id}`);
      await page.getByRole('heading', { name: 'homes for sale' }).waitFor();
    },
  },
  {
    name: 'person-missing',
    async take(page, web) {
      await fakeAccounts(page, visitor);
      await fakeSaved(page, { homes: [] });
      await page.goto(`${web}/people/0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f3c`);
      await page.getByRole('heading', { name: /Nobody/ }).waitFor();
    },
  },
];
