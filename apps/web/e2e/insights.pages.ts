import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { home } from './analytics-shots.ts';
import { fakeAccounts, session, visitor } from './fake-accounts.ts';
import { away, fakeBeacon, insights, market, someListings } from './fake-analytics.ts';
import { FakeRankings, fakeBadges, folsom, markets, openMarket, topBadge, trendingBadge } from './fake-insights.ts';
import { buyer, fakeSaved, saved, someHomes } from './fake-saved.ts';
import { insightsShots, trending } from './insights-shots.ts';
import { chooseNext, press, tabTo, typeInto } from './keyboard.ts';
import { testSite } from './site.ts';
import { type Journey, type VisitOptions } from './visit.ts';

const site = testSite();

const visit = (journey: Journey, options: VisitOptions = {}) => site.visit(options, journey);
const title = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();
const path = (page: Page) => page.url().replace(site.webUrl, '');

describe('trending homes', () => {
  it('stand in their order, with why in words, and cost a request for each four of them', () =>
    visit(async (page) => {
      const rankings = await trending(page, site.webUrl);
      const cards = page.getByRole('main').getByRole('article');
      assert.equal(await cards.count(), rankings.homes.length);
      const names = await cards.evaluateAll((all) => all.map((card) => card.getAttribute('aria-label')));
      assert.deepEqual(
        names,
        rankings.homes.map((each) => each.title),
      );
      const first = cards.first();
      await first.getByText('25.7 viewers lately, where 3.4 would be usual').waitFor();
      await first.getByText('3.7×').waitFor();
      await first.getByText(trendingBadge.rule).waitFor({ state: 'attached' });
      const reasons = first.locator('summary');
      await press(page, reasons);
      await first.getByText('one a day ago counts half').waitFor();
      await page.getByText('As of 24 Nov').waitFor();
      assert.deepEqual(
        rankings.asked.filter((asked) => asked.startsWith('/properties')),
        ['/properties/compare of 4', '/properties/compare of 4', '/properties/compare of 2'],
      );
    }));

  it('are found by city, by kind and by the other list with the keyboard, and the address says so', () =>
    visit(async (page) => {
      const rankings = await trending(page, site.webUrl);
      await page.route('**/api/v1/places?*', (route) =>
        route.fulfill({
          json: {
            items: ['locality', 'city'].map((kind) => ({
              kind,
              name: 'Folsom',
              label: `Folsom, a ${kind}`,
              location: null,
              bbox: null,
              listings: 9,
            })),
          },
        }),
      );
      await typeInto(page, page.getByRole('combobox', { name: 'Search for a city' }), 'Fol');
      await page.getByRole('option', { name: 'Folsom, a city' }).waitFor();
      assert.equal(await page.getByRole('option').count(), 1);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/trending?place=Folsom');
      await title(page, 'Trending homes in Folsom');
      const choice = (name: string) => page.getByRole('radio', { name, exact: true });
      await chooseNext(page, choice('All'), choice('Houses'));
      await page.waitForURL('**/trending?place=Folsom&type=house');
      await chooseNext(page, choice('Trending'), choice('Most looked at'));
      await page.waitForURL('**/trending?list=popular&place=Folsom&type=house');
      const isAsked = () => rankings.asked.at(-1)?.startsWith('/insights/popular?place=Folsom&type=house') === true;
      for (let tries = 0; tries < 50 && !isAsked(); tries++) await pause(100);
      assert.ok(isAsked());
      await page.reload();
      await title(page, 'Most looked at houses in Folsom');
      await press(page, page.getByRole('button', { name: 'Clear the search' }));
      await page.waitForURL('**/trending?list=popular&type=house');
      await page.goBack();
      await title(page, 'Most looked at houses in Folsom');
    }));

  it('that there are none of say what it takes, and lead on', () =>
    visit(async (page) => {
      await fakeAccounts(page, new FakeRankings([]).replies);
      await page.goto(`${site.webUrl}/trending?place=Folsom`);
      await page.getByText('A home is trending when at least three people looked at it').waitFor();
      await press(page, page.getByRole('link', { name: 'See what is looked at most' }));
      await page.waitForURL('**/trending?list=popular&place=Folsom');
      await page.getByRole('heading', { name: 'No home in Folsom was looked at lately' }).waitFor();
      await press(page, page.getByRole('link', { name: 'What homes cost in Folsom' }));
      await page.waitForURL('**/markets/Folsom');
    }));

  it('that cannot be told just now are no empty list, and come when they can', () =>
    visit(async (page) => {
      const rankings = new FakeRankings(await someHomes(site.webUrl, 2));
      await fakeAccounts(page, { ...rankings.replies, 'GET /insights/trending': away });
      await page.goto(`${site.webUrl}/trending`);
      await page.getByRole('alert').getByText('cannot be told just now').waitFor();
      assert.equal(await page.getByText('Nothing is trending').count(), 0);
      await fakeAccounts(page, rankings.replies);
      await press(page, page.getByRole('button', { name: 'Try again' }));
      await page.getByRole('article').nth(1).waitFor();
    }));
});

