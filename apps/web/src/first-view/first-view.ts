import '@fontsource-variable/inter/index.css';
import '../theme/theme.css';
import { firstListing } from './first-listing.ts';
import { firstSearch } from './first-search.ts';
import { box } from './paint.ts';

// The entry of the page. On a phone the app takes seconds to come and to start; until then, what the page is about stands
// where the app will say it, in the same words, size and type.

const longestWaitMs = 800;
const { pathname, search } = window.location;
const id = /^\/homes\/([\da-f-]{36})$/.exec(pathname)?.[1];
const root = document.getElementById('root');
// Below the header. Nothing to whoever listens or touches: theirs is the app. On a desk, whose columns have other measures
// and whose app is there as soon, it is not laid out at all.
const shell = box(
  'pointer-events-none fixed inset-x-0 top-16.25 z-20 h-[calc(100dvh-4.0625rem)] overflow-hidden md:hidden',
);

void import('../main.tsx');
// A failure shows when the app opens the page.
if (id) import('../listing/listing-page.tsx').catch(() => {});
shell.setAttribute('aria-hidden', 'true');
root?.after(shell);
const observer = new MutationObserver(giveWay);
if (root) observer.observe(root, { childList: true, subtree: true });
Promise.all([firstParts(), typeIsHere()])
  .then(([parts]) => shell.append(...parts))
  // What went wrong is the app's to say.
  .catch(() => {});

async function firstParts(): Promise<HTMLElement[]> {
  if (shell.clientWidth === 0) return [];
  if (id) return firstListing(id);
  return pathname === '/' && search === '' ? firstSearch(shell) : [];
}

/** Text that changes its type moves, so it waits for its own, which is as near as the words are; but not for long. */
function typeIsHere(): Promise<unknown> {
  const late = new Promise((done) => setTimeout(done, longestWaitMs));
  return Promise.race([document.fonts.load('1rem "Inter Variable"'), late]);
}

/** Before the next paint once the app says what its page is about, or what went wrong; or once the visitor has gone elsewhere. */
function giveWay(): void {
  const says = root?.querySelector('h1:not([aria-busy="true"]), h2, [role="alert"]');
  if (!says && window.location.pathname === pathname) return;
  shell.remove();
  observer.disconnect();
  performance.mark('viewora.app-shown');
}
