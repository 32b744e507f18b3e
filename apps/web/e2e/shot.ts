import type { Page } from 'playwright-core';
import type { sizes } from './browser.ts';

export type SizeName = keyof typeof sizes;

/** A page in one state, to be looked at. */
export interface Shot {
  name: string;
  only?: readonly SizeName[];
  take: (page: Page, webUrl: string) => Promise<void>;
}
