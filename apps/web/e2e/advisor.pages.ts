import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { advisorShots } from './advisor-shots.ts';
import { json, problem, type Replies } from './fake-accounts.ts';
import {
  adviceHomes,
  comparedHomes,
  conversationId,
  type FakeAdvisorOptions,
  fakeAdvisor,
  foundHomes,
} from './fake-advisor.ts';
import { press, typeInto } from './keyboard.ts';
import { layoutShift, watchLayoutShift } from './measures.ts';
import { testSite } from './site.ts';
import { holdReplies, type VisitOptions } from './visit.ts';

const site = testSite();
const asking = `POST /advisor/conversations/${conversationId}/messages`;

const composer = (page: Page) => page.getByRole('textbox', { name: 'Your question' });
const hasFocus = (page: Page) => composer(page).evaluate((element) => element === document.activeElement);

async function ask(page: Page, question: string): Promise<void> {
  await composer(page).fill(question);
  await composer(page).press('Enter');
  await page.getByRole('heading', { level: 2, name: question }).waitFor();
}

/** On the advisor's page, with answers as told; gives what was asked. */
function visit(
  options: FakeAdvisorOptions,
  journey: (page: Page, asked: string[]) => Promise<void>,
  { path = '/advisor', ...visitOptions }: VisitOptions & { path?: string } = {},
): Promise<void> {
  return site.visit(visitOptions, async (page) => {
    const asked = await fakeAdvisor(page, options);
    await site.open(page, path);
    await composer(page).waitFor();
    await journey(page, asked);
  });
}

