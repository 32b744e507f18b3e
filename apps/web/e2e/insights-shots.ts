import type { Page } from 'playwright-core';
import { home } from './analytics-shots.ts';
import { fakeAccounts, session, visitor } from './fake-accounts.ts';
import { away, fakeBeacon, insights } from './fake-analytics.ts';
import { FakeRankings, fakeBadges, markets, openMarket, topBadge, trendingBadge } from './fake-insights.ts';
import { buyer, fakeSaved, saved, someHomes } from './fake-saved.ts';
import { resultsAreShown } from './page-steps.ts';
import type { Shot } from './shot.ts';

const never = () => {};
const foot = (page: Page) => page.getByRole('main').evaluate((main) => main.scrollTo(0, main.scrollHeight));

/** The page of trending homes, over homes of the market that is running. */
export async function trending(page: Page, web: string, search = ''): Promise<FakeRankings> {
  const rankings = new FakeRankings(await someHomes(web, 9));
  await fakeAccounts(page, rankings.replies);
  await page.goto(`${web}/trending${search}`);
  await page.getByRole('main').getByRole('link', { name: /\$/ }).first().waitFor();
  return rankings;
}

/** The results, with a badge on the first two of their cards. */
async function badgedResults(page: Page, web: string): Promise<void> {
  await fakeAccounts(page, visitor);
  await fakeBeacon(page);
  const reply = await fetch(`${web}/api/v1/properties?limit=24&minBeds=3&sort=price_desc`);
  const { items } = (await reply.json()) as { items: { id: string }[] };
  const [first = '', second = ''] = items.map(({ id }) => id);
  await fakeBadges(page, { [first]: trendingBadge, [second]: topBadge });
  await page.goto(`${web}/?minBeds=3&sort=price_desc&view=38.58,-121.3,9`);
  await resultsAreShown(page);
  const handle = page.getByRole('button', { name: /List of homes/ });
  if (await handle.isVisible()) await handle.press('ArrowUp');
  await page.getByText('Trending', { exact: true }).and(page.locator('[data-card] *')).waitFor();
}

export const insightsShots: readonly Shot[] = [
  { name: 'trending', take: async (page, web) => void (await trending(page, web)) },
  {
    name: 'trending-reasons',
    async take(page, web) {
      await trending(page, web);
      await page.getByText('How this is worked out').first().click();
    },
  },
  { name: 'trending-popular', take: async (page, web) => void (await trending(page, web, '?list=popular')) },
  {
    name: 'trending-none',
    async take(page, web) {
      await fakeAccounts(page, new FakeRankings([]).replies);
      await page.goto(`${web}/trending?place=Folsom&type=flat`);
      await page.getByRole('heading', { name: 'Nothing is trending in Folsom just now' }).waitFor();
    },
  },
  {
    name: 'trending-unreadable',
    async take(page, web) {
      await fakeAccounts(page, { ...visitor, 'GET /insights/trending': away });
      await page.goto(`${web}/trending`);
      await page.getByRole('button', { name: 'Try again' }).waitFor();
    },
  },
  {
    name: 'trending-loading',
    async take(page, web) {
      await fakeAccounts(page, { ...visitor, 'GET /insights/trending': never });
      await page.goto(`${web}/trending`);
      await page.getByText('Loading the homes').waitFor({ state: 'attached' });
    },
  },
  { name: 'markets', take: (page, web) => openMarket(page, web, '/markets') },
  {
    name: 'markets-none',
    async take(page, web) {
      await openMarket(page, web, '/markets?kind=locality');
      await page.getByRole('heading', { name: 'No such places here yet' }).waitFor();
    },
  },
  {
    name: 'markets-unreadable',
    async take(page, web) {
      await openMarket(page, web, '/markets', { ...visitor, 'GET /insights/markets': away });
      await page.getByRole('button', { name: 'Try again' }).waitFor();
    },
  },
  {
    name: 'market',
    async take(page, web) {
      await openMarket(page, web, '/markets/folsom');
      await page.getByRole('slider').first().locator('path').first().waitFor({ state: 'attached' });
    },
  },
  {
    name: 'market-charts',
    async take(page, web) {
      await openMarket(page, web, '/markets/folsom');
      const chart = page.getByRole('slider', { name: /^Median price by month/ });
      await chart.scrollIntoViewIfNeeded();
      await page.getByRole('heading', { name: 'Month by month' }).evaluate((h2) => h2.scrollIntoView());
      await chart.focus();
      await page.keyboard.press('PageDown');
      await page.keyboard.press('PageDown');
    },
  },
  {
    name: 'market-lower',
    async take(page, web) {
      await openMarket(page, web, '/markets/folsom');
      await page.getByText('Show as a table').click();
      await page.getByRole('region', { name: 'The market by month' }).waitFor();
      await foot(page);
    },
  },
  { name: 'market-scarce', take: (page, web) => openMarket(page, web, '/markets/rescue') },
  {
    name: 'market-none',
    async take(page, web) {
      await fakeAccounts(page, visitor);
      await page.goto(`${web}/markets/Atlantis`);
      await page.getByRole('heading', { name: /^Nothing is known of a market/ }).waitFor();
    },
  },
  {
    name: 'market-unreadable',
    async take(page, web) {
      await fakeAccounts(page, { ...visitor, 'GET /insights/markets/folsom': away });
      await page.goto(`${web}/markets/folsom`);
      await page.getByRole('button', { name: 'Try again' }).waitFor();
    },
  },
  {
    name: 'market-loading',
    async take(page, web) {
      await fakeAccounts(page, { ...markets, 'GET /insights/markets/folsom': never });
      await page.goto(`${web}/markets/folsom`);
      await page.getByText('Loading the market').waitFor({ state: 'attached' });
    },
  },
  { name: 'badges', take: badgedResults },
  {
    name: 'badges-rule',
    only: ['tablet', 'desktop'],
    async take(page, web) {
      await badgedResults(page, web);
      await page.locator('[data-card]').first().focus();
    },
  },
  {
    name: 'badges-saved',
    async take(page, web) {
      const homes = await someHomes(web, 3);
      await fakeAccounts(page, { 'GET /auth/session': session(buyer) });
      await fakeSaved(page, { homes, favourites: homes.map((home) => saved(home)) });
      await fakeBadges(page, { [homes[0]?.id ?? '']: trendingBadge });
      await page.goto(`${web}/saved`);
      await page.getByText(trendingBadge.rule).first().waitFor({ state: 'attached' });
    },
  },
  {
    name: 'home-places',
    async take(page, web) {
      await home(page, web, insights);
      await page.getByRole('navigation', { name: 'More of Folsom' }).scrollIntoViewIfNeeded();
    },
  },
];
