// What cannot wait for the page's own script. A file of its own: the page allows no inline script.
(() => {
  // Before the first paint, so that a dark page never flashes white.
  let saved = null;
  try {
    saved = localStorage.getItem('viewora.theme');
  } catch {
    // Storage may be forbidden; the system's preference still holds.
  }
  const isDark = saved === 'dark' || (saved !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';

  // What the page will ask first, by exactly the address that it will use: on a phone the script that asks takes a
  // second to come. A search without a view opens where the homes are (src/search/use-home-view.ts).
  const id = /^\/homes\/([\da-f-]{36})$/.exec(location.pathname)?.[1];
  const isOpenSearch = location.pathname === '/' && !new URLSearchParams(location.search).has('view');
  const query = id ? `properties/${id}` : isOpenSearch ? 'places?bbox=-180%2C-85%2C180%2C85&limit=50' : null;
  if (query) {
    const preload = { rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href: `/api/v1/${query}` };
    document.head.append(Object.assign(document.createElement('link'), preload));
  }
})();
