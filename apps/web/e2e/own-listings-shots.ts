import type { Page } from 'playwright-core';
import { asha, json, openWith, problem, type Replies, session } from './fake-accounts.ts';
import { FakeListing, items, page as pageOf, selling } from './fake-selling.ts';
import type { Shot } from './shot.ts';

async function list(page: Page, web: string, replies: Replies = {}): Promise<void> {
  await openWith(page, `${web}/sell`, { ...selling, ...replies });
  await page.getByRole('heading', { level: 1, name: 'Your listings' }).waitFor();
}

const menuOf = (page: Page, title: string) => page.getByRole('button', { name: `What to do with “${title}”` });

async function act(page: Page, title: string, action: RegExp): Promise<void> {
  await menuOf(page, title).click();
  await page.getByRole('menuitem', { name: action }).click();
}

const expiring = { expiresAt: '2026-06-30T00:00:00.000Z', isExpiring: true };

export const ownListingsShots: readonly Shot[] = [
  {
    name: 'sell',
    async take(page, web) {
      await list(page, web);
      await menuOf(page, 'Bungalow in Davis').waitFor();
    },
  },
  {
    name: 'sell-menu',
    async take(page, web) {
      await list(page, web);
      await menuOf(page, 'Corner house by the river').click();
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'sell-price',
    async take(page, web) {
      await list(page, web);
      await act(page, 'Corner house by the river', /Change the price/);
      await page.getByLabel('New price').fill('432k');
    },
  },
  {
    name: 'sell-sold',
    async take(page, web) {
      await list(page, web);
      await act(page, 'Corner house by the river', /Mark as sold/);
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'sell-undo',
    async take(page, web) {
      const archived = json({ ...new FakeListing().current, ...items[0], status: 'archived' });
      await list(page, web, { [`POST /properties/${items[0]?.id}/archive`]: archived });
      await act(page, 'Corner house by the river', /Archive/);
      await page.getByRole('button', { name: 'Undo' }).waitFor();
    },
  },
  {
    name: 'sell-refused',
    async take(page, web) {
      const refused = problem({
        code: 'forbidden',
        status: 403,
        detail: 'Listings wait until your papers are approved',
      });
      await list(page, web, { [`POST /properties/${items[3]?.id}/relist`]: refused });
      await act(page, 'Plot in Elk Grove', /Put back/);
      await page.getByRole('button', { name: 'Your papers' }).waitFor();
    },
  },
  {
    name: 'sell-expiring',
    async take(page, web) {
      const shown = items.map((item) => (item.status === 'published' ? { ...item, ...expiring } : item));
      await list(page, web, { 'GET /me/listings': json(pageOf(shown)) });
      await page.getByText('Still for sale?').first().waitFor();
    },
  },
  {
    name: 'sell-none-found',
    async take(page, web) {
      await list(page, web);
      await page.getByRole('searchbox', { name: 'Search your listings' }).fill('castle');
      await page.getByRole('heading', { name: /castle/ }).waitFor();
    },
  },
  {
    name: 'sell-empty',
    async take(page, web) {
      await list(page, web, { 'GET /me/listings': json(pageOf([])) });
      await page.getByRole('heading', { name: 'You have no listings yet' }).waitFor();
    },
  },
  {
    name: 'sell-loading',
    async take(page, web) {
      await list(page, web, { 'GET /me/listings': () => {} });
      await page.locator('.animate-breathe').first().waitFor();
    },
  },
  {
    name: 'sell-error',
    async take(page, web) {
      await list(page, web, { 'GET /me/listings': problem({ code: 'invalid_input', status: 400 }) });
      await page.getByRole('button', { name: 'Try again' }).waitFor();
    },
  },
  {
    name: 'sell-buyer',
    async take(page, web) {
      await openWith(page, `${web}/sell`, { 'GET /auth/session': session({ ...asha, role: 'buyer' }) });
      await page.getByRole('heading', { name: 'Sellers and brokers can list homes' }).waitFor();
    },
  },
];
