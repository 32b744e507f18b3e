import type { Page } from 'playwright-core';

/** Writes what a listing needs to go on the market, from the first step of a new one to the last. */
export async function writeListing(page: Page, title: string): Promise<void> {
  await page.getByLabel('Title').fill(title);
  await page.getByRole('link', { name: /What and where/ }).click();
  await page.getByRole('radio', { name: 'Flat' }).check();
  await page.getByLabel('City').fill('Davis');
  await page.getByLabel('Latitude').fill('38.5449, -121.7405');
  await page.getByRole('link', { name: /Price/ }).click();
  await page.getByLabel('Price', { exact: true }).fill('310k');
  await page.getByRole('link', { name: /Review/ }).click();
}

/** The server has put it on the market; before, the page says what will be "once it is on the market". */
export const isOnTheMarket = (page: Page) => page.getByText('It is on the market', { exact: true }).waitFor();