/** Everything that is said aloud from now on, in turn. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    new MutationObserver(() => {
      const region = document.querySelector('#conversation > div [role="status"]:last-child');
      const text = region?.textContent ?? '';
      if (text !== '' && text !== heard.at(-1)) heard.push(text);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  return () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
}

describe('the advisor', () => {
  it('keeps nobody out, in any of its states, on a desk', async () => {
    assert.deepEqual(await site.faults(advisorShots, 'desktop'), []);
  });

  it('keeps nobody out, in any of its states, on a phone', async () => {
    assert.deepEqual(await site.faults(advisorShots, 'phone'), []);
  });

  it('says that it answers, then the whole answer once, and leaves the focus where the next question is written', async () => {
    const parts = foundHomes(await adviceHomes(site.webUrl));
    await visit({ answers: [{ parts }] }, async (page) => {
      const heard = await listen(page);
      await ask(page, 'Houses in Sacramento');
      await page
        .getByText(/^Answered by rules/)
        .first()
        .waitFor();
      const [begins, ...whole] = await heard();
      assert.equal(begins, 'Answering');
      assert.equal(whole.length, 1);
      assert.match(whole[0] ?? '', /^Of 84 homes .* \$293K\. Answered by rules, without a language model\.$/);
      assert.ok(await hasFocus(page));
      assert.equal(await composer(page).inputValue(), '');
    });
  });

  it('moves nothing that is read while its answer comes', async () => {
    const parts = foundHomes(await adviceHomes(site.webUrl));
    await site.visit({ size: 'phone' }, async (page) => {
      await watchLayoutShift(page);
      await fakeAdvisor(page, { answers: [{ parts }] });
      const release = await holdReplies(page, `**${asking.replace('POST ', '')}`);
      await site.open(page, '/advisor');
      await ask(page, 'Houses in Sacramento');
      // What moves within half a second of a key is taken for its doing.
      const asked = await page.evaluate(() => performance.now());
      await page.waitForFunction((at) => performance.now() > at + 600, asked);
      release();
      await page
        .getByText(/^Answered by rules/)
        .first()
        .waitFor();
      assert.ok((await layoutShift(page)) < 0.02, `${await layoutShift(page)}`);
    });
  });

  it('is asked with Enter, and Shift breaks the line', () =>
    visit({ answers: [{ parts: [] }] }, async (page, asked) => {
      await typeInto(page, composer(page), 'Houses');
      await page.keyboard.press('Shift+Enter');
      await page.keyboard.type('in Folsom');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 2, name: /Houses/ }).waitFor();
      assert.deepEqual(asked, ['Houses\nin Folsom']);
    }));

  it('counts a question near its limit, and asks none beyond it', () =>
    visit({}, async (page, asked) => {
      await composer(page).fill('a'.repeat(899));
      assert.equal(await page.getByText(/characters/).count(), 0);
      await composer(page).fill('a'.repeat(950));
      await page.getByText('950 of 1,000 characters').waitFor();
      await composer(page).fill('a'.repeat(1_001));
      await page.getByRole('alert').getByText('1 character too long').waitFor();
      await composer(page).press('Enter');
      assert.deepEqual(asked, []);
    }));

  it('asks again without what is taken away, opens the rest as a search, and goes on by a suggestion', async () => {
    const homes = await adviceHomes(site.webUrl);
    const answers = [{ parts: foundHomes(homes) }, { parts: foundHomes(homes) }, { parts: comparedHomes(homes) }];
    await visit({ answers }, async (page, asked) => {
      await ask(page, 'Houses in Sacramento');
      await press(page, page.getByRole('button', { name: 'Ask again without “Up to $900K”' }));
      await page.getByRole('heading', { level: 2, name: 'Any price' }).waitFor();
      assert.ok(await hasFocus(page));
      await page.getByRole('button', { name: 'Compare the first two' }).press('Enter');
      await page.getByRole('region', { name: 'Comparison' }).waitFor();
      assert.deepEqual(asked, ['Houses in Sacramento', 'Any price', 'Compare the first two']);
      // Only the last answer's filter is the conversation's.
      assert.equal(await page.getByRole('button', { name: /^Ask again without/ }).count(), 0);
      await page.getByRole('link', { name: 'Open as a search' }).first().click();
      await page.waitForURL(/\/\?/);
      const { searchParams } = new URL(page.url());
      assert.deepEqual(
        ['place', 'minBeds', 'maxPriceMinor', 'type', 'advisor'].map((name) => searchParams.get(name)),
        ['Sacramento', '3', '90000000', 'house', conversationId],
      );
    });
  });

  it('lifts the pin of the card that is pointed at, and shows the home whose pin is picked', async () => {
    const homes = await adviceHomes(site.webUrl);
    await visit({ answers: [{ parts: foundHomes(homes) }] }, async (page) => {
      await ask(page, 'Houses in Sacramento');
      const card = page.locator('#conversation [data-card]').first();
      await card.focus();
      await page.locator('[data-lifted="true"]').waitFor();
      await page
        .getByRole('button', { name: /^Home for/ })
        .first()
        .click();
      await page.getByRole('region', { name: 'Picked on the map' }).waitFor();
    });
  });

  it('shows why a home is there, and the rest of why for whoever asks by keyboard', async () => {
    const homes = await adviceHomes(site.webUrl);
    await visit({ answers: [{ parts: foundHomes(homes) }] }, async (page) => {
      await ask(page, 'Houses in Sacramento');
      const why = page.locator('summary', { hasText: '9% below' }).first();
      assert.equal(await page.getByText('Listed this week').first().isVisible(), false);
      await press(page, why);
      await page.getByText('Listed this week').first().waitFor();
    });
  });
});

describe('an answer that does not come', () => {
  it('keeps the question, says what to do, and comes with another try', () =>
    visit({ instead: { [asking]: problem({ code: 'unavailable', status: 503 }) } }, async (page) => {
      await ask(page, 'Houses in Folsom');
      await page.getByRole('alert').getByText('Your question is kept').waitFor();
      await fakeAdvisor(page, { answers: [{ parts: [{ event: 'delta', data: { text: 'Here they are.' } }] }] });
      await press(page, page.getByRole('button', { name: 'Ask again', exact: true }));
      await page.getByText('Here they are.').first().waitFor();
      assert.equal(await page.getByRole('heading', { level: 2, name: 'Houses in Folsom' }).count(), 1);
    }));

  it('because no conversation can be begun leaves the question where it was written', () =>
    visit(
      { instead: { 'POST /advisor/conversations': problem({ code: 'too_many_requests', status: 429 }) } },
      async (page) => {
        await composer(page).fill('Houses in Folsom');
        await composer(page).press('Enter');
        await page.getByRole('alert').getByText('Wait a moment').waitFor();
        assert.equal(await composer(page).inputValue(), 'Houses in Folsom');
      },
    ));

  it('that is stopped before its conversation is there gives the question back, and is asked as it is then', async () => {
    const parts = foundHomes(await adviceHomes(site.webUrl));
    let tries = 0;
    const start: Replies[string] = (route) => (tries++ === 0 ? undefined : json({ id: conversationId }, 201)(route));
    const instead = { 'POST /advisor/conversations': start };
    await visit({ answers: [{ parts }], instead }, async (page) => {
      await composer(page).fill('Houses in Sacramento');
      await composer(page).press('Enter');
      await press(page, page.getByRole('button', { name: 'Stop answering' }));
      await page.getByRole('button', { name: 'Ask', exact: true }).waitFor();
      assert.equal(await composer(page).inputValue(), 'Houses in Sacramento');
      assert.equal(await page.getByRole('alert').count(), 0);
      await ask(page, 'Flats in Sacramento');
      await page.getByText('stands out').first().waitFor();
      assert.equal(await page.getByRole('heading', { level: 2, name: 'Houses in Sacramento' }).count(), 0);
    });
  });

  it('is stopped where it is, told to the server, and can be asked for again', async () => {
    const parts = foundHomes(await adviceHomes(site.webUrl)).slice(0, 5);
    const taken: string[] = [];
    await visit({ answers: [{ parts, isRunning: true }, { parts }], taken }, async (page) => {
      await ask(page, 'Houses in Sacramento');
      await page.getByText('stands out').first().waitFor();
      await press(page, page.getByRole('button', { name: 'Stop answering' }));
      await page.getByText('Stopped.', { exact: true }).waitFor();
      assert.equal(taken.length, 1);
      await press(page, page.getByRole('button', { name: 'Ask again', exact: true }));
      await page
        .getByText(/^Answered by rules/)
        .first()
        .waitFor();
      // It has the place of the one that was stopped, here and with the server.
      assert.equal(await page.getByRole('heading', { level: 2, name: 'Houses in Sacramento' }).count(), 1);
      assert.equal(taken.length, 2);
      assert.equal(taken[1], taken[0]);
    });
  });
});

describe('conversations', () => {
  it('are renamed, and deleted unless that is undone', async () => {
    const taken: string[] = [];
    await visit({ titles: ['Houses'], taken }, async (page) => {
      const menu = page.getByRole('button', { name: /^What to do with/ });
      await press(page, menu);
      await press(page, page.getByRole('menuitem', { name: /Rename/ }));
      await page.getByRole('textbox', { name: 'Name' }).fill('For Asha');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: /^For Asha/ }).waitFor();

      await menu.click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await page.getByText('Deleted “For Asha”').waitFor();
      await page.getByRole('button', { name: /^For Asha/ }).waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByRole('button', { name: /^For Asha/ }).waitFor();
      assert.deepEqual(taken, []);

      await menu.click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await page.getByText('Deleted “For Asha”').waitFor();
      await page.keyboard.press('Escape');
      await page.waitForFunction(() => document.querySelector('[aria-label="Earlier conversations"]') === null);
      assert.deepEqual(taken, [conversationId]);
    });
  });

  it('say that one of another person, or none, is not here', () =>
    site.visit({}, async (page) => {
      await fakeAdvisor(page, {
        instead: { [`GET /advisor/conversations/${conversationId}`]: problem({ code: 'not_found', status: 404 }) },
      });
      await site.open(page, `/advisor/${conversationId}`);
      await page.getByRole('heading', { level: 1, name: 'This conversation is not here' }).waitFor();
      await page.getByRole('button', { name: 'Begin a new one' }).click();
      await page.getByRole('heading', { level: 1, name: 'What are you looking for?' }).waitFor();
    }));
});

describe('the panel beside a search', () => {
  it('opens by a key with the focus where one writes, asks, and closes with Escape', async () => {
    const parts = foundHomes(await adviceHomes(site.webUrl));
    await site.visit({}, async (page) => {
      await fakeAdvisor(page, { answers: [{ parts }] });
      await site.open(page, '/?minBeds=3');
      await page.getByRole('button', { name: 'Ask' }).waitFor();
      await page.keyboard.press('Control+/');
      const panel = page.getByRole('complementary', { name: 'Advisor' });
      await panel.waitFor();
      await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
      await page.keyboard.type('Houses in Sacramento');
      await page.keyboard.press('Enter');
      await page.waitForURL(new RegExp(`minBeds=3.*advisor=${conversationId}`));
      await panel.getByText('stands out').first().waitFor();
      // Its cards lift pins on the search's own map.
      await panel.locator('[data-card]').first().focus();
      await page.locator('[data-lifted="true"]').waitFor();
      await page.keyboard.press('Escape');
      await panel.waitFor({ state: 'detached' });
      assert.ok(await page.getByRole('button', { name: 'Ask' }).evaluate((one) => one === document.activeElement));
      await page.goBack();
      await panel.getByText('stands out').first().waitFor();
    });
  });

  it('is a page of its own on a phone', () =>
    site.visit({ size: 'phone' }, async (page) => {
      await fakeAdvisor(page, { earlier: [{ text: 'Houses', parts: [] }] });
      await site.open(page, `/?advisor=${conversationId}`);
      await page.waitForURL(`**/advisor/${conversationId}`);
      await page.getByRole('heading', { level: 2, name: 'Houses' }).waitFor();
    }));
});
