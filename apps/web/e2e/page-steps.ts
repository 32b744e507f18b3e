import type { Page } from 'playwright-core';

/** The heading counts homes, and the list has followed. */
export async function resultsAreShown(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1, name: /homes? in/ }).waitFor();
  await page.locator('#results[aria-busy="false"]').waitFor();
}

/** A base map stands, and all of it is drawn. */
export async function mapIsDrawn(page: Page): Promise<void> {
  await page.locator('[data-base-map]').waitFor();
  await page.waitForLoadState('networkidle');
  await page.locator('[data-base-map][aria-busy="false"]').waitFor();
}

/** As when the system turns dark: the page follows it, and all colours are there. */
export async function turnDark(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator('html[data-theme="dark"]').waitFor();
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
}

export async function headingOf(page: Page): Promise<string> {
  return (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
}

export async function headingChanges(page: Page, from: string): Promise<void> {
  await page.waitForFunction((said) => document.querySelector('h1')?.textContent !== said, from);
}

/** From its first digit: "2 homes" are not "12 homes". */
export async function headingBegins(page: Page, text: string): Promise<void> {
  await page.waitForFunction((said) => document.querySelector('h1')?.textContent?.startsWith(said), text);
}
