import { lazy } from 'react';

const importListingPage = () => import('./listing/listing-page.tsx');

/** A listing's page comes with the first one that somebody is about to open. */
export const ListingPage = lazy(() => importListingPage().then((module) => ({ default: module.ListingPage })));

export function preloadListingPage(): void {
  // A failure shows when the page is really opened.
  importListingPage().catch(() => {});
}
