import { apiBase } from '@viewora/contracts/http-client';

/** For whoever opens the board with a session that has to be renewed, or none. */
export function renewPage(script: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Viewora jobs</title>
<p id="text">One moment …</p>
<noscript><a href="/sign-in">Sign in</a></noscript>
<script src="${script}"></script>
</html>`;
}

/** Renews the session and opens the page again; whoever has none is led to where they can sign in. */
export const renewScript = `
const text = document.getElementById('text');
const link = document.createElement('a');
link.href = '/sign-in?next=%2Fadmin';
link.textContent = 'Sign in as an administrator';
const tried = 'viewora-jobs-renewed';
const isAgain = Date.now() - Number(sessionStorage.getItem(tried)) < 10000;
sessionStorage.setItem(tried, String(Date.now()));
const renewed = isAgain ? Promise.resolve({ ok: false }) : fetch('${apiBase}/auth/refresh', { method: 'POST' });
renewed.then(({ ok }) => (ok ? location.reload() : text.replaceChildren(link)), () => text.replaceChildren(link));
`;
