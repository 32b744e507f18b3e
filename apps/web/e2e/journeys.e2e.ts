import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { allSerious, layoutShift, scriptsBefore, throttle, watchLayoutShift } from './measures.ts';
import { headingBegins, headingChanges, headingOf, mapIsDrawn, resultsAreShown } from './page-steps.ts';
import { testSite } from './site.ts';
import { holdReplies, styleHost } from './visit.ts';

const closeUp = 'view=38.58,-121.45,12';

const site = testSite();
const { visit, open } = site;
const cards = (page: Page) => page.getByRole('list', { name: 'Homes' }).getByRole('link');

/** Opens the first home of the list: the one that was read, although another may have come in its place. */
async function openFirstHome(page: Page): Promise<string | null> {
  const id = await cards(page).first().getAttribute('data-card');
  await page.locator(`[data-card="${id}"]`).click();
  await page.waitForURL(`**/homes/${id}`);
  return id;
}

/** From a home's page to another's, by a pin on its map. */
async function openNeighbour(page: Page): Promise<string | null> {
  await page.getByRole('region', { name: 'Where it is' }).waitFor();
  // Found and clicked in one breath: pins that arrive in between would take this one away.
  await page.waitForFunction(() => {
    const pin = document.querySelector<HTMLElement>('.pin[data-selected="false"]');
    pin?.click();
    return pin !== null;
  });
  const link = page.getByRole('region', { name: 'Picked on the map' }).getByRole('link');
  const path = await link.getAttribute('href');
  await link.click();
  await page.waitForURL(`**${path}`);
  return path;
}

