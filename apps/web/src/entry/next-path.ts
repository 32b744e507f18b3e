const fallback = '/';
/** Pages that lead in; whoever is in has no business there. */
const entryPaths = /^\/(sign-in(\/google)?|sign-up|verify-email|forgot-password|reset-password)\/?$/;

/** Where to go after signing in: the path that `?next=` names on this origin, else the start. */
export function nextPath(search: string, origin: string): string {
  const path = localPath(new URLSearchParams(search).get('next'), origin);
  return path === null || entryPaths.test(new URL(path, origin).pathname) ? fallback : path;
}

/**
 * A path on this origin, as somebody else has written it; null where it leads elsewhere. Anybody can write such a link, so
 * it must never lead to another site (CWE-601); judged is what the browser makes of it, not what it looks like.
 */
export function localPath(wish: string | null, origin: string): string | null {
  const url = wish?.startsWith('/') ? URL.parse(wish, origin) : null;
  // "/.//elsewhere" is on this origin until its path is taken for an address without a scheme.
  if (url?.origin !== origin || url.pathname.startsWith('//')) return null;
  return url.pathname + url.search + url.hash;
}

interface Place {
  pathname: string;
  search: string;
  hash: string;
}

/** The way to sign in and back. From one page that leads in to another, it still goes to where it went. */
export function signInAddress({ pathname, search, hash }: Place): string {
  if (entryPaths.test(pathname)) return `/sign-in${search}`;
  const here = pathname + search + hash;
  return here === fallback ? '/sign-in' : `/sign-in?next=${encodeURIComponent(here)}`;
}
