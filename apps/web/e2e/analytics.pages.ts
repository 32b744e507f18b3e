import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { AnalyticsEvent } from '@viewora/contracts/analytics';
import type { Page } from 'playwright-core';
import { analyticsShots, chart, figures, home } from './analytics-shots.ts';
import { asha, fakeAccounts, problem, session, visitor } from './fake-accounts.ts';
import {
  away,
  type FakeBeacon,
  FakeFigures,
  fakeBeacon,
  insights,
  market,
  noInsights,
  someListings,
  youngInsights,
} from './fake-analytics.ts';
import { buyer, fakeSaved } from './fake-saved.ts';
import { FakeListing, listingId, selling } from './fake-selling.ts';
import { tabTo } from './keyboard.ts';
import { allSerious } from './measures.ts';
import { testSite } from './site.ts';
import { type Journey, type VisitOptions } from './visit.ts';

const site = testSite();

const visit = (journey: Journey, options: VisitOptions = {}) => site.visit(options, journey);
const counted = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('viewora.counted')));
const ofType = ({ events }: FakeBeacon, type: AnalyticsEvent['type']) => events.filter((event) => event.type === type);

/** The fake server has been told; the page’s clock may stand elsewhere, this one does not. */
async function until(isSo: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!isSo()) {
    assert.ok(Date.now() < deadline, what);
    await pause(20);
  }
}

