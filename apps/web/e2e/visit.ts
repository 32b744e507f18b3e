import type { Browser, Page } from 'playwright-core';
import { type ContextOptions, openContext, slowDown } from './browser.ts';

export const styleHost = 'https://tiles.openfreemap.org/**';

export type Journey = (page: Page) => Promise<void>;
export type VisitOptions = ContextOptions & { atlas?: boolean };

/** Runs a journey in a browser of its own. The map's style is out of reach unless a journey is about it. */
export async function visitWith(browser: Browser, options: VisitOptions, journey: Journey): Promise<void> {
  const context = await openContext(browser, options);
  context.setDefaultTimeout(30_000);
  await context.route(styleHost, (route) => route.abort());
  // Cutting the atlases into tiles takes a core for seconds, and only the map's own journeys look at them.
  if (!options.atlas) await context.route(/(counties|countries)-.*\.json/, (route) => route.abort());
  const page = await context.newPage();
  await slowDown(page);
  try {
    await journey(page);
  } finally {
    await context.close();
  }
}

/** Keeps back the replies that are asked for from now on; what it gives lets them go. */
export async function holdReplies(page: Page, url: string | RegExp): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(url, async (route) => {
    await promise;
    await route.fallback();
  });
  return resolve;
}
