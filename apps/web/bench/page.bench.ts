import { startPlatform } from '@viewora/testkit/platform';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openContext } from '../e2e/browser.ts';
import {
  appShownAt,
  largestPaint,
  layoutShift,
  throttle,
  watchLargestPaint,
  watchLayoutShift,
} from '../e2e/measures.ts';
import { mapIsDrawn, resultsAreShown } from '../e2e/page-steps.ts';

const rounds = 5;

interface Visit {
  name: string;
  path: string;
  isShown: (page: Page) => Promise<void>;
}

interface Figures {
  paintMs: number;
  what: string;
  /** When the app itself shows what was painted ahead of it. */
  appMs: number;
  shift: number;
}

/** One visit on a phone with nothing cached. */
async function measure(browser: Browser, url: string, isShown: Visit['isShown'], isSlow: boolean): Promise<Figures> {
  const context = await openContext(browser, { size: 'phone' });
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  if (isSlow) await throttle(page);
  await watchLayoutShift(page);
  await watchLargestPaint(page);
  await page.goto(url);
  await isShown(page);
  await mapIsDrawn(page);
  const { atMs, what } = await largestPaint(page);
  const figures = { paintMs: atMs, what, appMs: await appShownAt(page), shift: await layoutShift(page) };
  await context.close();
  return figures;
}

async function compare(browser: Browser, webUrl: string, { name, path, isShown }: Visit): Promise<void> {
  const slow: Figures[] = [];
  const plain: Figures[] = [];
  for (let i = 0; i < rounds; i++) {
    slow.push(await measure(browser, webUrl + path, isShown, true));
    plain.push(await measure(browser, webUrl + path, isShown, false));
  }
  const inOrder = (all: Figures[], of: 'paintMs' | 'appMs') => all.map((one) => one[of] / 1000).sort((a, b) => a - b);
  const median = (all: Figures[], of: 'paintMs' | 'appMs') => inOrder(all, of)[Math.floor(rounds / 2)] ?? Number.NaN;
  const spread = (all: Figures[], of: 'paintMs' | 'appMs') =>
    inOrder(all, of)
      .map((seconds) => seconds.toFixed(2))
      .join(' ');
  const what = slow[0]?.what.slice(0, 60);
  console.log(`${name}: LCP ${median(slow, 'paintMs').toFixed(2)} s (${spread(slow, 'paintMs')}): “${what}”`);
  console.log(`  without throttling, the peer, ${median(plain, 'paintMs').toFixed(2)} s (${spread(plain, 'paintMs')})`);
  console.log(`  the app itself shows it after ${median(slow, 'appMs').toFixed(2)} s (${spread(slow, 'appMs')})`);
  console.log(
    `  ${(median(slow, 'paintMs') / median(plain, 'paintMs')).toFixed(1)} times; CLS at most ${Math.max(...slow.map(({ shift }) => shift)).toFixed(3)}`,
  );
}

const stack = await startPlatform();
const browser = await launchBrowser();
try {
  const reply = await fetch(`${stack.webUrl}/api/v1/properties?limit=1`);
  const { items } = (await reply.json()) as { items: { id: string }[] };
  console.log(
    `Phone, slow 4G, processor 4 times slower; medians of ${rounds} visits with nothing cached. Goal: LCP under 2.5 s.\n`,
  );
  await compare(browser, stack.webUrl, { name: 'search', path: '/', isShown: resultsAreShown });
  await compare(browser, stack.webUrl, {
    name: 'listing',
    path: `/homes/${items[0]?.id}`,
    isShown: (page) => page.getByRole('rowheader', { name: 'Bedrooms' }).waitFor(),
  });
} finally {
  await browser.close();
  await stack.stop();
}