async function openHome(page: Page, id = listingId): Promise<void> {
  await page.goto(`${site.webUrl}/homes/${id}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
}

/** What a browser tells a page whose tab goes to the back, or comes to the front. */
async function turn(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate((visibilityState) => {
    Object.defineProperty(document, 'visibilityState', { value: visibilityState, configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, state);
}

describe('what a visitor does', () => {
  it('is a view once a home was in front for a second, told at once, and how long it was when it is left', () =>
    visit(async (page) => {
      await fakeAccounts(page, { ...visitor, ...market(someListings(1)) });
      const beacon = await fakeBeacon(page);
      await openHome(page);
      await until(() => ofType(beacon, 'view').length > 0, 'no view was told');
      const [view] = ofType(beacon, 'view');
      assert.equal(view?.propertyId, listingId);
      await turn(page, 'hidden');
      await until(() => ofType(beacon, 'dwell').length > 0, 'no dwell was told');
      const [dwell] = ofType(beacon, 'dwell');
      assert.ok(dwell?.type === 'dwell' && dwell.data && dwell.data.seconds >= 1 && dwell.data.seconds < 30);
      assert.equal(dwell.viewerId, view?.viewerId);
      await turn(page, 'visible');
      await pause(1_500);
      assert.equal(ofType(beacon, 'view').length, 1);
      // Everything has arrived, so nothing of it is kept.
      assert.deepEqual(await counted(page), ['viewora.counted.viewer']);
    }));

  it('is no view when the home is left before the second is over', () =>
    visit(async (page) => {
      await fakeAccounts(page, { ...visitor, ...market(someListings(2)) });
      const beacon = await fakeBeacon(page);
      await openHome(page);
      await turn(page, 'hidden');
      await pause(1_500);
      assert.deepEqual(beacon.events, []);
    }));

  it('is one impression for each card that was really seen, with its place in the list', () =>
    visit(async (page) => {
      const homes = someListings(12);
      await fakeAccounts(page, { ...visitor, ...market(homes) });
      const beacon = await fakeBeacon(page);
      await page.goto(`${site.webUrl}/?view=38.58,-121.45,12`);
      await page.locator('[data-card]').first().waitFor();
      await until(() => ofType(beacon, 'search_impression').length >= 2, 'no card was seen');
      const before = ofType(beacon, 'search_impression').length;
      assert.ok(before < homes.length, 'cards out of sight were seen');
      await page.locator('#results').evaluate((list) => list.scrollTo(0, list.scrollHeight));
      await page.locator('[data-card]').last().waitFor();
      await pause(1_200);
      await page.locator('#results').evaluate((list) => list.scrollTo(0, 0));
      await pause(1_200);
      await turn(page, 'hidden');
      await until(() => ofType(beacon, 'search_impression').length > before, 'no later card was seen');
      const seen = ofType(beacon, 'search_impression');
      assert.equal(new Set(seen.map(({ propertyId }) => propertyId)).size, seen.length);
      for (const event of seen) {
        const place = homes.findIndex(({ id }) => id === event.propertyId) + 1;
        assert.deepEqual(event.data, { position: place });
      }
    }));

  it('is a share only where it was shared, and a favourite once the server has it', () =>
    visit(async (page) => {
      const homes = someListings(1);
      await page.addInitScript(() => {
        let isRefused = true;
        navigator.share = async () => {
          if (isRefused) {
            isRefused = false;
            throw new DOMException('closed', 'AbortError');
          }
        };
      });
      await fakeAccounts(page, { ...market(homes), 'GET /auth/session': session(buyer) });
      await fakeSaved(page, { homes });
      const beacon = await fakeBeacon(page);
      await openHome(page);
      await page.getByRole('button', { name: 'Share' }).click();
      await page.getByRole('button', { name: 'Share' }).click();
      await page.getByRole('button', { name: /^Save / }).click();
      await until(() => ofType(beacon, 'favourite').length > 0, 'no favourite was told');
      assert.equal(ofType(beacon, 'share').length, 1);
    }));

  it('is told later, with the same id, when it could not be told before the page was closed', () =>
    visit(async (page) => {
      await fakeAccounts(page, { ...visitor, ...market(someListings(1)) });
      const beacon = await fakeBeacon(page);
      beacon.status = 503;
      await openHome(page);
      await until(() => beacon.batches > 0, 'nothing was tried');
      const kept = await page.evaluate(() => localStorage.getItem('viewora.counted.events') ?? '[]');
      const [{ id }] = JSON.parse(kept) as [AnalyticsEvent];
      await pause(3_000);
      // It rests longer after each: not a try each moment.
      assert.ok(beacon.batches <= 4, `${beacon.batches} tries`);
      const later = await page.context().newPage();
      await page.close();
      beacon.status = 202;
      await later.clock.install({ time: Date.now() + 2 * 60_000 });
      await fakeAccounts(later, { ...visitor, ...market(someListings(1)) });
      await openHome(later);
      await until(() => beacon.events.some((event) => event.id === id), 'it was lost');
    }));

  for (const signal of ['globalPrivacyControl', 'doNotTrack'] as const) {
    it(`is neither told nor kept where the browser says ${signal}`, () =>
      visit(async (page) => {
        await page.addInitScript((name) => {
          Object.defineProperty(navigator, name, { value: name === 'doNotTrack' ? '1' : true });
        }, signal);
        const scripts: string[] = [];
        page.on('request', (request) => scripts.push(request.url()));
        await fakeAccounts(page, { ...visitor, ...market(someListings(1)) });
        const beacon = await fakeBeacon(page);
        await openHome(page);
        await pause(2_500);
        await turn(page, 'hidden');
        assert.equal(beacon.batches, 0);
        assert.deepEqual(await counted(page), []);
        assert.ok(!scripts.some((url) => url.includes('/beacon-')), 'the beacon was loaded');
        await page.goto(`${site.webUrl}/privacy`);
        await page.getByText('your browser asks every site not to').waitFor();
        assert.equal(await page.getByRole('button', { name: /count my visits/i }).count(), 0);
      }));
  }

  it('is not counted any more once they have said so, and what was kept is gone; found from the home’s foot', () =>
    visit(async (page) => {
      await fakeAccounts(page, { ...visitor, ...market(someListings(1)) });
      const beacon = await fakeBeacon(page);
      await openHome(page);
      await until(() => beacon.events.length > 0, 'no view was told');
      await tabTo(page, page.getByRole('link', { name: 'Privacy' }));
      await page.keyboard.press('Enter');
      await tabTo(page, page.getByRole('button', { name: 'Do not count my visits' }));
      await page.keyboard.press('Enter');
      await page.getByText('Your visits are not counted').waitFor();
      assert.deepEqual(await counted(page), []);
      const { batches } = beacon;
      await openHome(page);
      await pause(2_000);
      assert.equal(beacon.batches, batches);
      assert.deepEqual(await counted(page), []);
    }));
});

describe('the figures of a listing', () => {
  const main = (page: Page) => page.getByRole('main');

  it('show a view within two seconds, and stand in every other figure soon after', () =>
    visit(async (page) => {
      const server = new FakeFigures({}, noInsights);
      await figures(page, site.webUrl, server);
      const now = page.getByRole('region', { name: 'Right now' });
      await now.locator('p').getByText('No views in the last 30 minutes').waitFor();
      server.see();
      const before = Date.now();
      await now.locator('p').getByText('1 view in the last 30 minutes').waitFor();
      assert.ok(Date.now() - before < 2_000, `it took ${Date.now() - before} ms`);
      await page.getByText('1 in 7 days, 1 in all').waitFor();
      await page.getByText('1 view in the last 30 days', { exact: false }).waitFor();
    }));

  it('are not asked for while nobody looks', () =>
    visit(async (page) => {
      const server = new FakeFigures();
      await figures(page, site.webUrl, server);
      await until(() => server.asked.length >= 3, 'nothing is asked again');
      await turn(page, 'hidden');
      await pause(500);
      const { length } = server.asked;
      await pause(2_500);
      assert.equal(server.asked.length, length);
      await turn(page, 'visible');
      await until(() => server.asked.length > length, 'it does not go on');
    }));

  it('that cannot be read are never a zero, and come when they can be read again', () =>
    visit(async (page) => {
      const server = new FakeFigures();
      server.isAway = true;
      await figures(page, site.webUrl, server);
      await page.getByText('The figures cannot be read just now').nth(1).waitFor();
      await page.getByRole('region', { name: 'Right now' }).getByText('Cannot be read just now').first().waitFor();
      // biome-ignore lint/performance/useDomNodeTextContent: what is read, as words with spaces between them
      assert.doesNotMatch(await main(page).innerText(), /\b0\b|Nobody/);
      server.isAway = false;
      await page.getByRole('button', { name: 'Try again' }).first().click();
      await page.getByText('742 in 7 days').waitFor();
      await page.getByRole('button', { name: 'Try again' }).click();
      await chart(page).waitFor();
    }));

  it('say that they are old where they were read before and cannot be now', () =>
    visit(async (page) => {
      const server = new FakeFigures();
      await figures(page, site.webUrl, server);
      await chart(page).waitFor();
      await page.getByText('742 in 7 days').waitFor();
      server.see();
      await page.getByText('743 in 7 days').waitFor();
      server.replies[`GET /properties/${listingId}/insights`] = away;
      await pause(3_000);
      server.freshViews++;
      await page
        .getByText(/These are from \d\d:\d\d/)
        .first()
        .waitFor();
      await page.getByText('743 in 7 days').waitFor();
    }));

  it('keep their range in the address, by keyboard and after a reload', () =>
    visit(async (page) => {
      const server = new FakeFigures();
      await figures(page, site.webUrl, server);
      await chart(page).waitFor();
      await tabTo(page, page.getByRole('radio', { name: '30 days' }));
      await page.keyboard.press('ArrowLeft');
      // The focus follows a moment after the key.
      await page.getByRole('radio', { name: '7 days' }).and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL('**/analytics?range=week');
      await page.getByRole('radio', { name: 'By day' }).click();
      await page.waitForURL('**/analytics?range=week&by=day');
      await page.reload();
      await page.getByText(/in the last 7 days, most on/).waitFor();
      const handle = page.getByRole('slider', { name: 'Show from' });
      await tabTo(page, handle);
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await page.waitForURL('**/analytics?range=week&by=day&from=*&to=*');
      await page.getByText(/views from \d+ \w+ to \d+ \w+/).waitFor();
      await page.reload();
      await page.getByText(/views from \d+ \w+ to \d+ \w+/).waitFor();
      await page.getByRole('button', { name: 'Show all of it' }).press('Enter');
      await page.waitForURL('**/analytics?range=week&by=day');
      await page.getByText(/in the last 7 days, most on/).waitFor();
    }));

  it('are read from the chart step by step, by the pointer and by the arrow keys, and from a table', () =>
    visit(async (page) => {
      await figures(page, site.webUrl, new FakeFigures());
      await tabTo(page, chart(page));
      const said = () => chart(page).getAttribute('aria-valuetext');
      assert.match((await said()) ?? '', /so far: [\d,]+ views?, [\d,]+ times? seen in results/);
      await page.keyboard.press('ArrowLeft');
      assert.match((await said()) ?? '', /: [\d,]+ views?, [\d,]+ visitors?, [\d,]+ times? seen/);
      await page.keyboard.press('Home');
      assert.equal(await chart(page).getAttribute('aria-valuenow'), '0');
      await page.mouse.move(0, 0);
      await chart(page).hover({ position: { x: 500, y: 100 } });
      assert.ok(Number(await chart(page).getAttribute('aria-valuenow')) > 5);
      await tabTo(page, page.getByText('Show as a table'));
      await page.keyboard.press('Enter');
      const table = page.getByRole('region', { name: 'Figures over time' });
      await table.waitFor();
      assert.equal(await table.getByRole('row').count(), 31);
      await table.getByRole('row').nth(1).getByText('not known').waitFor();
    }));

  it('are a file for other programs', () =>
    visit(async (page) => {
      await figures(page, site.webUrl, new FakeFigures(), '?range=hour');
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Export CSV' }).click();
      const lines = (await readFile(await (await download).path(), 'utf8')).trim().split('\r\n');
      assert.equal(lines.length, 61);
      assert.match(lines[0] ?? '', /^at,views,visitors,/);
      // By the minute nobody knows how many visitors there were: that is empty, and no zero.
      assert.match(lines[1] ?? '', /^[\d-]+T[\d:.]+Z,\d+,,/);
    }));

  it('that are not known are said to be so', () =>
    visit(async (page) => {
      await figures(page, site.webUrl, new FakeFigures({}, youngInsights));
      await page.getByText('Not known yet').waitFor();
      await page.getByText('Too few views to say how it changes.').waitFor();
    }));

  it('are led to from the list and the editor', () =>
    visit(async (page) => {
      await fakeAccounts(page, selling);
      await page.goto(`${site.webUrl}/sell`);
      const link = page.getByRole('link', { name: 'Figures of “Corner house by the river”' });
      assert.match((await link.getAttribute('href')) ?? '', /^\/sell\/[\w-]{36}\/analytics$/);
      const { replies } = new FakeListing({ status: 'published' });
      await fakeAccounts(page, { ...new FakeFigures().replies, ...replies });
      await page.goto(`${site.webUrl}/sell/${listingId}/edit`);
      await page.getByRole('link', { name: 'Figures' }).click();
      await page.waitForURL(`**/sell/${listingId}/analytics`);
      await page.getByRole('region', { name: 'Right now' }).waitFor();
    }));

  it('are nobody else’s', () =>
    visit(async (page) => {
      await fakeAccounts(page, {
        'GET /auth/session': session(asha),
        [`GET /me/listings/${listingId}`]: problem({ code: 'not_found', status: 404 }),
      });
      await page.goto(`${site.webUrl}/sell/${listingId}/analytics`);
      await page.getByRole('heading', { name: 'You have no such listing' }).waitFor();
      await fakeAccounts(page, { 'GET /auth/session': session(buyer) });
      await page.goto(`${site.webUrl}/sell/${listingId}/analytics`);
      await page.getByRole('heading', { name: 'Sellers and brokers can list homes' }).waitFor();
    }));
});

describe('a home’s page', () => {
  it('says how many look at it, and its badge with the rule', () =>
    visit(async (page) => {
      await home(page, site.webUrl, insights);
      await page.getByText('128 views in the last 24 hours, saved or asked about 12 times in 7 days').waitFor();
      await page.getByText('Much looked at: top 3% in Folsom over 7 days').waitFor();
    }));

  it('says nothing where there is nothing to say, or nobody knows', () =>
    visit(async (page) => {
      await home(page, site.webUrl, noInsights);
      await page.getByRole('button', { name: 'Share' }).waitFor();
      await pause(300);
      assert.equal(await page.getByText(/view(s)? in the last/).count(), 0);
      await fakeAccounts(page, { [`GET /properties/${listingId}/insights`]: away });
      await openHome(page);
      await pause(2_500);
      assert.equal(await page.getByText(/in the last|cannot be read/).count(), 0);
    }));
});

describe('every page of figures', () => {
  for (const { theme, size } of [
    { theme: 'light', size: 'desktop' },
    { theme: 'light', size: 'phone' },
    { theme: 'dark', size: 'desktop' },
    { theme: 'dark', size: 'phone' },
  ] as const) {
    it(`has nothing serious for axe, ${theme}, ${size}`, async () => {
      for (const { name, only, take } of analyticsShots) {
        if (only && !only.includes(size)) continue;
        await visit(
          async (page) => {
            await take(page, site.webUrl);
            assert.deepEqual(await allSerious(page, theme), [], name);
          },
          { theme, size },
        );
      }
    });
  }
});
