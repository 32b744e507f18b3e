import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { allSerious } from './measures.ts';
import { resultsAreShown } from './page-steps.ts';
import { testSite } from './site.ts';

const site = testSite();
const place = 'Sacramento';
const question = `3 bedroom houses in ${place} under $400K`;

const composer = (page: Page) => page.getByRole('textbox', { name: 'Your question' });
const answerTo = (page: Page, asked: string) => page.getByRole('article', { name: asked, exact: true }).last();

/** Asks, and waits for the whole answer. */
async function ask(page: Page, text: string): Promise<ReturnType<typeof answerTo>> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
  return answered(page, text);
}

async function answered(page: Page, text: string): Promise<ReturnType<typeof answerTo>> {
  const answer = answerTo(page, text);
  await answer.getByText('Answered by rules, without a language model.').waitFor();
  return answer;
}

const pricesOf = (answer: ReturnType<typeof answerTo>) =>
  answer
    .locator('[data-card] p:first-child')
    .evaluateAll((all) => all.map((price) => Number.parseFloat(price.textContent?.replace('$', '') ?? '')));

describe('a visitor without a session', () => {
  it('asks, sees homes and where what is said comes from, refines, compares, and finds it all again after a reload', () =>
    site.visit({}, async (page) => {
      await site.open(page, '/advisor');
      await page.getByRole('list', { name: 'Questions to begin with' }).getByRole('button').first().waitFor();
      const found = await ask(page, question);
      await page.waitForURL(/\/advisor\/[\da-f-]{36}$/);
      const prices = await pricesOf(found);
      assert.ok(prices.length > 1 && prices.every((price) => price <= 400), `${prices}`);
      for (const chip of [`In ${place}`, 'House', '3+ beds', 'Up to $400K'])
        await found.getByText(chip, { exact: true }).first().waitFor();
      await found.getByRole('navigation', { name: 'Sources' }).getByRole('link').first().waitFor();
      await page
        .getByRole('button', { name: /^Home for \$/ })
        .first()
        .waitFor();
      assert.deepEqual(await allSerious(page, 'light'), []);

      await found.getByRole('button', { name: 'Ask again without “3+ beds”' }).click();
      const anyBeds = await answered(page, 'Any number of bedrooms');
      await anyBeds.getByText('Up to $400K', { exact: true }).waitFor();
      assert.equal(await anyBeds.getByText('3+ beds', { exact: true }).count(), 0);

      await page.getByRole('button', { name: 'Cheaper', exact: true }).click();
      const cheaper = await answered(page, 'cheaper');
      await cheaper.getByText('Up to $340K', { exact: true }).waitFor();
      assert.ok((await pricesOf(cheaper)).every((price) => price <= 340));

      await page.getByRole('button', { name: 'Compare the first two' }).click();
      const compared = await answered(page, 'Compare the first two');
      const table = compared.getByRole('region', { name: 'Comparison' });
      await table.getByRole('row', { name: /^Price \$/ }).waitFor();
      assert.equal(await table.getByRole('columnheader').count(), 2);
      await table.getByText('✓ Lowest price').first().waitFor();

      await page.reload();
      await answered(page, 'Compare the first two');
      assert.equal(await page.getByRole('article').count(), 4);
      await page.getByRole('heading', { level: 1, name: question }).waitFor();
    }));

  it('asks what an area costs and whether a price is fair, and is told from what', () =>
    site.visit({}, async (page) => {
      await site.open(page, '/advisor');
      const area = await ask(page, `What do homes cost in ${place}?`);
      await area
        .getByRole('region', { name: `The market in ${place}` })
        .getByText('Median price')
        .waitFor();
      await area.getByRole('link', { name: /month by month$/ }).waitFor();
      await ask(page, `Houses in ${place}`);
      await page.getByRole('button', { name: 'Is the first one fairly priced?' }).click();
      const price = await answered(page, 'Is the first one fairly priced?');
      const check = price.getByRole('region', { name: 'Price check' });
      await check.getByRole('img', { name: /^Similar homes ask \$.* this one asks \$/ }).waitFor();
      await check.getByText(/^Confidence: (low|medium|high)$/).waitFor();
    }));

  it('says what it thinks of an answer and takes it back, renames, saves and deletes a conversation', () =>
    site.visit({}, async (page) => {
      await site.open(page, '/advisor');
      const found = await ask(page, question);
      await found.getByRole('button', { name: 'It did not help' }).click();
      await found.getByRole('button', { name: 'Wrong homes' }).click();
      await page.getByText('Thank you').waitFor();
      await page.reload();
      const again = await answered(page, question);
      assert.equal(await again.getByRole('button', { name: 'Wrong homes' }).getAttribute('aria-pressed'), 'true');
      await again.getByRole('button', { name: 'It did not help' }).click();
      await page.getByText('Taken back').waitFor();
      await again.getByRole('button', { name: 'Wrong homes' }).waitFor({ state: 'detached' });

      await page.getByRole('button', { name: /^What to do with/ }).click();
      await page.getByRole('menuitem', { name: /Rename/ }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill('For the two of us');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: 'For the two of us' }).waitFor();

      await page.getByRole('button', { name: 'New conversation' }).click();
      await page.getByRole('heading', { level: 1, name: 'What are you looking for?' }).waitFor();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Save all as a file' }).click(),
      ]);
      const saved = await readFile(await download.path(), 'utf8');
      assert.match(saved, /For the two of us/);
      assert.match(saved, /3 bedroom houses/);

      const list = page.getByRole('region', { name: 'Earlier conversations' });
      await list.getByRole('button', { name: /^What to do with/ }).click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      const isDeleted = page.waitForResponse((reply) => reply.request().method() === 'DELETE');
      await list.waitFor({ state: 'detached' });
      await page.keyboard.press('Escape');
      assert.equal((await isDeleted).status(), 204);
      await page.goBack();
      await page.reload();
      await page.getByRole('heading', { level: 1, name: 'This conversation is not here' }).waitFor();
    }));
});

