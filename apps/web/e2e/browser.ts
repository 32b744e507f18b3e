import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';

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
}

/** A visitor's browser. Motion is reduced, so that nothing is looked at halfway. */
export function openContext(browser: Browser, options: ContextOptions = {}): Promise<BrowserContext> {
  const { size = 'desktop', theme = 'light' } = options;
  const settings: BrowserContextOptions = {
    viewport: sizes[size],
    colorScheme: theme,
    reducedMotion: 'reduce',
    hasTouch: size === 'phone',
    isMobile: size === 'phone',
    locale: 'en-GB',
    timezoneId: 'America/Los_Angeles',
  };
  return browser.newContext(settings);
}