describe('searching', () => {
  it('opens on the market, narrows by a filter, shows a home, and comes back to exactly the same view', () =>
    visit({}, async (page) => {
      await open(page, '/');
      await resultsAreShown(page);
      await page.getByRole('heading', { level: 1, name: /\d+\+? homes in view · Sacramento/ }).waitFor();
      const all = await headingOf(page);

      await page.getByRole('button', { name: 'Beds', exact: true }).click();
      await page.getByRole('radio', { name: /^4\+/ }).click();
      await page.getByRole('button', { name: 'Beds: 4+ beds', exact: true }).waitFor();
      await page.keyboard.press('Escape');
      await page.waitForURL(/minBeds=4/);
      await headingChanges(page, all);
      await resultsAreShown(page);

      const list = page.locator('#results');
      await list.evaluate((element) => element.scrollTo(0, 1200));
      // Cards far from the screen are taken out: until the list has followed, the fifth is not yet the one to be clicked.
      await page.locator('[data-index="0"]').waitFor({ state: 'detached' });
      const id = await cards(page).nth(4).getAttribute('data-card');
      const card = page.locator(`[data-card="${id}"]`);
      await card.scrollIntoViewIfNeeded();
      const top = await list.evaluate((element) => element.scrollTop);
      assert.ok(top > 400, 'the list could not be scrolled');
      await card.click();
      await page.waitForURL(`**/homes/${id}`);
      await page.getByRole('rowheader', { name: 'Bedrooms' }).waitFor();

      await page.getByRole('button', { name: 'Back to results' }).click();
      await page.waitForURL(/minBeds=4.*view=.*selected=/);
      await resultsAreShown(page);
      await page.waitForFunction((opened) => document.activeElement?.getAttribute('data-card') === opened, id);
      const topAgain = await list.evaluate((element) => element.scrollTop);
      assert.ok(Math.abs(topAgain - top) < 5, `the list has moved from ${top} to ${topAgain}`);
    }));

  it('goes from the search box to a listing with the keyboard alone', () =>
    visit({}, async (page) => {
      await open(page, '/');
      await resultsAreShown(page);
      const focused = () => page.evaluate(() => document.activeElement?.getAttribute('role') ?? '');
      for (let i = 0; i < 8 && (await focused()) !== 'combobox'; i++) await page.keyboard.press('Tab');
      await page.keyboard.type('Fols');
      await page.getByRole('option', { name: /Folsom/ }).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.getByRole('option', { name: /Folsom/, selected: true }).waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: /Folsom/ }).waitFor();
      await resultsAreShown(page);

      const onCard = () => page.evaluate(() => document.activeElement?.hasAttribute('data-card') ?? false);
      for (let i = 0; i < 30 && !(await onCard()); i++) await page.keyboard.press('Tab');
      assert.ok(await onCard(), 'no card could be reached');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/homes\//);
      await page.getByRole('heading', { level: 1 }).waitFor();
      // What the page is about has the focus, for whoever hears it.
      await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
    }));

  it('skips to the homes', () =>
    visit({}, async (page) => {
      await open(page, `/?${closeUp}`);
      await resultsAreShown(page);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => document.activeElement?.id === 'results');
    }));

  it('suggests places with their homes, looks for words, and opens a listing by its number', () =>
    visit({}, async (page) => {
      await open(page, '/');
      await resultsAreShown(page);
      const box = page.getByRole('combobox', { name: /Search for/ });
      await box.fill('elk');
      await page
        .getByRole('option', { name: /Elk Grove.*\d+ homes/ })
        .first()
        .click();
      await page.getByRole('heading', { level: 1, name: /Elk Grove/ }).waitFor();
      await resultsAreShown(page);
      const id = await cards(page).first().getAttribute('data-card');

      // Enter is a place only where that is its whole name; a place that begins so has to be chosen.
      await box.fill('elk');
      await box.press('Enter');
      await page.waitForURL(/q=elk/);
      await box.fill('FOLSOM');
      await box.press('Enter');
      await page.getByRole('heading', { level: 1, name: /Folsom/ }).waitFor();
      assert.doesNotMatch(page.url(), /q=/);

      await box.fill(id ?? '');
      await page.getByRole('option', { name: 'Open this listing' }).click();
      await page.waitForURL(`**/homes/${id}`);
    }));

  it('draws an area, and leaves it with Escape', () =>
    visit({}, async (page) => {
      await open(page, `/?${closeUp}`);
      await resultsAreShown(page);
      await page.getByRole('button', { name: 'Draw area' }).click();
      await page.getByRole('application').press('Escape');
      await page.getByRole('button', { name: 'Draw area' }).click();

      const sheet = await page.getByRole('application').boundingBox();
      assert.ok(sheet);
      const middle = { x: sheet.x + sheet.width / 2, y: sheet.y + sheet.height / 2 };
      await page.mouse.move(middle.x + 220, middle.y);
      await page.mouse.down();
      for (let angle = 0; angle <= 6.6; angle += 0.15) {
        await page.mouse.move(middle.x + 220 * Math.cos(angle), middle.y + 220 * Math.sin(angle));
      }
      await page.mouse.up();
      await page.waitForURL(/area=/);
      await page.getByRole('heading', { level: 1, name: /homes? in your area/ }).waitFor();

      await page.reload();
      await page.getByRole('heading', { level: 1, name: /homes? in your area/ }).waitFor();
      await page.getByRole('button', { name: 'Remove the drawn area' }).click();
      await page.getByRole('heading', { level: 1, name: /homes? in view/ }).waitFor();
    }));

  it('zooms in on a cluster, and keeps the list where it was when it does not follow the map', () =>
    visit({}, async (page) => {
      await open(page, '/');
      await resultsAreShown(page);
      await page.getByRole('checkbox', { name: 'Search as I move' }).uncheck();
      await page.waitForURL(/held=/);
      await page.getByRole('heading', { level: 1, name: /Sacramento/ }).waitFor();
      const before = await headingOf(page);
      // Found and clicked in one breath: pins that arrive in between would take the cluster away.
      await page.waitForFunction(() => {
        const cluster = document.querySelector<HTMLElement>('.cluster');
        cluster?.click();
        return cluster !== null;
      });
      await page.getByRole('button', { name: 'Search this area' }).waitFor();
      assert.equal(await headingOf(page), before);
      await page.getByRole('button', { name: 'Search this area' }).click();
      await headingChanges(page, before);
    }));

  it('opens the home that was clicked, although the map has just moved and the page of a home is slow to come', () =>
    visit({}, async (page) => {
      await page.route(/listing-page-.*\.js/, async (route) => {
        await new Promise((done) => setTimeout(done, 1_000));
        await route.continue();
      });
      await open(page, `/?${closeUp}`);
      await resultsAreShown(page);
      await mapIsDrawn(page);
      const id = await cards(page).first().getAttribute('data-card');
      await page.getByRole('region', { name: 'Map of homes' }).focus();
      await page.evaluate((opened) => {
        const card = document.querySelector<HTMLElement>(`[data-card="${opened}"]`);
        document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { keyCode: 39, bubbles: true }));
        card?.click();
      }, id);
      await page.getByRole('rowheader', { name: 'Bedrooms' }).waitFor();
      assert.equal(new URL(page.url()).pathname, `/homes/${id}`);
    }));

  it('comes back to the results from a home that was picked on another home’s map', () =>
    visit({}, async (page) => {
      await open(page, `/?${closeUp}`);
      await resultsAreShown(page);
      const id = await openFirstHome(page);
      const next = await openNeighbour(page);
      await page.getByRole('button', { name: 'Back to results' }).click();
      await page.waitForURL(({ pathname, searchParams }) => pathname === '/' && searchParams.get('selected') === id);

      // Whoever came by a link has no results to go back to.
      await open(page, next ?? '');
      await openNeighbour(page);
      await page.getByRole('link', { name: 'Homes nearby' }).waitFor();
    }));

  it('loads more homes while it is scrolled, and keeps only those near the screen', () =>
    visit({}, async (page) => {
      await open(page, '/');
      await resultsAreShown(page);
      await page.waitForFunction(() => {
        document.querySelector('#results')?.scrollBy(0, 2000);
        return [...document.querySelectorAll<HTMLElement>('[data-index]')].some(
          (card) => Number(card.dataset.index) >= 60,
        );
      });
      assert.ok((await cards(page).count()) < 40, 'too many cards at once');
    }));
});

