import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startPlatform } from '@viewora/testkit/platform';
import type { Browser, Page } from 'playwright-core';
import { accountShots } from './account-shots.ts';
import { adminShots } from './admin-shots.ts';
import { advisorShots } from './advisor-shots.ts';
import { analyticsShots } from './analytics-shots.ts';
import { launchBrowser, openContext, sizes } from './browser.ts';
import { editorShots } from './editor-shots.ts';
import { importShots } from './import-shots.ts';
import { insightsShots } from './insights-shots.ts';
import { notificationsShots } from './notifications-shots.ts';
import { ownAccountShots } from './own-account-shots.ts';
import { ownListingsShots } from './own-listings-shots.ts';
import { mapIsDrawn, resultsAreShown, turnDark } from './page-steps.ts';
import { savedShots } from './saved-shots.ts';
import type { Shot, SizeName } from './shot.ts';
import { verificationShots } from './verification-shots.ts';
import { wordsShots } from './words-shots.ts';

const folder = join(import.meta.dirname, '..', 'shots');

const filters = 'minBeds=3&maxPriceMinor=30000000&currency=USD&type=house';
const closeUp = 'view=38.58,-121.45,12.5';
const drawn = '-121.55,38.52;-121.42,38.5;-121.35,38.6;-121.45,38.68;-121.56,38.62';

async function firstHome(webUrl: string): Promise<string> {
  const response = await fetch(`${webUrl}/api/v1/properties?limit=1&sort=price_desc&minBeds=4`);
  const { items } = (await response.json()) as { items: { id: string }[] };
  return items[0]?.id ?? '';
}

async function results(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await resultsAreShown(page);
  await mapIsDrawn(page);
}

