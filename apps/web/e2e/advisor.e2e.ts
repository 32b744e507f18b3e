import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { PropertyPage } from '@viewora/contracts/property';
import { encodeQuery } from '@viewora/contracts/query-string';
import { AdvisedFilter, Understanding } from '@viewora/contracts/understanding';
import { allSerious } from './measures.ts';
import { resultsAreShown } from './page-steps.ts';
import { testSite } from './site.ts';

const site = testSite();

function ask(body: string): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${site.webUrl}/api/v1/advisor/parse`, { method: 'POST', headers, body });
}

it('turns a question into the filter that finds the homes it asks for', async () => {
  const reply = await ask(JSON.stringify({ text: '3 bed house in Folsom under 600k, no Muslims' }));
  assert.equal(reply.status, 200);
  const { filter, leftOut } = Understanding.parse(await reply.json());
  assert.deepEqual(filter, { minBeds: 3, type: ['house'], place: 'Folsom', maxPriceMinor: 60_000_000 });
  assert.deepEqual(
    leftOut.map(({ reason }) => reason),
    ['protected'],
  );
  const found = await fetch(`${site.webUrl}/api/v1/properties?${encodeQuery(AdvisedFilter, filter)}`);
  const { items } = (await found.json()) as PropertyPage;
  assert.ok(items.length > 0);
  for (const { beds, type, city, priceMinor } of items) {
    assert.ok((beds ?? 0) >= 3 && type === 'house' && city === 'Folsom' && priceMinor <= 60_000_000);
  }
});

it('refuses what is no question, and says what is wrong with it', async () => {
  for (const text of ['', ' ', 'a'.repeat(100_000), 'house\0']) {
    const reply = await ask(JSON.stringify({ text }));
    assert.equal(reply.status, 400);
    const { code, errors } = (await reply.json()) as { code: string; errors: { path: string }[] };
    assert.deepEqual([code, errors[0]?.path], ['invalid_input', 'text']);
  }
  assert.equal((await ask(JSON.stringify({ text: 'a'.repeat(300_000) }))).status, 413);
});

it('reads a visitor’s question also while nobody can say who is signed in', () =>
  site.visit({}, async (page) => {
    await page.route('**/api/v1/auth/session', (route) => route.abort());
    await site.open(page, '/');
    await resultsAreShown(page);
    await page.getByRole('combobox', { name: /Search for/ }).fill('3 bed house in Folsom under 600k');
    await page.getByRole('option', { name: /^3\+ beds · Houses · / }).waitFor();
  }));

it('reads a question in the search box, says how, and looks for its words instead', () =>
  site.visit({}, async (page) => {
    await site.open(page, '/');
    await resultsAreShown(page);
    const box = page.getByRole('combobox', { name: /Search for/ });
    const note = page.getByRole('region', { name: 'How your words were read' });
    await box.fill('3 bed house in Folsom under 600k with a pool, no Muslims');
    await page.getByRole('option', { name: /^3\+ beds · Houses · / }).waitFor();
    await box.press('Enter');
    await page.waitForURL(/place=Folsom/);
    const { searchParams } = new URL(page.url());
    assert.deepEqual(
      ['place', 'minBeds', 'type', 'maxPriceMinor', 'q'].map((name) => searchParams.get(name)),
      ['Folsom', '3', 'house', '60000000', null],
    );
    await page.getByRole('heading', { level: 1, name: /Folsom/ }).waitFor();
    await note.getByText(/^Read as 3\+ beds · Houses · /).waitFor();
    await note.getByText('No filter for “pool”').waitFor();
    await note.getByText(/“no Muslims”: Homes are open to everybody/).waitFor();
    assert.deepEqual(await allSerious(page, 'light'), []);

    // What is changed by hand is no longer what was read; a step back is.
    await page.getByRole('button', { name: 'Beds: 3+ beds', exact: true }).click();
    await page.getByRole('radio', { name: /^4\+/ }).click();
    await note.waitFor({ state: 'detached' });
    await page.goBack();
    await note.getByRole('button', { name: 'Look for these words instead' }).click();
    await page.waitForURL(/q=3\+bed\+house/);
    await note.waitFor({ state: 'detached' });
    assert.doesNotMatch(page.url(), /place=|minBeds=/);

    // Where no question is understood, words are looked for as before.
    await box.fill('quiet garden');
    await box.press('Enter');
    await page.waitForURL(/q=quiet\+garden/);
  }));

it('opens the list on a phone, where the note is', () =>
  site.visit({ size: 'phone' }, async (page) => {
    await site.open(page, '/');
    await resultsAreShown(page);
    const box = page.getByRole('combobox', { name: /Search for/ });
    await box.fill('cheap flat, no Muslims');
    await box.press('Enter');
    await page.locator('[data-stop="half"]').waitFor();
    await page.getByText(/“no Muslims”: Homes are open/).waitFor();
    await page.getByRole('button', { name: 'Close this note' }).click();
    await page.getByText(/“no Muslims”/).waitFor({ state: 'detached' });
  }));

it('looks for the words of a question while nobody can read it', () =>
  site.visit({}, async (page) => {
    await page.route('**/api/v1/advisor/parse', (route) => route.fulfill({ status: 503, json: {} }));
    await site.open(page, '/');
    await resultsAreShown(page);
    const box = page.getByRole('combobox', { name: /Search for/ });
    await box.fill('3 bed house in Folsom');
    await box.press('Enter');
    await page.waitForURL(/q=3\+bed\+house/);
  }));
