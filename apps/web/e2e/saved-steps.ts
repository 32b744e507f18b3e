import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { fakeAccounts, problem, session } from './fake-accounts.ts';
import { buyer, type FakeSaved } from './fake-saved.ts';
import { resultsAreShown } from './page-steps.ts';

export const closeUp = '/?view=38.58,-121.45,12';
export const away = problem({ code: 'unavailable', status: 503 });

export const inList = (page: Page) => page.getByRole('list', { name: 'Homes', exact: true });
export const hearts = (page: Page) => inList(page).getByRole('button', { name: /^Save / });
export const isPressed = (button: Locator, pressed: boolean) =>
  button.and(button.page().locator(`[aria-pressed="${pressed}"]`)).waitFor();
export const toast = (page: Page, text: string) => page.getByRole('status').getByText(text, { exact: true });
export const tellingOf = (kept: FakeSaved, method: string) => kept.calls.filter((call) => call.startsWith(method));

export async function asBuyer(page: Page): Promise<void> {
  await fakeAccounts(page, { 'GET /auth/session': session(buyer) });
}

/** The homes of a close look, with their hearts. */
export async function search(page: Page, webUrl: string): Promise<void> {
  await page.goto(webUrl + closeUp);
  await resultsAreShown(page);
  await hearts(page).first().waitFor();
}

/** The fake server has been asked; the clock of the page may stand still, this one does not. */
export async function isAsked(kept: FakeSaved, method: string, times = 1): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (tellingOf(kept, method).length < times) {
    assert.ok(Date.now() < deadline, `${method} has not been asked ${times} times, only ${kept.calls.join(', ')}`);
    await pause(20);
  }
}
