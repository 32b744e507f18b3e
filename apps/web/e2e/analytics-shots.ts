import type { Page } from 'playwright-core';
import { asha, fakeAccounts, session, visitor } from './fake-accounts.ts';
import {
  away,
  FakeFigures,
  fakeBeacon,
  insights,
  market,
  noInsights,
  someListings,
  youngInsights,
} from './fake-analytics.ts';
import { listingId, selling } from './fake-selling.ts';
import type { Shot } from './shot.ts';

/** The dashboard of a listing, once it is there. */
export async function figures(page: Page, web: string, server: FakeFigures, search = ''): Promise<void> {
  await fakeAccounts(page, server.replies);
  await page.goto(`${web}/sell/${listingId}/analytics${search}`);
  await page.getByRole('region', { name: 'Right now' }).waitFor();
}

export const chart = (page: Page) => page.getByRole('slider', { name: /^Views over time/ });

async function charted(page: Page, web: string, search = '', server = new FakeFigures()): Promise<void> {
  await figures(page, web, server, search);
  await chart(page).locator('path').first().waitFor({ state: 'attached' });
}

/** A home as visitors see it. */
export async function home(page: Page, web: string, known: object): Promise<void> {
  const [first] = someListings(1);
  const replies = { ...visitor, ...market(first ? [first] : []) };
  replies[`GET /properties/${listingId}/insights`] = (route) => route.fulfill({ json: known });
  await fakeAccounts(page, replies);
  await fakeBeacon(page);
  await page.goto(`${web}/homes/${listingId}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
}

export const analyticsShots: readonly Shot[] = [
  { name: 'figures', take: (page, web) => charted(page, web) },
  {
    name: 'figures-lower',
    async take(page, web) {
      await charted(page, web);
      await page.getByRole('heading', { name: 'What do visitors do?' }).scrollIntoViewIfNeeded();
      await page.locator('.overflow-y-auto').evaluate((main) => main.scrollTo(0, main.scrollHeight));
    },
  },
  {
    name: 'figures-step',
    async take(page, web) {
      await charted(page, web, '?range=week');
      await chart(page).focus();
      await page.keyboard.press('Home');
      for (let i = 0; i < 5; i++) await page.keyboard.press('PageUp');
      await chart(page).scrollIntoViewIfNeeded();
    },
  },
  { name: 'figures-minutes', take: (page, web) => charted(page, web, '?range=day&by=minute') },
  { name: 'figures-year', take: (page, web) => charted(page, web, '?range=year') },
  {
    name: 'figures-part',
    async take(page, web) {
      const day = (ago: number) => `${new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)}T00:00Z`;
      await charted(page, web, `?from=${day(20)}&to=${day(9)}`);
      await page.getByRole('button', { name: 'Show all of it' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'figures-table',
    async take(page, web) {
      await charted(page, web);
      await page.getByText('Show as a table').click();
      await page.getByRole('table').scrollIntoViewIfNeeded();
    },
  },
  { name: 'figures-young', take: (page, web) => charted(page, web, '', new FakeFigures({}, youngInsights)) },
  {
    name: 'figures-none',
    async take(page, web) {
      await figures(page, web, new FakeFigures({}, noInsights));
      await page.getByRole('heading', { name: 'Nobody has looked at it yet' }).waitFor();
    },
  },
  {
    name: 'figures-draft',
    async take(page, web) {
      await figures(page, web, new FakeFigures({ status: 'draft' }, noInsights));
      await page.getByRole('heading', { name: 'Only you can see it now' }).waitFor();
    },
  },
  {
    name: 'figures-unreadable',
    async take(page, web) {
      const server = new FakeFigures();
      server.isAway = true;
      await figures(page, web, server);
      await page.getByRole('button', { name: 'Try again' }).nth(1).waitFor();
    },
  },
  {
    name: 'figures-loading',
    async take(page, web) {
      const { replies } = new FakeFigures();
      const never = () => {};
      await fakeAccounts(page, {
        ...replies,
        [`GET /me/listings/${listingId}/analytics`]: never,
        [`GET /properties/${listingId}/insights`]: never,
      });
      await page.goto(`${web}/sell/${listingId}/analytics`);
      await page.getByText('Loading the figures over time').waitFor({ state: 'attached' });
    },
  },
  {
    name: 'figures-links',
    async take(page, web) {
      await fakeAccounts(page, selling);
      await page.goto(`${web}/sell`);
      await page
        .getByRole('link', { name: /^Figures of/ })
        .first()
        .waitFor();
    },
  },
  {
    name: 'home-figures',
    async take(page, web) {
      await home(page, web, insights);
      await page.getByText('128 views in the last 24 hours').waitFor();
    },
  },
  {
    name: 'privacy',
    async take(page, web) {
      await fakeAccounts(page, visitor);
      await page.goto(`${web}/privacy`);
      await page.getByRole('button', { name: 'Do not count my visits' }).waitFor();
    },
  },
  {
    name: 'privacy-off',
    async take(page, web) {
      await fakeAccounts(page, { 'GET /auth/session': session(asha), 'GET /me/notifications': away });
      await page.goto(`${web}/privacy`);
      await page.getByRole('button', { name: 'Do not count my visits' }).click();
      await page.getByText('Your visits are not counted').waitFor();
    },
  },
];
