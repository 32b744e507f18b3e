import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page, Route } from 'playwright-core';
import { edit } from './editor-shots.ts';
import { json, problem } from './fake-accounts.ts';
import { FakeListing, listingId } from './fake-selling.ts';
import { byModel, byRules, checkWords } from './fake-words.ts';
import { press, tabTo } from './keyboard.ts';
import { testSite } from './site.ts';
import type { Journey } from './visit.ts';
import { askForDraft, draftIsOffered, ownWords, suspectWords, toLookAt, wordsShots } from './words-shots.ts';

const site = testSite();
const visit = (journey: Journey) => site.visit({}, journey);
const openWords = (page: Page, listing: FakeListing) => edit(page, site.webUrl, listing, 'words');

const description = (page: Page) => page.getByLabel('Description', { exact: true });
const says = (page: Page, text: string) =>
  page.waitForFunction(
    (expected) => document.querySelector<HTMLTextAreaElement>('textarea[name=description]')?.value === expected,
    text,
  );
const saved = (page: Page) => page.getByRole('status').getByText('Saved', { exact: true }).waitFor();
/** The seller's words have given way to a draft, and that is saved. */
async function replaceOwnWords(page: Page): Promise<FakeListing> {
  const listing = new FakeListing({ ownDescription: ownWords });
  await openWords(page, listing);
  await askForDraft(page);
  await page.getByRole('button', { name: 'Use it instead of mine' }).click();
  await saved(page);
  return listing;
}

/** What of a field is selected. */
const selected = (page: Page) =>
  page.evaluate(() => {
    const field = document.activeElement;
    if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) return null;
    return field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0);
  });

