import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { fillSignIn } from './account-steps.ts';
import { isOnTheMarket, writeListing } from './selling-steps.ts';
import { testSite } from './site.ts';
import type { Journey } from './visit.ts';

const email = 'seller@viewora.test';
/** Since the server has a visitor's view. */
const seenWithinMs = 2_000;

const site = testSite();

const visit = (journey: Journey) => site.visit({ isPerson: true }, journey);

/** Puts a listing of the demo seller's on the market, opens its figures, and gives its id. */
async function openFigures(page: Page): Promise<string> {
  await page.goto(`${site.webUrl}/sell/new?step=words`);
  await fillSignIn(page, { email, password: site.stack.demoPassword });
  await writeListing(page, 'A flat to be looked at');
  await page.getByRole('button', { name: 'Publish' }).click();
  await isOnTheMarket(page);
  await page.waitForURL(/sell\/[\da-f-]+\/edit/);
  const [, id = ''] = /sell\/([\w-]{36})\//.exec(page.url()) ?? [];
  await page.goto(`${site.webUrl}/sell/${id}/analytics`);
  return id;
}

/** How many views the dashboard says there were in the last half hour, once it says so. */
async function liveViews(page: Page): Promise<number> {
  const said = page
    .getByRole('region', { name: 'Right now' })
    .locator('p')
    .filter({ hasText: /views? in the last/ });
  return Number.parseInt((await said.textContent())?.replace(/^No/, '0').replaceAll(',', '') ?? '', 10);
}

describe('a seller', () => {
  it('sees a visitor’s view on the open dashboard within two seconds, and none of their own', () =>
    visit(async (seller) => {
      const id = await openFigures(seller);
      const before = await liveViews(seller);
      await visit(async (visitor) => {
        const told = visitor.waitForResponse('**/api/v1/events');
        await visitor.goto(`${site.webUrl}/homes/${id}`);
        assert.equal((await told).status(), 202);
        const toldAt = Date.now();
        await seller.waitForFunction(
          (count) =>
            new RegExp(`^${count} views? in the last`).test(
              document.querySelector('section[aria-label="Right now"] p')?.textContent ?? '',
            ),
          before + 1,
          { polling: 50 },
        );
        const took = Date.now() - toldAt;
        assert.ok(took <= seenWithinMs, `it took ${took} ms`);
      });

      const own = await seller.context().newPage();
      const told = own.waitForResponse('**/api/v1/events');
      await own.goto(`${site.webUrl}/homes/${id}`);
      await told;
      await pause(seenWithinMs);
      assert.equal(await liveViews(seller), before + 1);
    }));
});
