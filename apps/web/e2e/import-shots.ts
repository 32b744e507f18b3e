import type { Page } from 'playwright-core';
import { openWith, type Replies } from './fake-accounts.ts';
import { finished, importing, listingId, listingImport } from './fake-selling.ts';
import type { Shot } from './shot.ts';

export const sampleCsv = `MLS #,Street,City,Zip,Lat,Lng,Type,Beds,Baths,Sq Ft,List Price,List Date
A-100,12 Elm Street,ELK_GROVE,95758,38.4231,-121.4401,Residential,3,2,1240,"$450,000",5/31/2026
A-101,4 Oak Avenue,SACRAMENTO,95814,38.5801,-121.4939,Condo,1,1,640,"$310,000",5/29/2026
A-102,77 Mill Road,FOLSOM,95630,38.6712,-121.1459,Residential,4,2.5,2210,ask,5/28/2026
A-103,Lot 9 Ridge Way,AUBURN,95603,38.8966,-121.0769,Lot,0,0,43560,"$125,500",5/27/2026
A-104,3 River Walk,DAVIS,95616,38.5449,-121.7405,Multi Family,6,4,3100,"$899,000",5/26/2026
`;
export const sampleFile = { name: 'homes-may.csv', mimeType: 'text/csv', buffer: Buffer.from(sampleCsv) };

async function chooseFile(page: Page, web: string, replies: Replies = {}): Promise<void> {
  await openWith(page, `${web}/sell/import`, { ...importing(finished), ...replies });
  await page.getByLabel('CSV file').setInputFiles(sampleFile);
  await page.getByRole('heading', { name: 'homes-may.csv' }).waitFor();
}

export const importShots: readonly Shot[] = [
  {
    name: 'import',
    async take(page, web) {
      await openWith(page, `${web}/sell/import`, importing(finished));
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
      await openWith(page, `${web}/sell/import`, importing(finished));
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
      await openWith(page, `${web}/sell/imports/${listingId}`, importing(listingImport()));
      await page.getByRole('progressbar').waitFor();
    },
  },
  {
    name: 'import-cancel',
    async take(page, web) {
      await openWith(page, `${web}/sell/imports/${listingId}`, importing(listingImport()));
      await page.getByRole('button', { name: 'Cancel the import' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'import-done',
    async take(page, web) {
      await openWith(page, `${web}/sell/imports/${listingId}`, importing(finished));
      await page.getByRole('cell', { name: '17', exact: true }).waitFor();
    },
  },
  {
    name: 'import-failed',
    async take(page, web) {
      const failure = 'Up to line 812, one record has more than 1000000 characters: a quote above is not closed.';
      await openWith(
        page,
        `${web}/sell/imports/${listingId}`,
        importing(listingImport({ status: 'failed', stage: null, failure })),
      );
      await page.getByText('It could not be imported').waitFor();
    },
  },
];