describe('an answer that is being given', () => {
  /** Cuts the connection of the first answer after so many of its events, as a network does. */
  async function cutAfter(page: Page, events: number): Promise<void> {
    let isCut = false;
    await page.route('**/api/v1/advisor/conversations/*/messages', async (route) => {
      if (isCut) return route.fallback();
      isCut = true;
      const reply = await route.fetch();
      const text = await reply.text();
      const kept = text.split('\n\n').slice(0, events).join('\n\n');
      return route.fulfill({ response: reply, body: `${kept}\n\nid: half` });
    });
  }

  it('is read on where the connection broke, and said whole', () =>
    site.visit({}, async (page) => {
      const resumed: (string | undefined)[] = [];
      page.on('request', (request) => {
        if (/\/advisor\/runs\/.*\/events/.test(request.url())) resumed.push(request.headers()['last-event-id']);
      });
      await cutAfter(page, 3);
      await site.open(page, '/advisor');
      const found = await ask(page, question);
      await found.locator('[data-card]').first().waitFor();
      assert.equal(resumed.length, 1);
      assert.match(resumed[0] ?? '', /^[\da-f-]{36}:3$/);
    }));

  it('is given once, although its connection broke before anything of it was read', () =>
    site.visit({}, async (page) => {
      await cutAfter(page, 0);
      await site.open(page, '/advisor');
      await ask(page, question);
      assert.equal(await page.getByRole('article').count(), 1);
      await page.reload();
      await answered(page, question);
      assert.equal(await page.getByRole('article').count(), 1);
    }));

  it('is read from its beginning by another tab, and after a reload', () =>
    site.visit({}, async (page) => {
      await site.open(page, '/advisor');
      await ask(page, question);
      // As the server tells it while it runs; what it has said so far can be read again.
      const running = async (other: Page) => {
        await other.route('**/api/v1/advisor/conversations/*', async (route) => {
          const reply = await route.fetch();
          const conversation = (await reply.json()) as { messages: { state: string; parts: unknown[] }[] };
          for (const message of conversation.messages) Object.assign(message, { state: 'running', parts: [] });
          await route.fulfill({ response: reply, json: conversation });
        });
      };
      const tab = await page.context().newPage();
      await running(tab);
      await tab.goto(page.url());
      await answered(tab, question);
      await running(page);
      await page.reload();
      await answered(page, question);
    }));
});

describe('beside a search', () => {
  it('the advisor answers, and what it understood becomes the search, with the conversation still there', () =>
    site.visit({}, async (page) => {
      await site.open(page, '/');
      await resultsAreShown(page);
      await page.keyboard.press('Control+/');
      const panel = page.getByRole('complementary', { name: 'Advisor' });
      await composer(page).waitFor();
      await ask(page, question);
      await panel.getByRole('link', { name: 'Open as a search' }).click();
      await page.waitForURL(/place=Sacramento.*advisor=/);
      await resultsAreShown(page);
      await panel.getByRole('article', { name: question }).waitFor();
      assert.deepEqual(await allSerious(page, 'light'), []);
      await panel.getByRole('button', { name: 'Close the advisor' }).click();
      await panel.waitFor({ state: 'detached' });
      await resultsAreShown(page);
    }));

  it('is a button above the sheet on a phone, and a page of its own', () =>
    site.visit({ size: 'phone' }, async (page) => {
      await site.open(page, '/');
      await resultsAreShown(page);
      await page.getByRole('link', { name: 'Ask', exact: true }).click();
      await ask(page, question);
      await page.getByRole('button', { name: 'Show the homes on the map' }).click();
      await page
        .getByRole('button', { name: /^Home for \$/ })
        .first()
        .click();
      await page.getByRole('region', { name: 'Picked on the map' }).waitFor();
      await page.getByRole('button', { name: 'Back to the answer' }).click();
      await answerTo(page, question).waitFor();
    }));
});
