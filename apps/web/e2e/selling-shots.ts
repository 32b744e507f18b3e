import type { Page } from 'playwright-core';
import { asha, fakeAccounts, json, problem, type Replies, session, signedIn } from './fake-accounts.ts';
import {
  FakeListing,
  finished,
  importing,
  items,
  listingId,
  listingImport,
  page as pageOf,
  selling,
} from './fake-selling.ts';
import { mapIsDrawn } from './page-steps.ts';
import type { Shot } from './shot.ts';

export const sampleCsv = `MLS #,Street,City,Zip,Lat,Lng,Type,Beds,Baths,Sq Ft,List Price,List Date
A-100,12 Elm Street,ELK_GROVE,95758,38.4231,-121.4401,Residential,3,2,1240,"$450,000",5/31/2026
A-101,4 Oak Avenue,SACRAMENTO,95814,38.5801,-121.4939,Condo,1,1,640,"$310,000",5/29/2026
A-102,77 Mill Road,FOLSOM,95630,38.6712,-121.1459,Residential,4,2.5,2210,ask,5/28/2026
A-103,Lot 9 Ridge Way,AUBURN,95603,38.8966,-121.0769,Lot,0,0,43560,"$125,500",5/27/2026
A-104,3 River Walk,DAVIS,95616,38.5449,-121.7405,Multi Family,6,4,3100,"$899,000",5/26/2026
`;
export const sampleFile = { name: 'homes-may.csv', mimeType: 'text/csv', buffer: Buffer.from(sampleCsv) };

async function open(page: Page, url: string, replies: Replies): Promise<void> {
  await fakeAccounts(page, replies);
  await page.goto(url);
}

async function list(page: Page, web: string, replies: Replies = {}): Promise<void> {
  await open(page, `${web}/sell`, { ...selling, ...replies });
  await page.getByRole('heading', { level: 1, name: 'Your listings' }).waitFor();
}

const menuOf = (page: Page, title: string) => page.getByRole('button', { name: `What to do with “${title}”` });

async function act(page: Page, title: string, action: RegExp): Promise<void> {
  await menuOf(page, title).click();
  await page.getByRole('menuitem', { name: action }).click();
}

export async function edit(page: Page, web: string, listing: FakeListing, step = ''): Promise<void> {
  await open(page, `${web}/sell/${listingId}/edit${step && `?step=${step}`}`, listing.replies);
  await page.getByRole('navigation', { name: 'Steps' }).waitFor();
}

const expiring = { expiresAt: '2026-06-30T00:00:00.000Z', isExpiring: true };
const unfinished = { priceMinor: null, location: null, beds: null };

const listShots: readonly Shot[] = [
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
      await open(page, `${web}/sell`, { 'GET /auth/session': session({ ...asha, role: 'buyer' }) });
      await page.getByRole('heading', { name: 'Sellers and brokers can list homes' }).waitFor();
    },
  },
];