describe('on a phone', () => {
  it('raises the sheet to the list, and filters with a live count', () =>
    visit({ size: 'phone' }, async (page) => {
      await open(page, '/');
      await resultsAreShown(page);
      const sheet = page.getByRole('region', { name: 'Homes in view' });
      assert.equal(await sheet.getAttribute('data-stop'), 'peek');
      const handle = page.getByRole('button', { name: /List of homes/ });
      await handle.press('ArrowUp');
      await handle.press('ArrowUp');
      assert.equal(await sheet.getAttribute('data-stop'), 'full');
      await cards(page).first().waitFor();

      // Once the sheet has come to rest.
      await handle.hover();
      const box = await handle.boundingBox();
      assert.ok(box);
      await page.mouse.move(195, box.y + 10);
      await page.mouse.down();
      for (let y = box.y; y < 760; y += 40) await page.mouse.move(195, y);
      await page.mouse.up();
      await page.waitForFunction(() => document.querySelector('[data-stop]')?.getAttribute('data-stop') !== 'full');

      await page.getByRole('button', { name: 'Filters' }).click();
      const show = page.getByRole('button', { name: /^Show [\d,]+ homes?$/ });
      const counted = show.and(page.locator('[aria-busy="false"]'));
      const counting = show.and(page.locator('[aria-busy="true"]'));
      await counted.waitFor();
      const place = await show.boundingBox();
      const release = await holdReplies(page, '**/api/v1/properties?*');
      await page.getByRole('radio', { name: /^5\+/ }).click();
      // While the next number is counted, the last one stays where it is and says that it is the last.
      await counting.waitFor();
      assert.deepEqual(await show.boundingBox(), place);
      release();
      await counted.waitFor();
      assert.deepEqual(await show.boundingBox(), place);
      const promised = /[\d,]+ homes?/.exec((await show.textContent()) ?? '')?.[0] ?? '';
      await show.click();
      await page.waitForURL(/minBeds=5/);
      await headingBegins(page, promised);
    }));
});

describe('where room is scarce', () => {
  it('leaves out whole facts, and cuts none', () =>
    visit({ size: 'phone' }, async (page) => {
      await open(page, `/?${closeUp}`);
      await resultsAreShown(page);
      await page.getByRole('button', { name: /List of homes/ }).press('ArrowUp');
      await openFirstHome(page);
      await page.getByText('Why:').first().waitFor();
      const cut = await page
        .getByRole('region', { name: 'Similar homes' })
        .evaluate(
          (section) =>
            [...section.querySelectorAll('p[aria-hidden]')].filter((line) => line.scrollWidth > line.clientWidth)
              .length,
        );
      assert.equal(cut, 0);
    }));

  it('suggests over the whole width of a phone', () =>
    visit({ size: 'phone' }, async (page) => {
      await open(page, `/?${closeUp}`);
      await page.getByRole('combobox', { name: /Search for/ }).fill('rose');
      const option = page.getByRole('option', { name: 'Homes that mention “rose”' });
      assert.equal((await option.boundingBox())?.width, 390 - 2 * 12 - 2);
    }));
});

