import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import type { ListingItem } from '@viewora/contracts/listing';
import type { Page } from 'playwright-core';
import { testSite } from './site.ts';
import type { Journey } from './visit.ts';

const city = 'Sacramento';
/** A minute that is over is in the order of listings within seconds; the one of a view may have only begun. */
const refreshedWithinMs = 150_000;
/** A name of a browser that somebody holds: programs do not count. */
const userAgent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

const site = testSite();

const visit = (journey: Journey) => site.visit({ isPerson: true }, journey);

async function homesIn(place: string, limit: number): Promise<ListingItem[]> {
  const reply = await fetch(`${site.webUrl}/api/v1/properties?place=${place}&limit=${limit}`);
  return ((await reply.json()) as { items: ListingItem[] }).items;
}

/** Looks at homes, each by a visitor of its own. */
async function look(ids: readonly string[]): Promise<void> {
  const events = ids.map((propertyId) => ({
    id: randomUUID(),
    type: 'view',
    propertyId,
    viewerId: randomUUID(),
    at: new Date().toISOString(),
  }));
  const reply = await fetch(`${site.webUrl}/api/v1/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': userAgent },
    body: JSON.stringify({ events }),
  });
  assert.equal(reply.status, 202);
}

/** Opens a page again and again until it shows something: nothing in it waits for a minute to end. */
async function untilShown(page: Page, address: string, text: string | RegExp): Promise<void> {
  const deadline = Date.now() + refreshedWithinMs;
  for (;;) {
    await page.goto(address);
    const shown = page.getByText(text).first();
    const isShown = await shown.waitFor({ state: 'attached', timeout: 5_000 }).then(
      () => true,
      () => false,
    );
    if (isShown) return;
    assert.ok(Date.now() < deadline, `${text} was not shown`);
  }
}

describe('a visitor', () => {
  it('reads what homes cost in a city of the demo market, and goes on to these homes', () =>
    visit(async (page) => {
      await page.goto(`${site.webUrl}/markets`);
      await page.getByRole('link', { name: city, exact: true }).click();
      await page.getByRole('heading', { level: 1, name: `What homes cost in ${city}` }).waitFor();
      const price = page.locator('dl > div', { hasText: 'Median price' });
      await price.getByText(/^\$\d/).waitFor();
      await price.getByText(/^Half are between \$\d+K and \$\d+K$/).waitFor();
      await page.getByRole('row', { name: /^House/ }).waitFor();
      const [, count = ''] =
        /See ([\d,]+) homes/.exec((await page.getByRole('link', { name: /^See/ }).textContent()) ?? '') ?? [];
      await page.getByRole('link', { name: /^See/ }).click();
      await page.getByRole('heading', { level: 1, name: new RegExp(`^${count} homes in view`) }).waitFor();
    }));

  it('finds a home that many look at among the most looked at, with a badge once there is enough to compare it with', () =>
    visit(async (page) => {
      const [home, ...others] = await homesIn(city, 24);
      assert.ok(home);
      await look([...Array<string>(12).fill(home.id), ...others.map(({ id }) => id)]);
      await untilShown(page, `${site.webUrl}/trending?list=popular&place=${city}`, /^12 views in 7 days$/);
      const first = page.getByRole('main').getByRole('article').first();
      assert.equal(await first.getAttribute('aria-label'), home.title);
      await first.getByText(new RegExp(`^Number 1 of \\d+ in ${city}$`)).waitFor();
      await first.getByText('Much looked at').waitFor();
      // On its page, with the rule and where it stands.
      await first.getByRole('link').first().click();
      await page.getByText(new RegExp(`^Much looked at: top \\d% in ${city} over 7 days$`)).waitFor();
      await page.getByRole('link', { name: new RegExp(`^Number 1 of \\d+ in ${city} by views`) }).waitFor();
      // And on its card among the results.
      await page.goto(`${site.webUrl}/?q=${encodeURIComponent(home.title)}&place=${city}`);
      await page.locator(`[data-card="${home.id}"]`).getByText('Much looked at').waitFor();
      // Nobody knows yet what is usual.
      await page.goto(`${site.webUrl}/trending`);
      await page.getByRole('heading', { name: 'Nothing is trending just now' }).waitFor();
    }));
});