describe('badges', () => {
  it('of all cards on the page are asked for at once, after these are painted; whoever hears a card hears the rule', () =>
    visit(async (page) => {
      const homes = someListings(24);
      const [first = '', second = ''] = homes.map(({ id }) => id);
      await fakeAccounts(page, { ...visitor, ...market(homes) });
      await fakeBeacon(page);
      const asked = await fakeBadges(page, { [first]: trendingBadge, [second]: topBadge });
      await page.goto(`${site.webUrl}/?view=38.58,-121.45,12`);
      await page.locator('[data-card]').first().waitFor();
      assert.equal(asked.length, 0);
      await page.getByRole('link', { name: /Trending\s*:\s*2\.4 times as many viewers as usual for it/ }).waitFor();
      await page.getByRole('link', { name: /Much looked at\s*:\s*top 3% in Folsom/ }).waitFor();
      assert.deepEqual(
        asked.map((ids) => ids.length),
        [homes.length],
      );
      // Seen where somebody rests, with a pointer or the focus.
      const rule = page.locator('[data-card]').first().getByText(trendingBadge.rule);
      const isSeen = () => rule.evaluate((element) => element.getBoundingClientRect().width > 20);
      assert.equal(await isSeen(), false);
      await page.locator('[data-card]').first().focus();
      assert.equal(await isSeen(), true);
      // Scrolled through and opened, nothing is asked twice.
      await page.locator('#results').evaluate((list) => list.scrollTo(0, list.scrollHeight));
      await page.locator('[data-card]').last().click();
      await title(page, /./);
      await page.goBack();
      await page.locator('[data-card]').first().waitFor();
      await page.waitForTimeout(2_000);
      assert.equal(asked.length, 1);
    }));

  it('give way to what became of the price', () =>
    visit(async (page) => {
      const homes = someListings(2).map((each, i) =>
        i > 0
          ? each
          : {
              ...each,
              priceChange: { at: new Date(Date.now() - 86_400_000).toISOString(), fromMinor: each.priceMinor * 2 },
            },
      );
      await fakeAccounts(page, { ...visitor, ...market(homes) });
      await fakeBadges(page, Object.fromEntries(homes.map(({ id }) => [id, trendingBadge])));
      await page.goto(`${site.webUrl}/?view=38.58,-121.45,12`);
      await page.locator('[data-card]').nth(1).getByText('Trending').waitFor();
      await page.locator('[data-card]').first().getByText('Price cut 50%').waitFor();
      assert.equal(await page.locator('[data-card]').first().getByText('Trending').count(), 0);
    }));

  it('stand on saved homes, and nothing is missed where they cannot be read', () =>
    visit(async (page) => {
      const homes = await someHomes(site.webUrl, 3);
      await fakeAccounts(page, { 'GET /auth/session': session(buyer) });
      await fakeSaved(page, { homes, favourites: homes.map((each) => saved(each)) });
      const asked = await fakeBadges(page, { [homes[1]?.id ?? '']: topBadge });
      await page.goto(`${site.webUrl}/saved`);
      await page.getByRole('link', { name: /Much looked at: top 3%/ }).waitFor({ state: 'attached' });
      assert.deepEqual(asked, [homes.map(({ id }) => id)]);
      await page.route('**/api/v1/insights/badges?*', away);
      await page.reload();
      await page
        .getByRole('button', { name: /^Remove/ })
        .nth(2)
        .waitFor();
      await page.waitForResponse('**/api/v1/insights/badges?*');
      assert.equal(await page.getByRole('alert').count(), 0);
    }));
});

describe('a home’s page', () => {
  it('says in words how it compares, and leads to its city’s market and what is trending there', () =>
    visit(async (page) => {
      await home(page, site.webUrl, insights);
      await page.getByText('18% more visitors in 24 hours than a day in its own four weeks before').waitFor();
      const rank = page.getByRole('link', { name: 'Number 9 of 312 in Folsom by views in 7 days' });
      assert.equal(await rank.getAttribute('href'), '/trending?list=popular&place=Folsom');
      await fakeAccounts(page, markets);
      await press(page, page.getByRole('link', { name: 'What homes cost in Folsom' }));
      await page.waitForURL('**/markets/Folsom');
      await page.goBack();
      const link = page.getByRole('link', { name: 'Trending homes in Folsom' });
      assert.equal(await link.getAttribute('href'), '/trending?place=Folsom');
    }));

  it('says no rank among so few that it means nothing', () =>
    visit(async (page) => {
      await home(page, site.webUrl, { ...insights, rank: { place: 'Folsom', position: 1, of: 4 } });
      await page.getByText(/18% more visitors/).waitFor();
      assert.equal(await page.getByText(/^Number 1 of/).count(), 0);
    }));
});

