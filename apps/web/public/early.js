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

  // A search without a view opens where the homes are, so it first asks for the places, by exactly this address
  // (src/search/use-home-view.ts). On a phone the script that asks takes a second to come.
  if (location.pathname === '/' && !new URLSearchParams(location.search).has('view')) {
    const places = { rel: 'preload', as: 'fetch', crossOrigin: 'anonymous' };
    const href = '/api/v1/places?bbox=-180%2C-85%2C180%2C85&limit=50';
    document.head.append(Object.assign(document.createElement('link'), places, { href }));
  }
})();
