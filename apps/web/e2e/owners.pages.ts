import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ListingItem } from '@viewora/contracts/listing';
import { fakeAccounts, problem, visitor } from './fake-accounts.ts';
import { broker, fakeOwner, fakeSaved, someHomes } from './fake-saved.ts';
import { away } from './saved-steps.ts';
import { testSite } from './site.ts';

let homes: ListingItem[];

const site = testSite(async (stack) => {
  homes = await someHomes(stack.webUrl);
});
const { visit, open } = site;

describe('whose listing it is', () => {
  it('is said on its page, and leads to them and to what else they have', () =>
    visit({}, async (page) => {
      await fakeAccounts(page, visitor);
      await fakeSaved(page, { homes });
      await fakeOwner(page, homes[0]?.id ?? '');
      await open(page, `/homes/${homes[0]?.id}`);
      await page.getByRole('link', { name: `Listed by ${broker.name}` }).click();
      await page.getByRole('heading', { level: 1, name: broker.name }).waitFor();
      await page.getByText('Verified broker').waitFor();
      await page.getByRole('heading', { name: `${homes.length} homes for sale` }).waitFor();
      await page.getByRole('link', { name: /\$/ }).first().click();
      await page.getByRole('rowheader', { name: 'Bedrooms' }).waitFor();
    }));

  it('is not said where it is nobody with a profile', () =>
    visit({}, async (page) => {
      await fakeAccounts(page, visitor);
      await fakeSaved(page, {
        homes,
        instead: { [`GET /users/${broker.id}`]: problem({ code: 'not_found', status: 404 }) },
      });
      await open(page, `/homes/${homes[1]?.id}`);
      await page.getByText('Why:').first().waitFor();
      assert.equal(await page.getByText('Listed by').count(), 0);
      await fakeOwner(page, homes[0]?.id ?? '');
      const asked = page.waitForResponse('**/api/v1/users/*');
      await open(page, `/homes/${homes[0]?.id}`);
      await asked;
      await page.getByText('Why:').first().waitFor();
      assert.equal(await page.getByText('Listed by').count(), 0);
      await open(page, `/people/${broker.id}`);
      await page.getByRole('heading', { name: /Nobody/ }).waitFor();
    }));
});

describe('a report', () => {
  it('wants a reason, keeps what was typed when it is refused, and thanks', () =>
    visit({}, async (page) => {
      await fakeAccounts(page, visitor);
      const instead: Record<string, ReturnType<typeof problem>> = { 'POST /properties/:id/reports': away };
      const kept = await fakeSaved(page, { homes, instead });
      await open(page, `/homes/${homes[0]?.id}`);
      const link = page.getByRole('button', { name: 'Report this listing' });
      await link.focus();
      await page.keyboard.press('Enter');
      const send = page.getByRole('button', { name: 'Send the report' });
      await send.click();
      await page.getByText('A reason is missing.').waitFor();
      await page.locator('[name="reason"]:focus').waitFor();
      await page.getByRole('radio', { name: /fraud/ }).check();
      const more = page.getByRole('textbox', { name: /More about it/ });
      await more.fill('  The pictures are of another house. ');
      await send.click();
      await page.getByRole('alert').waitFor();
      assert.equal(await more.inputValue(), '  The pictures are of another house. ');
      delete instead['POST /properties/:id/reports'];
      await send.click();
      await page.getByRole('heading', { name: 'Thank you' }).waitFor();
      assert.deepEqual(kept.bodies.at(-1), { reason: 'fraud', text: 'The pictures are of another house.' });
      await page.getByRole('button', { name: 'Done' }).and(page.locator(':focus')).press('Enter');
      await link.and(page.locator(':focus')).waitFor();
    }));
});
