import type { Page } from 'playwright-core';
import { openWith, problem, signedIn } from './fake-accounts.ts';
import { FakeListing, listingId } from './fake-selling.ts';
import { mapIsDrawn } from './page-steps.ts';
import type { Shot } from './shot.ts';

export async function edit(page: Page, web: string, listing: FakeListing, step = ''): Promise<void> {
  await openWith(page, `${web}/sell/${listingId}/edit${step && `?step=${step}`}`, listing.replies);
  await page.getByRole('navigation', { name: 'Steps' }).waitFor();
}

const expiring = { expiresAt: '2026-06-30T00:00:00.000Z', isExpiring: true };
const unfinished = { priceMinor: null, location: null, beds: null };

export const editorShots: readonly Shot[] = [
  {
    name: 'editor-new',
    async take(page, web) {
      await openWith(page, `${web}/sell/new`, signedIn);
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
      await openWith(page, `${web}/sell/${listingId}/edit`, listing.replies);
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
      await openWith(page, `${web}/sell/${listingId}/edit`, {
        ...signedIn,
        [`GET /me/listings/${listingId}`]: missing,
      });
      await page.getByRole('heading', { name: 'You have no such listing' }).waitFor();
    },
  },
];