describe('when there is nothing to show', () => {
  it('says which filter rules out the most, and drops it', () =>
    visit({}, async (page) => {
      await open(page, '/?minBeds=3&minYearBuilt=2090');
      const way = page.getByRole('button', { name: /^Show [\d,+]+ homes? without “Built 2090 or later”/ });
      const promised = /[\d,+]+ homes?/.exec((await way.textContent()) ?? '')?.[0] ?? '';
      await way.click();
      await page.waitForURL((url) => !url.search.includes('minYearBuilt') && url.search.includes('minBeds=3'));
      assert.match(promised, /[1-9]/);
      await headingBegins(page, `${promised} in view`);
    }));

  it('says what to do while the server is away, and recovers', () =>
    visit({}, async (page) => {
      await page.route('**/api/v1/properties?*', (route) => route.abort());
      await open(page, `/?${closeUp}`);
      await page.getByRole('alert').getByText('could not be loaded').waitFor();
      await page.unroute('**/api/v1/properties?*');
      await page.getByRole('button', { name: 'Try again' }).click();
      await resultsAreShown(page);
    }));

  it('says so when a home is not listed', () =>
    visit({}, async (page) => {
      await open(page, '/homes/0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a');
      await page.getByRole('heading', { name: /not listed/ }).waitFor();
      await page.getByRole('link', { name: 'See homes on the map' }).click();
      await resultsAreShown(page);
    }));
});

describe('the base map', () => {
  it('is the embedded one where the style cannot be reached, without an error', () =>
    visit({ atlas: true }, async (page) => {
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      await open(page, `/?${closeUp}`);
      await page.locator('[data-base-map="embedded"]').waitFor();
      await page.locator('.map-label').first().waitFor();
      const fonts = await page.evaluate(() =>
        ['body', '.map-label'].map((name) => getComputedStyle(document.querySelector(name) as Element).fontFamily),
      );
      assert.equal(fonts[1], fonts[0], 'the map has letters of its own');
      assert.deepEqual(errors, []);
      assert.equal(await page.getByRole('alert').count(), 0);
    }));

  it('is the configured style where that answers', () =>
    visit({}, async (page) => {
      const style = { version: 8, sources: {}, layers: [{ id: 'ground', type: 'background' }] };
      await page.route(styleHost, (route) =>
        route.fulfill({ json: style, headers: { 'access-control-allow-origin': '*' } }),
      );
      await open(page, `/?${closeUp}`);
      await page.locator('[data-base-map="remote"]').waitFor();
    }));
});

