import { lazy } from 'react';

const importPanels = () => import('./filter-panels.tsx');
const importSheet = () => import('./filter-sheet.tsx');

/** Nothing that is seen at first needs the panels and what they stand on: they come when a hand nears them. */
export const FilterPopover = lazy(() => importPanels().then((module) => ({ default: module.FilterPopover })));
export const FilterSheet = lazy(() => importSheet().then((module) => ({ default: module.FilterSheet })));

export function preloadPanels(): void {
  // A failure shows when one is really opened.
  importPanels().catch(() => {});
}
