/** Settings of this build. The only reader of the build's environment. */
export const config = {
  /** Vector styles that need no key; whoever runs Viewora at scale sets their own. */
  mapStyleUrl: {
    light: import.meta.env.VITE_MAP_STYLE_URL || 'https://tiles.openfreemap.org/styles/positron',
    dark:
      import.meta.env.VITE_MAP_STYLE_URL_DARK ||
      import.meta.env.VITE_MAP_STYLE_URL ||
      'https://tiles.openfreemap.org/styles/dark',
  },
};
