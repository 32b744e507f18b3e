import assert from 'node:assert/strict';
import { it } from 'node:test';
import { AdvisedFilter, Understanding } from '@viewora/contracts/advisor';
import type { PropertyPage } from '@viewora/contracts/property';
import { encodeQuery } from '@viewora/contracts/query-string';
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
