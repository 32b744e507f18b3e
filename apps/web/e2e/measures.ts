import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { slowProcessor } from './browser.ts';

/** What axe finds that keeps people out, one line each. In other colours than light only those can differ. */
export async function allSerious(page: Page, theme: 'light' | 'dark'): Promise<string[]> {
  // There are no frames of others, for which alone the other mode opens a second page each time.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await (theme === 'light' ? axe : axe.withRules(['color-contrast'])).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/** The gzipped size of all scripts that a visit loads, but for those that come later by design. */
export async function scriptsBefore(page: Page, later: RegExp, visit: () => Promise<void>): Promise<number> {
  const sizes: Promise<number>[] = [];
  page.on('response', (response) => {
    const isScript = response.request().resourceType() === 'script';
    if (isScript && !later.test(response.url())) {
      sizes.push(response.body().then((body) => gzipSync(body, { level: 9 }).length));
    }
  });
  await visit();
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** Starts to add up Cumulative Layout Shift; to be called before the page is opened. */
export async function watchLayoutShift(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Object.assign(window, { layoutShift: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const shift = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
        const sum = window as unknown as { layoutShift: number };
        if (!shift.hadRecentInput) sum.layoutShift += shift.value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

export function layoutShift(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as { layoutShift: number }).layoutShift);
}

/** Lighthouse's phone: slow 4G of 1.6 Mbit/s and 150 ms, and a processor four times slower than this one. */
export async function throttle(page: Page): Promise<void> {
  await slowProcessor(page, 4);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: 1_600_000 / 8,
    uploadThroughput: 750_000 / 8,
  });
}

interface LargestPaint {
  atMs: number;
  what: string;
}

/** Starts to note Largest Contentful Paint, and what was painted while it is there; to be called before the page is opened. */
export async function watchLargestPaint(page: Page): Promise<void> {
  await page.addInitScript(() => {
    new PerformanceObserver((list) => {
      const last = list.getEntries().at(-1) as PerformanceEntry & { element: Element | null };
      const what = last.element?.textContent?.trim() || last.element?.tagName || 'gone';
      Object.assign(window, { largestPaint: { atMs: last.startTime, what } });
    }).observe({ type: 'largest-contentful-paint', buffered: true });
  });
}

/** The largest so far. Whoever touches the page ends it. */
export function largestPaint(page: Page): Promise<LargestPaint> {
  return page.evaluate(() => (window as unknown as { largestPaint: LargestPaint }).largestPaint);
}

/** When the app took over from what was painted ahead of it, ms. */
export function appShownAt(page: Page): Promise<number> {
  return page.evaluate(() => performance.getEntriesByName('viewora.app-shown')[0]?.startTime ?? Number.NaN);
}
