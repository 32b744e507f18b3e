import type { AnswerPart } from '@viewora/contracts/answer';
import type { ListingItem } from '@viewora/contracts/listing';
import type { Page } from 'playwright-core';
import {
  adviceHomes,
  advisorAway,
  checkedPrice,
  comparedHomes,
  comparedPlaces,
  conversationId,
  explainedArea,
  fakeAdvisor,
  foundHomes,
} from './fake-advisor.ts';
import { fakeBeacon } from './fake-analytics.ts';
import { mapIsDrawn, resultsAreShown } from './page-steps.ts';
import type { Shot } from './shot.ts';

const question = '3 bedroom houses in Sacramento under $900K with a big garage, safe area';
const titles = ['Houses in Sacramento', 'What do homes cost in Folsom?', 'Newest homes in Elk Grove'];

/** Asks on the advisor's page, and waits until something is said. */
async function askOnPage(page: Page, web: string, text: string): Promise<void> {
  await page.goto(`${web}/advisor`);
  const box = page.getByRole('textbox', { name: 'Your question' });
  await box.fill(text);
  await box.press('Enter');
  await page.getByRole('heading', { level: 2, name: text }).waitFor();
}

function answered(text: string, partsOf: (homes: readonly ListingItem[]) => AnswerPart[]): Shot['take'] {
  return async (page, web) => {
    await fakeAdvisor(page, { answers: [{ parts: partsOf(await adviceHomes(web)) }] });
    await askOnPage(page, web, text);
    await page.getByText('Answered by rules').first().waitFor();
    if ((page.viewportSize()?.width ?? 0) >= 768) await mapIsDrawn(page);
  };
}

export const advisorShots: readonly Shot[] = [
  {
    name: 'advisor',
    async take(page, web) {
      await fakeAdvisor(page, { titles });
      await page.goto(`${web}/advisor`);
      await page.getByRole('list', { name: 'Questions to begin with' }).getByRole('button').nth(2).waitFor();
      await page.getByText('Earlier conversations').waitFor();
    },
  },
  { name: 'advisor-homes', take: answered(question, foundHomes) },
  {
    name: 'advisor-why',
    async take(page, web) {
      await answered(question, foundHomes)(page, web);
      await page.getByText('9% below what similar homes ask').first().click();
      await page.getByRole('button', { name: 'It did not help' }).click();
      await page.getByRole('button', { name: 'Wrong facts' }).waitFor();
    },
  },
  { name: 'advisor-compare', take: answered('Compare the first two', comparedHomes) },
  { name: 'advisor-places', take: answered('Folsom or Elk Grove: which is cheaper?', comparedPlaces) },
  { name: 'advisor-area', take: answered('What do homes cost in Folsom?', explainedArea) },
  {
    name: 'advisor-price',
    async take(page, web) {
      await answered('Is the first one fairly priced?', checkedPrice)(page, web);
      await page.getByText('The homes it comes from').click();
    },
  },
  {
    name: 'advisor-answering',
    async take(page, web) {
      await fakeAdvisor(page, {
        answers: [{ parts: foundHomes(await adviceHomes(web)).slice(0, 5), isRunning: true }],
      });
      await askOnPage(page, web, question);
      await page.getByText('stands out').first().waitFor();
    },
  },
  {
    name: 'advisor-stopped',
    async take(page, web) {
      await fakeAdvisor(page, {
        answers: [{ parts: foundHomes(await adviceHomes(web)).slice(0, 5), isRunning: true }],
      });
      await askOnPage(page, web, question);
      await page.getByText('stands out').first().waitFor();
      await page.getByRole('button', { name: 'Stop answering' }).click();
      await page.getByText('Stopped.').first().waitFor();
    },
  },
  {
    name: 'advisor-failed',
    async take(page, web) {
      await fakeAdvisor(page, {
        instead: { [`POST /advisor/conversations/${conversationId}/messages`]: advisorAway },
      });
      await askOnPage(page, web, question);
      await page.getByRole('button', { name: 'Ask again' }).waitFor();
    },
  },
  {
    name: 'advisor-conversation',
    async take(page, web) {
      const homes = await adviceHomes(web);
      await fakeAdvisor(page, {
        titles,
        earlier: [
          { text: question, parts: foundHomes(homes) },
          { text: 'Compare the first two', parts: comparedHomes(homes) },
        ],
      });
      await page.goto(`${web}/advisor/${conversationId}`);
      await page.getByRole('region', { name: 'Comparison' }).waitFor();
      await page.getByRole('button', { name: 'Your conversations' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'advisor-map',
    only: ['phone'],
    async take(page, web) {
      await answered(question, foundHomes)(page, web);
      await page.getByRole('button', { name: 'Show the homes on the map' }).click();
      await mapIsDrawn(page);
    },
  },
  {
    name: 'advisor-gone',
    async take(page, web) {
      await fakeAdvisor(page);
      await page.goto(`${web}/advisor/0192f0c1-2b3c-7d4e-8f5a-0000000000ee`);
      await page.getByRole('heading', { name: 'This conversation is not here' }).waitFor();
    },
  },
  {
    name: 'advisor-panel',
    only: ['tablet', 'desktop'],
    async take(page, web) {
      const homes = await adviceHomes(web);
      await fakeAdvisor(page, { titles, earlier: [{ text: question, parts: foundHomes(homes) }] });
      await fakeBeacon(page);
      await page.goto(`${web}/?advisor=${conversationId}`);
      await resultsAreShown(page);
      await page.getByText('Answered by rules').first().waitFor();
      await mapIsDrawn(page);
    },
  },
];
