import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { json, signedIn } from './fake-accounts.ts';
import { finished, importing, listingId, listingImport } from './fake-selling.ts';
import { sampleFile } from './import-shots.ts';
import { testSite } from './site.ts';

const site = testSite();
const { visit, openWith: open } = site;

describe('an import', () => {
  it('is mapped by the names of its columns, sent, followed and looked through', () =>
    visit({}, async (page) => {
      let sent = '';
      let current = listingImport({ status: 'waiting', stage: null, progress: 0, rowsRead: 0 });
      const replies = importing(finished);
      await open(page, '/sell/import', {
        ...replies,
        'GET /imports': (route) => json({ items: [current], nextCursor: null })(route),
        [`GET /imports/${listingId}`]: (route) => json({ ...current, rejectedRows: [] })(route),
        'POST /imports': (route) => {
          sent = route.request().postData() ?? '';
          assert.equal(route.request().headers()['x-csrf-token'], 'csrf');
          return json(current, 202)(route);
        },
      });
      await page.getByLabel('CSV file').setInputFiles(sampleFile);
      await page.getByText('Of the first 5 rows, one will be rejected').waitFor();
      await page.getByRole('cell', { name: '12 Elm Street, Elk Grove, 95758' }).waitFor();
      assert.equal(await page.getByLabel('Dates are written').inputValue(), 'M/d/yyyy');
      await page.getByLabel('“Multi Family” is a').selectOption('flat');
      await page.getByRole('button', { name: 'Start the import' }).click();

      await page.waitForURL(`**/sell/imports/${listingId}`);
      await page.getByText('Waiting for its turn').waitFor();
      const map = JSON.parse(/name="map"\r\n\r\n(.*)\r\n/.exec(sent)?.[1] ?? '{}');
      assert.deepEqual(map.priceMinor, { column: 'List Price', strip: '[^\\d.,+-]', multiply: 100 });
      assert.deepEqual(map.type.values, { Residential: 'house', Condo: 'flat', Lot: 'plot', 'Multi Family': 'flat' });
      assert.match(sent, /name="file"; filename="homes-may.csv"\r\nContent-Type: text\/csv/);

      current = listingImport();
      await page.getByText('Reading the rows: 12,400 rows read').waitFor();
      // Leaving it changes nothing about it.
      await page.getByRole('link', { name: 'Imports' }).click();
      await page.getByRole('progressbar', { name: 'Import of homes-may.csv' }).waitFor();
      await page.getByRole('link', { name: 'homes-may.csv' }).click();
      current = finished;
      await page.getByText('Done: 27,120 created').waitFor();
      const table = page.getByRole('table', { name: '220 rejected rows' });
      await table.getByRole('cell', { name: '17', exact: true }).waitFor();
      assert.ok((await table.getByRole('row').count()) < 60, 'every row is drawn');
      await table.locator('..').evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight));
      await table.locator('..').evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight));
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download as CSV' }).click();
      assert.equal((await download).suggestedFilename(), 'homes-may-rejected.csv');
    }));

  it('can be cancelled while it is read, by its name', () =>
    visit({}, async (page) => {
      let current = listingImport();
      await open(page, `/sell/imports/${listingId}`, {
        ...signedIn,
        [`GET /imports/${listingId}`]: (route) => json({ ...current, rejectedRows: [] })(route),
        [`POST /imports/${listingId}/cancel`]: (route) => {
          current = listingImport({ status: 'cancelled', stage: null });
          return json(current)(route);
        },
      });
      await page.getByRole('button', { name: 'Cancel the import' }).click();
      await page.getByRole('alertdialog', { name: 'Cancel the import of “homes-may.csv”?' }).waitFor();
      await page.getByRole('button', { name: 'Cancel it' }).click();
      await page.getByText('Cancelled. Nothing of it is in the market.').waitFor();
    }));

  it('that is refused says so, keeps the choices, and can be sent again', () =>
    visit({}, async (page) => {
      let tries = 0;
      await open(page, '/sell/import', {
        ...importing(finished),
        'POST /imports': (route) => (tries++ === 0 ? route.abort() : json(listingImport(), 202)(route)),
      });
      await page.getByLabel('CSV file').setInputFiles(sampleFile);
      await page.getByRole('button', { name: 'Start the import' }).click();
      await page.getByRole('alert').getByText('The server cannot be reached').waitFor();
      await page.getByRole('button', { name: 'Start the import' }).click();
      await page.waitForURL('**/sell/imports/*');
    }));
});