describe('the markets', () => {
  const firstRow = (page: Page) => page.getByRole('row').nth(1).getByRole('rowheader').textContent();

  it('are put in order by the keyboard, what is not known last, and stay so after a reload', () =>
    visit(async (page) => {
      await openMarket(page, site.webUrl, '/markets');
      assert.equal(await firstRow(page), 'Sacramento');
      await press(page, page.getByRole('button', { name: 'Median price' }));
      await page.waitForURL('**/markets?by=price');
      assert.equal(await firstRow(page), 'El Dorado Hills');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/markets?by=price&order=up');
      await page.reload();
      await page
        .getByRole('columnheader', { name: 'Median price' })
        .and(page.locator('[aria-sort=ascending]'))
        .waitFor();
      assert.equal(await firstRow(page), 'Citrus Heights');
      const last = page.getByRole('row').last();
      await last.getByText('Rescue').waitFor();
      await last.getByText('Too few to say').first().waitFor();
      await page.getByRole('radio', { name: 'Postal codes' }).click();
      await page.waitForURL('**/markets?kind=postal_code&by=price&order=up');
      await page.getByRole('link', { name: '95630' }).waitFor();
    }));

  it('on a phone are cards, in an order that is picked', () =>
    visit(
      async (page) => {
        await openMarket(page, site.webUrl, '/markets');
        const first = page.getByRole('main').getByRole('listitem').first();
        await first.getByText('Sacramento').waitFor();
        await page.getByLabel('Sort by').selectOption({ label: 'Lowest price' });
        await page.waitForURL('**/markets?by=price&order=up');
        await first.getByText('Citrus Heights').waitFor();
      },
      { size: 'phone' },
    ));

  it('are found by name, also where they are not among the largest', () =>
    visit(async (page) => {
      await openMarket(page, site.webUrl, '/markets');
      await page.route('**/api/v1/places?*', (route) => route.fulfill({ json: { items: [] } }));
      await typeInto(page, page.getByRole('combobox', { name: 'Search for a place' }), 'Rescue');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/markets/Rescue');
    }));

  it('that cannot be read are no empty list', () =>
    visit(async (page) => {
      await openMarket(page, site.webUrl, '/markets', { ...visitor, 'GET /insights/markets': away });
      await page.getByRole('alert').getByText('The markets could not be loaded').waitFor();
      await fakeAccounts(page, markets);
      await press(page, page.getByRole('button', { name: 'Try again' }));
      await page.getByRole('link', { name: 'Sacramento' }).waitFor();
    }));
});