const shots: readonly Shot[] = [
  { name: 'search', take: (page, web) => results(page, web) },
  { name: 'search-city', take: (page, web) => results(page, `${web}/?${closeUp}`) },
  { name: 'search-country', take: (page, web) => results(page, `${web}/?view=38.5,-115,4.2`) },
  { name: 'search-filtered', take: (page, web) => results(page, `${web}/?${filters}`) },
  {
    name: 'search-question',
    async take(page, web) {
      await results(page, web);
      const box = page.getByRole('combobox', { name: /Search for/ });
      await box.fill('3 bed house in Folsom under 600k with a pool, no Muslims');
      await page.getByRole('option', { name: /^3\+ beds/ }).waitFor();
      await box.press('Enter');
      await page.getByRole('region', { name: 'How your words were read' }).waitFor();
      await resultsAreShown(page);
      await mapIsDrawn(page);
    },
  },
  {
    name: 'search-question-typed',
    async take(page, web) {
      await results(page, web);
      await page.getByRole('combobox', { name: /Search for/ }).fill('3 bed house in Folsom under 600k');
      await page.getByRole('option', { name: /^3\+ beds/ }).waitFor();
    },
  },
  {
    name: 'search-area',
    take: (page, web) => results(page, `${web}/?view=38.59,-121.45,10.6&area=${encodeURIComponent(drawn)}`),
  },
  {
    name: 'search-picked',
    async take(page, web) {
      await results(page, `${web}/?${closeUp}&selected=${await firstHome(web)}`);
      await page.getByRole('region', { name: 'Picked on the map' }).waitFor();
    },
  },
  {
    name: 'search-drawing',
    async take(page, web) {
      await results(page, web);
      await page.getByRole('button', { name: 'Draw area' }).click();
      for (const [x, y] of [
        [80, 200],
        [240, 180],
        [280, 380],
        [120, 420],
      ] as const) {
        await page.getByRole('application').click({ position: { x, y } });
      }
    },
  },
  {
    name: 'search-suggestions',
    async take(page, web) {
      await results(page, web);
      await page.getByRole('combobox', { name: /Search for/ }).fill('ro');
      await page.getByRole('option').nth(1).waitFor();
    },
  },
  {
    name: 'search-price',
    only: ['tablet', 'desktop'],
    async take(page, web) {
      await results(page, web);
      await page.getByRole('button', { name: 'Price' }).click();
      await page.getByRole('slider').first().waitFor();
    },
  },
  {
    name: 'search-beds',
    only: ['desktop'],
    async take(page, web) {
      await results(page, web);
      await page.getByRole('button', { name: 'Beds' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'search-half',
    only: ['phone'],
    async take(page, web) {
      await results(page, web);
      await page.getByRole('button', { name: /List of homes/ }).press('ArrowUp');
      await page.getByRole('link', { name: /\$/ }).first().waitFor();
    },
  },
  {
    name: 'search-full',
    only: ['phone'],
    async take(page, web) {
      await results(page, web);
      await page.getByRole('button', { name: /List of homes/ }).press('ArrowUp');
      await page.getByRole('button', { name: /List of homes/ }).press('ArrowUp');
      await page.getByRole('link', { name: /\$/ }).first().waitFor();
    },
  },
  {
    name: 'filters',
    only: ['phone'],
    async take(page, web) {
      await results(page, `${web}/?minBeds=3`);
      await page.getByRole('button', { name: /Filters/ }).click();
      await page.getByRole('button', { name: /Show \d+ homes/ }).waitFor();
    },
  },
  {
    name: 'search-empty',
    async take(page, web) {
      await page.goto(`${web}/?minBeds=8&maxPriceMinor=10000000&currency=USD`);
      await openSheet(page);
      await page.getByRole('button', { name: /Show .* without/ }).waitFor();
    },
  },
  {
    name: 'search-error',
    async take(page, web) {
      await page.route('**/api/v1/properties?*', (route) => route.abort());
      await page.goto(`${web}/?${closeUp}`);
      await openSheet(page);
      await page.getByRole('button', { name: 'Try again' }).waitFor();
    },
  },
  {
    name: 'search-loading',
    async take(page, web) {
      await page.route('**/api/v1/properties**', () => {});
      await page.goto(`${web}/?${closeUp}`);
      await openSheet(page);
      await page.locator('.animate-breathe').first().waitFor();
    },
  },
  { name: 'listing', take: (page, web) => listing(page, web) },
  {
    name: 'listing-lower',
    async take(page, web) {
      await listing(page, web);
      await page.getByRole('heading', { name: 'Price history' }).scrollIntoViewIfNeeded();
      await page.getByRole('main').evaluate((main) => main.scrollBy(0, 620));
      await mapIsDrawn(page);
    },
  },
  {
    name: 'listing-end',
    async take(page, web) {
      await listing(page, web);
      await page.getByRole('main').evaluate((main) => main.scrollTo(0, main.scrollHeight));
      await mapIsDrawn(page);
    },
  },
  {
    name: 'listing-loading',
    async take(page, web) {
      await page.route('**/api/v1/properties/*', () => {});
      await page.goto(`${web}/homes/0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a`);
      await page.getByText('Loading this home').waitFor({ state: 'attached' });
    },
  },
  {
    name: 'listing-error',
    async take(page, web) {
      await page.route('**/api/v1/properties/*', (route) => route.abort());
      await page.goto(`${web}/homes/0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a`);
      await page.getByRole('button', { name: 'Try again' }).waitFor();
    },
  },
  {
    name: 'listing-missing',
    async take(page, web) {
      await page.goto(`${web}/homes/0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a`);
      await page.getByRole('heading', { name: /not listed/ }).waitFor();
    },
  },
];

async function listing(page: Page, webUrl: string): Promise<void> {
  await page.goto(`${webUrl}/homes/${await firstHome(webUrl)}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByText('Why:').first().waitFor();
}

async function openSheet(page: Page): Promise<void> {
  const handle = page.getByRole('button', { name: /List of homes/ });
  await page.getByRole('main').waitFor();
  if (await handle.isVisible()) await handle.press('ArrowUp');
}

const all: readonly Shot[] = [
  ...shots,
  ...accountShots,
  ...ownAccountShots,
  ...verificationShots,
  ...notificationsShots,
  ...savedShots,
  ...ownListingsShots,
  ...editorShots,
  ...wordsShots,
  ...importShots,
  ...adminShots,
  ...analyticsShots,
  ...insightsShots,
  ...advisorShots,
];

/** In light and then in dark, of one visit. */
async function takeBoth(page: Page, { name, take }: Shot, size: SizeName, webUrl: string): Promise<void> {
  const fileOf = (theme: string) => join(folder, `${name}-${sizes[size].width}-${theme}.png`);
  await take(page, webUrl);
  await page.screenshot({ path: fileOf('light') });
  await turnDark(page);
  if ((await page.locator('[data-base-map]').count()) > 0) await mapIsDrawn(page);
  await page.screenshot({ path: fileOf('dark') });
}

async function takeAll(browser: Browser, webUrl: string, wanted: readonly string[]): Promise<number> {
  let failures = 0;
  for (const size of Object.keys(sizes) as SizeName[]) {
    for (const shot of all) {
      if ((shot.only && !shot.only.includes(size)) || (wanted.length > 0 && !wanted.includes(shot.name))) continue;
      const context = await openContext(browser, { size });
      try {
        await takeBoth(await context.newPage(), shot, size, webUrl);
        console.log(`✓ ${shot.name}, ${size}`);
      } catch (error) {
        failures++;
        console.log(`✗ ${shot.name}, ${size}: ${error instanceof Error ? error.message : error}`);
      }
      await context.close();
    }
  }
  return failures;
}

const wanted = process.argv.slice(2);
if (wanted.length === 0) await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const stack = await startPlatform();
const browser = await launchBrowser();
try {
  process.exitCode = (await takeAll(browser, stack.webUrl, wanted)) === 0 ? 0 : 1;
} finally {
  await browser.close();
  await stack.stop();
}
