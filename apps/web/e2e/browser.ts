import { setTimeout as pause } from 'node:timers/promises';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Debian's browser; Playwright's own cannot be downloaded everywhere. */
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export const sizes = {
  phone: { width: 390, height: 844 },
  tablet: { width: 768, height: 1024 },
  desktop: { width: 1440, height: 900 },
};

export interface ContextOptions {
  size?: keyof typeof sizes;
  theme?: 'light' | 'dark';
  /** Gives the name of a browser that somebody holds: one that runs by itself says so, and its views do not count. */
  isPerson?: boolean;
}

/** A visitor's browser. Motion is reduced, so that nothing is looked at halfway. */
export function openContext(browser: Browser, options: ContextOptions = {}): Promise<BrowserContext> {
  const { size = 'desktop', theme = 'light', isPerson = false } = options;
  const settings: BrowserContextOptions = {
    viewport: sizes[size],
    colorScheme: theme,
    reducedMotion: 'reduce',
    hasTouch: size === 'phone',
    isMobile: size === 'phone',
    locale: 'en-GB',
    timezoneId: 'America/Los_Angeles',
    ...(isPerson && { userAgent: personsBrowser(browser.version()) }),
  };
  return browser.newContext(settings);
}

function personsBrowser(version: string): string {
  return `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version} Safari/537.36`;
}

/** Makes the processor so many times slower for a page. */
export async function slowProcessor(page: Page, times: number): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: times });
}

/** A machine and a server slower than this one's, as `E2E_CPU` (times) and `E2E_REPLIES_MS` say: no journey may mind. */
export async function slowDown(page: Page): Promise<void> {
  const { E2E_CPU: times, E2E_REPLIES_MS: delayMs } = process.env;
  if (times) await slowProcessor(page, Number(times));
  if (!delayMs) return;
  await page.context().route(/\/api\/v1\/(places|properties)/, async (route) => {
    await pause(Number(delayMs));
    // A page that has gone by now waits for nothing.
    await route.continue().catch(() => {});
  });
}