describe('the market of a place', () => {
  it('says what it is now and leads to its homes, and to what is trending there', () =>
    visit(async (page) => {
      await openMarket(page, site.webUrl, '/markets/folsom');
      await page.getByText('Half are between $268K and $500K').waitFor();
      assert.equal(await page.title(), 'What homes cost in Folsom – Viewora');
      assert.match(
        (await page.locator('meta[name=description]').getAttribute('content')) ?? '',
        /98 homes for sale in Folsom, at \$362K in the middle/,
      );
      assert.equal(await page.getByRole('link', { name: 'See 98 homes' }).getAttribute('href'), '/?place=Folsom');
      assert.equal(
        await page.getByRole('link', { name: 'Trending here' }).getAttribute('href'),
        '/trending?place=Folsom',
      );
      assert.equal(await page.getByRole('link', { name: 'Flat' }).getAttribute('href'), '/?place=Folsom&type=flat');
      await page.getByRole('row', { name: /Plot/ }).getByText('Too few to say').first().waitFor();
    }));

  it('is read from its charts month by month, by pointer and arrow keys, and from a table that says the same', () =>
    visit(async (page) => {
      await openMarket(page, site.webUrl, '/markets/folsom');
      const price = page.getByRole('slider', { name: /^Median price by month/ });
      await tabTo(page, price);
      await page.keyboard.press('End');
      await page.keyboard.press('ArrowLeft');
      const said = (await price.getAttribute('aria-valuetext')) ?? '';
      assert.match(said, /^October 2026: /);
      await page.keyboard.press('Home');
      assert.match(
        (await price.getAttribute('aria-valuetext')) ?? '',
        /^June 2024: median \$[\d,]+, Half are between .*, of \d+ homes$/,
      );
      const stock = page.getByRole('slider', { name: /^Homes on the market by month/ });
      await stock.hover({ position: { x: 300, y: 60 } });
      assert.match((await stock.getAttribute('aria-valuetext')) ?? '', /: \d+ on the market, \d+ new, \d+ sold$/);
      await press(page, page.getByText('Show as a table'));
      const table = page.getByRole('region', { name: 'The market by month' });
      await table.waitFor();
      assert.equal(await table.getByRole('row').count(), 31);
      const october = folsom.months.at(-2);
      const row = table.getByRole('row', { name: /^October 2026/ });
      assert.ok(((await row.textContent()) ?? '').includes(String(october?.inventory)));
      await table.getByText('Too few to say').first().waitFor();
    }));

  it('is asked for one kind of home, which the address says', () =>
    visit(async (page) => {
      await openMarket(page, site.webUrl, '/markets/folsom');
      await page.getByRole('radio', { name: 'Flat' }).click();
      await page.waitForURL('**/markets/folsom?type=flat');
      await page.getByText('Show as a table').click();
      const rows = page.getByRole('region', { name: 'The market by month' }).getByRole('row');
      await page.waitForFunction(
        () => document.querySelectorAll('section[aria-label="The market by month"] tr').length === 19,
      );
      assert.equal(await rows.count(), 19);
      await page.reload();
      await page.locator('[role=radio][aria-checked=true]', { hasText: 'Flat' }).waitFor();
      await page.getByRole('radio', { name: 'Plot' }).click();
      await page.getByText('Nothing of this kind was ever on the market here.').waitFor();
    }));

  it('with too little to say says that, and draws no change over time out of one month', () =>
    visit(async (page) => {
      await openMarket(page, site.webUrl, '/markets/rescue');
      await page.getByText('Too few to say').first().waitFor();
      await page.getByText('All of it came on the market in November 2026').waitFor();
      assert.equal(await page.getByRole('slider').count(), 0);
    }));

  it('that does not exist says so and finds another; one that cannot be read is tried again', () =>
    visit(async (page) => {
      await fakeAccounts(page, visitor);
      await page.goto(`${site.webUrl}/markets/Atlantis`);
      await page.getByRole('heading', { name: 'Nothing is known of a market in “Atlantis”' }).waitFor();
      await page.getByRole('combobox', { name: 'Search for a place' }).waitFor();
      await fakeAccounts(page, { ...visitor, 'GET /insights/markets/folsom': away });
      await page.goto(`${site.webUrl}/markets/folsom`);
      await page.getByRole('button', { name: 'Try again' }).waitFor();
      await fakeAccounts(page, markets);
      await press(page, page.getByRole('button', { name: 'Try again' }));
      await title(page, 'What homes cost in Folsom');
    }));
});

describe('the way there', () => {
  it('is in every page’s header, and beside the count of homes for where the map looks', () =>
    visit(async (page) => {
      await fakeAccounts(page, markets);
      await page.goto(`${site.webUrl}/privacy`);
      await press(page, page.getByRole('link', { name: 'Markets' }));
      await page.waitForURL('**/markets');
      await press(page, page.getByRole('banner').getByRole('link', { name: 'Trending' }));
      await page.waitForURL('**/trending');
      await page.goto(`${site.webUrl}/?place=Folsom`);
      await press(page, page.getByRole('link', { name: 'What homes cost in Folsom' }));
      await page.waitForURL('**/markets/Folsom');
      await page.goBack();
      await press(page, page.getByRole('link', { name: 'Trending homes in Folsom' }));
      await page.waitForURL('**/trending?place=Folsom');
      assert.equal(path(page), '/trending?place=Folsom');
    }));
});

describe('every page of these', () => {
  for (const size of ['desktop', 'phone'] as const) {
    it(`keeps nobody out, ${size}`, async () => {
      assert.deepEqual(await site.faults(insightsShots, size), []);
    });
  }

  it('has nothing on a phone that is too small to be touched', async () => {
    for (const at of ['/trending', '/markets', '/markets/folsom']) {
      await visit(
        async (page) => {
          const homes = await someHomes(site.webUrl, 3);
          await fakeAccounts(page, { ...new FakeRankings(homes).replies, ...markets });
          await page.goto(site.webUrl + at);
          await title(page, /./);
          await page.waitForLoadState('networkidle');
          const small = await page.getByRole('main').evaluate((main) =>
            [...main.querySelectorAll<HTMLElement>('a[href], button, summary, select, input')]
              .filter((control) => control.tabIndex >= 0 && control.offsetParent !== null)
              .map((control) => ({
                text: control.textContent || control.ariaLabel,
                ...control.getBoundingClientRect().toJSON(),
              }))
              .filter(({ height, width }) => height < 44 || width < 44)
              .map(({ text, width, height }) => `${text}: ${Math.round(width)} × ${Math.round(height)}`),
          );
          assert.deepEqual(small, [], at);
        },
        { size: 'phone' },
      );
    }
  });
});