describe('a draft of the description', () => {
  it('is made of the facts alone, and the field stays as it is until it is taken; undone, its words are back', () =>
    visit(async (page) => {
      const listing = new FakeListing({ ownDescription: ownWords, ownTitle: 'My title' });
      let asked = '';
      listing.replies['POST /advisor/describe'] = (route) => {
        asked = route.request().postData() ?? '';
        return json(byRules)(route);
      };
      await openWords(page, listing);
      await askForDraft(page);
      await draftIsOffered(page);
      assert.equal((JSON.parse(asked) as { beds: number }).beds, 3);
      assert.doesNotMatch(asked, /My title|kitchen|Elm Street/);
      await says(page, ownWords);
      assert.deepEqual(listing.sent, []);

      await page.getByRole('button', { name: 'Use it instead of mine' }).click();
      await says(page, byRules.text);
      await saved(page);
      await page.getByRole('button', { name: 'Undo' }).click();
      await says(page, ownWords);
      await page.waitForFunction(() => document.querySelector('section:focus')?.ariaLabel?.includes('draft'));
      await saved(page);
      assert.deepEqual(listing.sent.at(-1), { description: ownWords });
    }));

  it('takes nothing away for good: the words before it come back after a reload, too', () =>
    visit(async (page) => {
      const listing = await replaceOwnWords(page);
      assert.equal(listing.current.ownDescription, byRules.text);
      await page.reload();
      await page.getByRole('button', { name: 'Undo' }).click();
      await says(page, ownWords);
      await saved(page);
      await page.reload();
      await page.getByRole('button', { name: 'Draft it for me' }).waitFor();
      await says(page, ownWords);
    }));

  it('that was changed in the field is on offer again, with its changes, once it is undone', () =>
    visit(async (page) => {
      await openWords(page, new FakeListing({ ownDescription: ownWords }));
      await askForDraft(page);
      await page.getByRole('button', { name: 'Add it below mine' }).click();
      await says(page, `${ownWords}\n\n${byRules.text}`);
      await description(page).fill('Half mine, half the draft’s.');
      await page.getByRole('link', { name: /Facts/ }).click();
      await page.getByRole('link', { name: /Words/ }).click();
      await page.getByRole('button', { name: 'Undo' }).click();
      await says(page, ownWords);
      await page.getByText('Half mine, half the draft’s.').waitFor();
      await page.getByRole('button', { name: 'Use it instead of mine' }).click();
      await says(page, 'Half mine, half the draft’s.');
    }));

  it('that meets words from elsewhere is asked about like whatever is typed, and neither is lost', () =>
    visit(async (page) => {
      const listing = new FakeListing({ ownDescription: ownWords });
      await openWords(page, listing);
      await askForDraft(page);
      await draftIsOffered(page);
      listing.changeElsewhere({ ownDescription: 'Written on the phone meanwhile.' });
      await page.getByRole('button', { name: 'Use it instead of mine' }).click();
      const question = page.getByRole('alert', { name: 'Changed in two places' });
      await question.getByText('Theirs: Written on the phone meanwhile.').waitFor();
      assert.equal(listing.current.ownDescription, 'Written on the phone meanwhile.');
      await question.getByRole('button', { name: 'Description: keep yours' }).click();
      await saved(page);
      assert.equal(listing.current.ownDescription, byRules.text);
      await page.getByRole('button', { name: 'Undo' }).click();
      await says(page, ownWords);
    }));

  it('leaves none of the words before it on the device once their writer has signed out', () =>
    visit(async (page) => {
      const listing = await replaceOwnWords(page);
      const kept = () => page.evaluate(() => JSON.stringify(localStorage));
      assert.match(await kept(), /evening sun/);
      listing.replies['POST /auth/logout'] = (route) => route.fulfill({ status: 204 });
      await page.getByRole('button', { name: /^Your account/ }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('link', { name: 'Sign in' }).waitFor();
      assert.doesNotMatch(await kept(), /evening sun/);
    }));

  it('can be stopped, and asked for again', () =>
    visit(async (page) => {
      const listing = new FakeListing();
      listing.replies['POST /advisor/describe'] = () => {};
      await openWords(page, listing);
      await askForDraft(page);
      const ended = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/advisor/describe'));
      await press(page, page.getByRole('button', { name: 'Stop' }));
      await ended;
      await page.getByRole('button', { name: 'Draft it for me' }).and(page.locator(':focus')).waitFor();
      assert.equal(await page.getByRole('alert').count(), 0);
      listing.replies['POST /advisor/describe'] = json(byRules);
      await page.keyboard.press('Enter');
      await draftIsOffered(page);
    }));

  it('says what wrote it: rules, or which model', () =>
    visit(async (page) => {
      const listing = new FakeListing();
      await openWords(page, listing);
      await askForDraft(page);
      await page.getByText('Written by rules, without a language model').waitFor();
      await page.getByRole('button', { name: 'Leave it' }).click();
      listing.replies['POST /advisor/describe'] = json(byModel);
      await askForDraft(page);
      await page.getByText(`Written by a language model (${byModel.model})`).waitFor();
    }));

  it('says what it lacks and leads there; once that is told, it can be written anew', () =>
    visit(async (page) => {
      const listing = new FakeListing({ beds: null });
      const asked: { beds: number | null }[] = [];
      listing.replies['POST /advisor/describe'] = (route) => {
        asked.push(route.request().postDataJSON() as { beds: number | null });
        return json(byRules)(route);
      };
      await openWords(page, listing);
      await askForDraft(page);
      await page.getByRole('link', { name: 'bedrooms' }).click();
      await page.getByLabel('Bedrooms', { exact: true }).fill('3');
      await page.getByRole('link', { name: /Words/ }).click();
      await page.getByRole('button', { name: 'Draft it again' }).click();
      await page.getByText('The facts have changed since').waitFor({ state: 'detached' });
      await draftIsOffered(page);
      assert.deepEqual(
        asked.map(({ beds }) => beds),
        [null, 3],
      );
    }));

  for (const [what, failure, said] of [
    ['the session has ended', problem({ code: 'unauthenticated', status: 401 }), 'Your session has ended'],
    ['it is refused', problem({ code: 'forbidden', status: 403 }), 'reload this page'],
    [
      'there were too many',
      problem({ code: 'too_many_requests', status: 429 }, { 'retry-after': '40' }),
      'You can try again in',
    ],
    ['the advisor is away', problem({ code: 'unavailable', status: 503 }), 'No draft can be written right now'],
    ['something broke', problem({ code: 'internal', status: 500 }), 'No draft can be written right now'],
    ['nothing answers', (route: Route) => route.abort(), 'No draft can be written right now'],
  ] as const) {
    it(`is not there where ${what}: it says what to do, and the field stays as it is`, () =>
      visit(async (page) => {
        const listing = new FakeListing({ ownDescription: ownWords });
        listing.replies['POST /advisor/describe'] = failure;
        if (what === 'the session has ended') {
          listing.replies['POST /auth/refresh'] = problem({ code: 'unauthenticated', status: 401 });
        }
        await openWords(page, listing);
        await askForDraft(page);
        await page.getByRole('alert').getByText(said).waitFor();
        await says(page, ownWords);
        listing.replies['POST /advisor/describe'] = json(byRules);
        await askForDraft(page);
        await draftIsOffered(page);
      }));
  }

  it('asked for without a connection says so', () =>
    visit(async (page) => {
      const listing = new FakeListing({ ownDescription: ownWords });
      listing.replies['POST /advisor/describe'] = (route) => route.abort();
      await openWords(page, listing);
      await page.context().setOffline(true);
      await askForDraft(page);
      await page.getByRole('alert').getByText('You are offline').waitFor();
      await says(page, ownWords);
    }));

  it('is not written of what nobody has said to be a home', () =>
    visit(async (page) => {
      await site.openWith(page, '/sell/new?step=words', new FakeListing().replies);
      await page.getByRole('button', { name: 'Draft it for me', disabled: true }).waitFor();
      await page.getByRole('link', { name: 'what it is' }).click();
      await page.getByRole('radio', { name: 'House' }).waitFor();
    }));
});

describe('the check of words', () => {
  it('waits for a pause, asks only about what has changed, and lets go of what is out of date', () =>
    visit(async (page) => {
      const listing = new FakeListing({ ownTitle: 'Corner house' });
      const asked: string[] = [];
      listing.replies['POST /advisor/check-text'] = (route) => {
        const { text } = route.request().postDataJSON() as { text: string };
        asked.push(text);
        // The first about the description stays without an answer.
        return text === 'For families' ? undefined : checkWords(route);
      };
      await openWords(page, listing);
      const begun = page.waitForRequest(
        (request) => request.url().endsWith('/check-text') && request.postData() === '{"text":"For families"}',
      );
      await description(page).pressSequentially('For families');
      await begun;
      const ended = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/check-text'));
      await description(page).pressSequentially(', no children');
      await ended;
      await toLookAt(page, 'description').waitFor();
      assert.deepEqual(asked, ['Corner house', 'For families', 'For families, no children']);
    }));

  it('quotes the words and says why; a press selects them, and mended they are gone, by keyboard alone', () =>
    visit(async (page) => {
      const listing = new FakeListing({ ownDescription: `  ${suspectWords}` });
      await openWords(page, listing);
      const list = toLookAt(page, 'description');
      await list.getByText('Say what the home and its surroundings have').waitFor();
      await press(page, list.getByRole('button', { name: '“families”' }));
      assert.equal(await selected(page), 'families');
      await page.keyboard.type('parties');
      await list.getByRole('button', { name: '“families”' }).waitFor({ state: 'detached' });
      await press(page, list.getByRole('button', { name: '“no children”' }));
      assert.equal(await selected(page), 'no children');
      await page.keyboard.type('no lift');
      await press(page, list.getByRole('button', { name: '“will go up”' }));
      assert.equal(await selected(page), 'will go up');
      await page.keyboard.type('is fixed');
      await list.waitFor({ state: 'detached' });
    }));

  it('shows words that are far down in a long text', () =>
    visit(async (page) => {
      const ownTitle = `${'A room. '.repeat(20)}No stairs, no children.`;
      await openWords(
        page,
        new FakeListing({ ownTitle, ownDescription: `${'A room.\n'.repeat(200)}No stairs, no children.` }),
      );
      await toLookAt(page, 'title').getByRole('button').click();
      await page.waitForFunction(() => (document.querySelector('input[name=title]')?.scrollLeft ?? 0) > 300);
      await toLookAt(page, 'description').getByRole('button').click();
      assert.equal(await selected(page), 'no children');
      await page.waitForFunction(() => (document.querySelector('textarea[name=description]')?.scrollTop ?? 0) > 2_000);
    }));

  it('is told aloud once it has come to rest, and again when nothing is left', () =>
    visit(async (page) => {
      await openWords(page, new FakeListing());
      const region = page.getByRole('main').getByRole('status');
      await description(page).fill(suspectWords);
      await region.getByText('3 things to look at in the description.', { exact: true }).waitFor();
      await description(page).fill('The kitchen is from last year.');
      await region.getByText('Nothing to look at in the words any more.', { exact: true }).waitFor();
    }));

  it('stands in the review, leads to the words and keeps nobody from publishing', () =>
    visit(async (page) => {
      const listing = new FakeListing({ ownDescription: suspectWords });
      listing.replies[`POST /properties/${listingId}/publish`] = (route) => {
        listing.changeElsewhere({ status: 'published' });
        return json(listing.current)(route);
      };
      await edit(page, site.webUrl, listing, 'review');
      await press(page, toLookAt(page, 'description').getByRole('button', { name: '“no children”' }));
      await page.waitForURL('**/edit?step=words');
      await description(page).and(page.locator(':focus')).waitFor();
      assert.equal(await selected(page), 'no children');
      await page.getByRole('link', { name: /Review/ }).click();
      await toLookAt(page, 'description').waitFor();
      await page.getByRole('button', { name: 'Publish' }).click();
      await page.getByText('It is on the market', { exact: true }).waitFor();
    }));

  it('that cannot be had says so, keeps nothing from being saved, and is made up for', () =>
    visit(async (page) => {
      const listing = new FakeListing();
      listing.replies['POST /advisor/check-text'] = problem({ code: 'forbidden', status: 403 });
      await openWords(page, listing);
      await description(page).fill(suspectWords);
      await page.getByText('The words are not checked').waitFor();
      await saved(page);
      assert.equal(listing.current.ownDescription, suspectWords);
      listing.replies['POST /advisor/check-text'] = checkWords;
      await tabTo(page, page.getByRole('button', { name: 'Check now' }));
      await page.keyboard.press('Enter');
      await toLookAt(page, 'description').waitFor();
      await page.getByText('The words are not checked').waitFor({ state: 'detached' });
    }));
});

describe('help with words', () => {
  for (const size of ['phone', 'desktop'] as const) {
    it(`is open to everybody in every state, on a ${size}`, async () =>
      assert.deepEqual(await site.faults(wordsShots, size), []));
  }
});
