import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';

const mostStops = 80;

/** Goes on with the Tab key until the focus is on a control, as somebody without a pointer would. */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  await control.waitFor();
  const isThere = async () => (await control.and(page.locator(':focus')).count()) > 0;
  for (let i = 0; i < mostStops && !(await isThere()); i++) await page.keyboard.press('Tab');
  assert.ok(await isThere(), `${control} could not be reached`);
}

/** Types over what a field holds. */
export async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}

export async function press(page: Page, control: Locator): Promise<void> {
  await tabTo(page, control);
  await page.keyboard.press('Enter');
}

/** From one choice of a bar to the next, by the arrow keys: the focus follows a moment after the key. */
export async function chooseNext(page: Page, from: Locator, next: Locator): Promise<void> {
  await tabTo(page, from);
  await page.keyboard.press('ArrowRight');
  await next.and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Enter');
}
