// Runs before the first paint, so that a dark page never flashes white. A file of its own: the page allows no inline script.
(() => {
  let saved = null;
  try {
    saved = localStorage.getItem('viewora.theme');
  } catch {
    // Storage may be forbidden; the system's preference still holds.
  }
  const isDark = saved === 'dark' || (saved !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
})();