const editorShots: readonly Shot[] = [
  {
    name: 'editor-new',
    async take(page, web) {
      await open(page, `${web}/sell/new`, signedIn);
      await page.getByRole('heading', { level: 1, name: 'New listing' }).waitFor();
    },
  },
  {
    name: 'editor-map',
    async take(page, web) {
      await edit(page, web, new FakeListing());
      await page.getByLabel('Longitude').scrollIntoViewIfNeeded();
      await mapIsDrawn(page);
      await page.getByRole('application').focus();
    },
  },
  {
    name: 'editor-facts',
    async take(page, web) {
      await edit(page, web, new FakeListing(), 'facts');
      await page.getByLabel('Year built').fill('19x');
      await page.getByLabel('Year built').blur();
      await page.locator('[aria-invalid="true"]').waitFor();
    },
  },
  {
    name: 'editor-price',
    async take(page, web) {
      await edit(page, web, new FakeListing({ currency: 'INR', priceMinor: 850_000_000 }), 'price');
      await page.getByText('₹85 L, exactly').waitFor();
    },
  },
  {
    name: 'editor-words',
    async take(page, web) {
      await edit(page, web, new FakeListing(), 'words');
      await page.getByLabel('Title').waitFor();
    },
  },
  {
    name: 'editor-review',
    async take(page, web) {
      await edit(page, web, new FakeListing(), 'review');
      await page.getByRole('button', { name: 'Publish' }).waitFor();
    },
  },
  {
    name: 'editor-missing',
    async take(page, web) {
      await edit(page, web, new FakeListing(unfinished), 'review');
      await page.getByText('Before others can see it').waitFor();
    },
  },
  {
    name: 'editor-papers',
    async take(page, web) {
      const listing = new FakeListing();
      const refused = problem({ code: 'forbidden', status: 403 });
      listing.replies[`POST /properties/${listingId}/publish`] = refused;
      await edit(page, web, listing, 'review');
      await page.getByRole('button', { name: 'Publish' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'editor-published',
    async take(page, web) {
      await edit(page, web, new FakeListing({ status: 'published' }), 'price');
      await page.getByLabel('Price', { exact: true }).fill('440k');
      await page.getByText('1 change not saved yet').waitFor();
    },
  },
  {
    name: 'editor-leave',
    async take(page, web) {
      await edit(page, web, new FakeListing({ status: 'published' }), 'price');
      await page.getByLabel('Price', { exact: true }).fill('440k');
      await page.getByRole('link', { name: 'Your listings' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'editor-conflict',
    async take(page, web) {
      const listing = new FakeListing();
      await edit(page, web, listing, 'price');
      listing.changeElsewhere({ priceMinor: 43_000_000, beds: 4 });
      await page.getByLabel('Price', { exact: true }).fill('440k');
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'editor-unsaved',
    async take(page, web) {
      const listing = new FakeListing();
      listing.replies[`PATCH /properties/${listingId}`] = (route) => route.abort();
      await edit(page, web, listing, 'words');
      await page.getByLabel('Title').fill('Corner house by the river');
      await page.getByText('Not saved: the server cannot be reached').waitFor();
    },
  },
  {
    name: 'editor-restored',
    async take(page, web) {
      await edit(page, web, new FakeListing({ status: 'published' }), 'words');
      await page.getByLabel('Title').fill('Corner house by the river');
      await page.getByText('1 change not saved yet').waitFor();
      await page.reload();
      await page.getByText('It is back in its fields').waitFor();
    },
  },
  {
    name: 'editor-blocked',
    async take(page, web) {
      const block = { isBlocked: true, blockedReason: 'The address is somebody else’s' };
      await edit(page, web, new FakeListing({ status: 'archived', ...block }), 'review');
      await page.getByText('An administrator has blocked').waitFor();
    },
  },
  {
    name: 'editor-sold',
    async take(page, web) {
      const listing = new FakeListing({ status: 'sold' });
      await open(page, `${web}/sell/${listingId}/edit`, listing.replies);
      await page.getByText('This is sold').waitFor();
    },
  },
  {
    name: 'editor-preview',
    only: ['phone', 'tablet'],
    async take(page, web) {
      await edit(page, web, new FakeListing(), 'facts');
      await page.getByRole('button', { name: 'Preview' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'editor-expiring',
    async take(page, web) {
      await edit(page, web, new FakeListing({ status: 'published', ...expiring }), 'review');
      await page.getByText('Still for sale?').waitFor();
    },
  },
  {
    name: 'editor-gone',
    async take(page, web) {
      const missing = problem({ code: 'not_found', status: 404 });
      await open(page, `${web}/sell/${listingId}/edit`, { ...signedIn, [`GET /me/listings/${listingId}`]: missing });
      await page.getByRole('heading', { name: 'You have no such listing' }).waitFor();
    },
  },
];

async function chooseFile(page: Page, web: string, replies: Replies = {}): Promise<void> {
  await open(page, `${web}/sell/import`, { ...importing(finished), ...replies });
  await page.getByLabel('CSV file').setInputFiles(sampleFile);
  await page.getByRole('heading', { name: 'homes-may.csv' }).waitFor();
}

const importShots: readonly Shot[] = [
  {
    name: 'import',
    async take(page, web) {
      await open(page, `${web}/sell/import`, importing(finished));
      await page.getByRole('link', { name: 'homes-may.csv' }).waitFor();
    },
  },
  {
    name: 'import-mapping',
    take: (page, web) => chooseFile(page, web),
  },
  {
    name: 'import-preview',
    async take(page, web) {
      await chooseFile(page, web);
      await page.getByRole('button', { name: 'Start the import' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'import-unusable',
    async take(page, web) {
      await open(page, `${web}/sell/import`, importing(finished));
      await page
        .getByLabel('CSV file')
        .setInputFiles({ name: 'homes.csv', mimeType: 'text/csv', buffer: Buffer.from('price;city\n1;Davis\n') });
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'import-sending',
    async take(page, web) {
      await chooseFile(page, web, { 'POST /imports': () => {} });
      await page.getByRole('button', { name: 'Start the import' }).click();
      await page.getByRole('progressbar', { name: 'Sending the file' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'import-running',
    async take(page, web) {
      await open(page, `${web}/sell/imports/${listingId}`, importing(listingImport()));
      await page.getByRole('progressbar').waitFor();
    },
  },
  {
    name: 'import-cancel',
    async take(page, web) {
      await open(page, `${web}/sell/imports/${listingId}`, importing(listingImport()));
      await page.getByRole('button', { name: 'Cancel the import' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'import-done',
    async take(page, web) {
      await open(page, `${web}/sell/imports/${listingId}`, importing(finished));
      await page.getByRole('cell', { name: '17', exact: true }).waitFor();
    },
  },
  {
    name: 'import-failed',
    async take(page, web) {
      const failure = 'Up to line 812, one record has more than 1000000 characters: a quote above is not closed.';
      await open(
        page,
        `${web}/sell/imports/${listingId}`,
        importing(listingImport({ status: 'failed', stage: null, failure })),
      );
      await page.getByText('It could not be imported').waitFor();
    },
  },
];

export const sellingShots: readonly Shot[] = [...listShots, ...editorShots, ...importShots];
