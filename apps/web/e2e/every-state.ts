import type { Browser, Page } from 'playwright-core';
import { allSerious } from './measures.ts';
import { turnDark } from './page-steps.ts';
import type { Shot, SizeName } from './shot.ts';
import { visitWith } from './visit.ts';

/** The narrowest that a page must serve without sideways scrolling, as WCAG 1.4.10 says. */
const narrowest = { width: 320, height: 640 };

/**
 * What keeps people out of the pages at this size, one line each: what axe finds in either theme, what does not say what it
 * is about, and what is wider than the screen. Each page is opened once for all of it, since opening takes longest.
 */
export async function faultsOf(
  browser: Browser,
  webUrl: string,
  shots: readonly Shot[],
  size: SizeName,
): Promise<string[]> {
  const faults: string[] = [];
  for (const { name, only, take } of shots) {
    if (only && !only.includes(size)) continue;
    await visitWith(browser, { size }, async (page) => {
      await take(page, webUrl);
      faults.push(...(await faultsIn(page, size)).map((fault) => `${name}: ${fault}`));
    }).catch((error: unknown) => faults.push(`${name}: ${error instanceof Error ? error.message : error}`));
  }
  return faults;
}

async function faultsIn(page: Page, size: SizeName): Promise<string[]> {
  const inLight = await allSerious(page, 'light');
  const isNamed = await hasItsHeading(page);
  const tooWide = await isTooWide(page);
  await turnDark(page);
  const inDark = await allSerious(page, 'dark');
  if (size === 'phone') await page.setViewportSize(narrowest);
  return [
    ...inLight,
    ...inDark.map((fault) => `dark: ${fault}`),
    ...(isNamed ? [] : ['has not one heading of the first level']),
    ...(tooWide ? ['is wider than the screen'] : []),
    ...((await isTooWide(page)) ? [`is wider than a screen of ${narrowest.width}`] : []),
  ];
}

/** One heading says what it is about, before any other; a page that is still loading has none yet. */
function hasItsHeading(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const shown = (name: string) => [...document.querySelectorAll(name)].filter((heading) => heading.checkVisibility());
    const [first, others] = [shown('h1'), shown('h2')];
    return first.length === 1 || (first.length === 0 && others.length === 0);
  });
}

function isTooWide(page: Page): Promise<boolean> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main')].some(
      ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth,
    ),
  );
}
