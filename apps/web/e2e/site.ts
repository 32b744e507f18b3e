import { after, before } from 'node:test';
import { type Platform, startPlatform } from '@viewora/testkit/platform';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { faultsOf } from './every-state.ts';
import { openWith, type Replies } from './fake-accounts.ts';
import type { Shot, SizeName } from './shot.ts';
import { type Journey, type VisitOptions, visitWith } from './visit.ts';

/**
 * The platform and a browser, from before the first test of a file until after its last. What else has to be there by then is
 * prepared after them: several `before` of a file would run at the same time.
 */
export function testSite(prepare?: (stack: Platform) => unknown) {
  let stack: Platform;
  let browser: Browser;

  before(async () => {
    [stack, browser] = await Promise.all([startPlatform(), launchBrowser()]);
    await prepare?.(stack);
  });

  after(async () => {
    await browser?.close();
    await stack?.stop();
  });

  return {
    get stack(): Platform {
      return stack;
    },
    get webUrl(): string {
      return stack.webUrl;
    },
    /** Runs a journey in a browser of its own. */
    visit: (options: VisitOptions, journey: Journey) => visitWith(browser, options, journey),
    open: (page: Page, path: string) => page.goto(`${stack.webUrl}${path}`),
    /** Opens a page whose calls are answered so. */
    openWith: (page: Page, path: string, replies: Replies) => openWith(page, `${stack.webUrl}${path}`, replies),
    /** What keeps people out of these pages, one line each. */
    faults: (shots: readonly Shot[], size: SizeName) => faultsOf(browser, stack.webUrl, shots, size),
  };
}
