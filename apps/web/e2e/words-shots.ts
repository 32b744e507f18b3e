import type { Page } from 'playwright-core';
import { edit } from './editor-shots.ts';
import { json, openWith, problem, signedIn } from './fake-accounts.ts';
import { FakeListing } from './fake-selling.ts';
import { byModel } from './fake-words.ts';
import type { Shot } from './shot.ts';

export const ownWords = 'The kitchen is from last year, and the evening sun reaches the garden until eight.';
export const suspectWords =
  'Perfect for young families, no children under ten. The kitchen is from last year, and the price will go up.';

export const askForDraft = (page: Page) => page.getByRole('button', { name: 'Draft it for me' }).click();
/** Once there is one to decide about. */
export const draftIsOffered = (page: Page) => page.getByRole('button', { name: /^Use it/ }).waitFor();
export const toLookAt = (page: Page, field: 'title' | 'description') =>
  page.getByRole('list', { name: `To look at in the ${field}` });

async function offer(page: Page, web: string, listing: FakeListing): Promise<void> {
  await edit(page, web, listing, 'words');
  await askForDraft(page);
  await draftIsOffered(page);
  await page.getByRole('button', { name: /^Use it/ }).scrollIntoViewIfNeeded();
}

export const wordsShots: readonly Shot[] = [
  {
    name: 'words-drafting',
    async take(page, web) {
      const listing = new FakeListing();
      listing.replies['POST /advisor/describe'] = () => {};
      await edit(page, web, listing, 'words');
      await askForDraft(page);
      await page.getByRole('button', { name: 'Stop' }).waitFor();
    },
  },
  {
    name: 'words-draft',
    async take(page, web) {
      const listing = new FakeListing({ beds: null, yearBuilt: null });
      await offer(page, web, listing);
    },
  },
  {
    name: 'words-draft-beside-own',
    async take(page, web) {
      const listing = new FakeListing({ ownDescription: ownWords });
      listing.replies['POST /advisor/describe'] = json(byModel);
      await offer(page, web, listing);
    },
  },
  {
    name: 'words-draft-taken',
    async take(page, web) {
      await offer(page, web, new FakeListing({ ownDescription: ownWords }));
      await page.getByRole('button', { name: /^Use it/ }).click();
      await page.getByRole('button', { name: 'Undo' }).waitFor();
    },
  },
  {
    name: 'words-draft-failed',
    async take(page, web) {
      const listing = new FakeListing();
      listing.replies['POST /advisor/describe'] = problem(
        { code: 'too_many_requests', status: 429 },
        { 'retry-after': '40' },
      );
      await edit(page, web, listing, 'words');
      await askForDraft(page);
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'words-no-type',
    async take(page, web) {
      await openWith(page, `${web}/sell/new?step=words`, signedIn);
      await page.getByText('It has to know').waitFor();
    },
  },
  {
    name: 'words-concerns',
    async take(page, web) {
      await edit(
        page,
        web,
        new FakeListing({ ownTitle: 'A house for families', ownDescription: suspectWords }),
        'words',
      );
      await toLookAt(page, 'title').waitFor();
      await toLookAt(page, 'description').waitFor();
      await page.getByRole('button', { name: '“no children”' }).click();
    },
  },
  {
    name: 'words-concerns-review',
    async take(page, web) {
      await edit(page, web, new FakeListing({ ownDescription: suspectWords }), 'review');
      await toLookAt(page, 'description').waitFor();
    },
  },
  {
    name: 'words-unchecked',
    async take(page, web) {
      const listing = new FakeListing({ ownDescription: ownWords });
      listing.replies['POST /advisor/check-text'] = problem({ code: 'forbidden', status: 403 });
      await edit(page, web, listing, 'words');
      await page.getByText('The words are not checked').waitFor();
    },
  },
];