describe('every page', () => {
  for (const theme of ['light', 'dark'] as const) {
    it(`has nothing serious for axe, ${theme}`, () =>
      visit({ theme }, async (page) => {
        await open(page, `/?${closeUp}&minBeds=4`);
        await resultsAreShown(page);
        await page.locator('[data-base-map]').waitFor();
        assert.deepEqual(await allSerious(page, theme), [], 'search');

        await page.getByRole('button', { name: 'Price', exact: true }).click();
        await page.getByRole('slider').first().waitFor();
        assert.deepEqual(await allSerious(page, theme), [], 'price panel');
        await page.keyboard.press('Escape');

        await cards(page).first().click();
        await page.getByText('Why:').first().waitFor();
        assert.deepEqual(await allSerious(page, theme), [], 'listing');

        await open(page, '/homes/none');
        await page.getByRole('heading', { name: /not listed/ }).waitFor();
        assert.deepEqual(await allSerious(page, theme), [], 'not found');
      }));

    it(`has nothing serious for axe on a phone, ${theme}`, () =>
      visit({ theme, size: 'phone' }, async (page) => {
        await open(page, `/?${closeUp}`);
        await resultsAreShown(page);
        assert.deepEqual(await allSerious(page, theme), [], 'map');
        await page.getByRole('button', { name: /List of homes/ }).press('ArrowUp');
        await cards(page).first().waitFor();
        assert.deepEqual(await allSerious(page, theme), [], 'list');
        await page.getByRole('button', { name: 'Filters' }).click();
        await page.getByRole('button', { name: /^Show [\d,]+ homes?$/ }).waitFor();
        assert.deepEqual(await allSerious(page, theme), [], 'filters');
      }));
  }

  it('loads at most 180 kB of gzipped script before the map library', () =>
    visit({}, async (page) => {
      const bytes = await scriptsBefore(page, /map-canvas|maplibre/, async () => {
        await open(page, '/');
        await resultsAreShown(page);
      });
      assert.ok(bytes > 50_000, 'no script was measured');
      assert.ok(bytes <= 180_000, `${bytes} bytes`);
    }));

  it('does not shift while it loads, on a slow phone as well', () =>
    visit({ size: 'phone' }, async (page) => {
      await throttle(page);
      await watchLayoutShift(page);
      await open(page, '/');
      await resultsAreShown(page);
      await page.getByRole('button', { name: /List of homes/ }).press('ArrowUp');
      await cards(page).first().waitFor();
      const search = await layoutShift(page);
      assert.ok(search < 0.05, `search shifts by ${search}`);
      const id = await openFirstHome(page);
      await page.getByText('Why:').first().waitFor();
      const listing = await layoutShift(page);
      assert.ok(listing < 0.05, `listing shifts by ${listing}`);

      await open(page, `/homes/${id}`);
      await page.getByText('Why:').first().waitFor();
      const linked = await layoutShift(page);
      assert.ok(linked < 0.05, `a listing opened by a link shifts by ${linked}`);
    }));

  it('asks its first question before its own script has come, and only once', async () => {
    const reply = await fetch(`${site.webUrl}/api/v1/properties?limit=1`);
    const { items } = (await reply.json()) as { items: { id: string; title: string }[] };
    for (const [path, question, heading] of [
      ['/', '/api/v1/places?bbox=-180', /homes? in view/],
      [`/homes/${items[0]?.id}`, `/api/v1/properties/${items[0]?.id}`, items[0]?.title ?? ''],
    ] as const) {
      await visit({}, async (page) => {
        const asked: string[] = [];
        page.on('request', (request) => asked.push(request.url().replace(site.webUrl, '')));
        const release = await holdReplies(page, /\/assets\/index-.*\.js/);
        const early = page.waitForRequest((request) => request.url().includes(question));
        const opened = open(page, path);
        await early;
        release();
        await opened;
        await page.getByRole('heading', { level: 1, name: heading }).waitFor();
        const same = asked.filter((url) => url.startsWith(question) && !url.slice(question.length).startsWith('/'));
        assert.equal(same.length, 1);
      });
    }
  });

  it('says what a page is about before the app has come, exactly where the app then says it', async () => {
    const reply = await fetch(`${site.webUrl}/api/v1/properties?limit=1`);
    const { items } = (await reply.json()) as { items: { id: string; title: string }[] };
    for (const [path, words] of [
      ['/', /homes? in view · /],
      [`/homes/${items[0]?.id}`, new RegExp(items[0]?.title ?? 'no home')],
    ] as const) {
      await visit({ size: 'phone' }, async (page) => {
        const asked: string[] = [];
        page.on('request', (request) => request.url().includes('/api/') && asked.push(request.url()));
        const release = await holdReplies(page, /\/assets\/app-.*\.js/);
        await page.goto(site.webUrl + path, { waitUntil: 'commit' });
        const early = page.locator('#root + [aria-hidden]').getByText(words).last();
        await early.waitFor();
        await page.evaluate(() => document.fonts.ready);
        const place = await early.boundingBox();
        const text = await early.textContent();
        release();
        const heading = page.getByRole('heading', { level: 1, name: words });
        await heading.waitFor();
        await early.waitFor({ state: 'detached' });
        assert.equal(await heading.textContent(), text);
        assert.deepEqual(await heading.boundingBox(), place);
        assert.equal(await page.locator('h1').count(), 1);
        await mapIsDrawn(page);
        assert.deepEqual(asked, [...new Set(asked)], 'something was asked twice');
      });
    }
  });

  it('takes what people wrote for words, never for markup, before the app has come as well', () =>
    visit({ size: 'phone' }, async (page) => {
      const reply = await fetch(`${site.webUrl}/api/v1/properties?limit=1`);
      const { items } = (await reply.json()) as { items: { id: string }[] };
      const title = '<img src="/favicon.svg"> a house';
      await holdReplies(page, /\/assets\/app-.*\.js/);
      await page.route(`**/api/v1/properties/${items[0]?.id}`, async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, json: { ...(await response.json()), title, description: title } });
      });
      await page.goto(`${site.webUrl}/homes/${items[0]?.id}`, { waitUntil: 'commit' });
      await page.getByText(title).first().waitFor();
      assert.equal(await page.locator('img').count(), 0);
    }));

  it('leaves the page to the app where nothing can be said ahead of it', () =>
    visit({ size: 'phone' }, async (page) => {
      await open(page, '/homes/0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a');
      await page.getByRole('heading', { name: 'This home is not listed here' }).waitFor();
      await page.locator('#root + [aria-hidden]').waitFor({ state: 'detached' });
    }));

  it('keeps a listing’s header and picture where they will be while its code loads', () =>
    visit({ size: 'phone' }, async (page) => {
      const release = await holdReplies(page, /listing-page-.*\.js/);
      await open(page, '/homes/0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a');
      const picture = page.getByRole('status').locator('.aspect-4\\/3');
      await picture.waitFor();
      assert.deepEqual(await page.getByRole('banner').boundingBox(), { x: 0, y: 0, width: 390, height: 65 });
      assert.equal((await picture.boundingBox())?.width, 390);
      release();
    }));
});
