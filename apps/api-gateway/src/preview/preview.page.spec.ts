import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ListingDetail } from '@viewora/contracts/listing';
import { previewPage } from './preview.page.ts';

const listing = {
  title: '3-bed house in Folsom',
  priceMinor: 45_000_000,
  currency: 'USD',
  beds: 3,
  baths: 2,
  areaValue: 1240,
  areaUnit: 'sqft',
  locality: null,
  city: 'Folsom',
  postalCode: '95630',
} as ListingDetail;

const contentOf = (html: string, name: string) =>
  new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)">`).exec(html)?.[1];

test('a link’s picture is an address of the page’s own host, of the size that is told', async () => {
  const html = previewPage(listing, 'https://viewora.dev/homes/1');
  expect(contentOf(html, 'og:image')).toBe('https://viewora.dev/preview.png');
  expect(contentOf(html, 'og:image:alt')).toBeTruthy();
  expect(contentOf(html, 'twitter:card')).toBe('summary_large_image');

  const png = await readFile(join(import.meta.dirname, '../../../web/public/preview.png'));
  // A PNG begins with eight bytes of signature and its header's length and name; then come its width and height.
  expect([png.readUInt32BE(16), png.readUInt32BE(20)].map(String)).toEqual([
    contentOf(html, 'og:image:width'),
    contentOf(html, 'og:image:height'),
  ]);
});
