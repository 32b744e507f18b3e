import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type Rolldown } from 'vite';
import { leanSchemas } from './lean-schemas.ts';

const gateway = process.env.GATEWAY_URL ?? 'http://127.0.0.1:8080';
const server = {
  host: 'localhost',
  port: Number(process.env.WEB_PORT ?? 5173),
  strictPort: true,
  // What vercel.json does on the real host: the page and its API share an origin, so no call needs CORS.
  proxy: { '/api': gateway, '/og': gateway },
};

const entry = fileURLToPath(new URL('index.html', import.meta.url));

let entryModules: Set<string> | undefined;

/** Whether the entry needs a module at once: it is imported, however deep, but not only when something runs. */
function isOfEntry(id: string, graph: Pick<Rolldown.PluginContext, 'getModuleInfo'>): boolean {
  if (!entryModules) {
    entryModules = new Set([entry]);
    for (const found of entryModules) {
      for (const next of graph.getModuleInfo(found)?.importedIds ?? []) entryModules.add(next);
    }
  }
  return entryModules.has(id) || id.includes('vite/preload-helper');
}

/** What the entry will want is asked for together with it, not after: the app, and the type of what is painted first. */
const preloads: Plugin = {
  name: 'preloads',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle = {} }) {
      const files = Object.keys(bundle).map((name) => `/${name}`);
      const font = files.find((name) => name.includes('inter-latin-wght-normal'));
      const app = files.find((name) => name.startsWith('/assets/app-'));
      return [
        { rel: 'preload', as: 'font', crossorigin: true, href: font },
        { rel: 'modulepreload', crossorigin: true, fetchpriority: 'low', href: app },
      ].map((attrs) => ({ tag: 'link', attrs, injectTo: 'head' }));
    },
  },
};

export default defineConfig({
  plugins: [react(), tailwindcss(), leanSchemas(), preloads],
  server,
  preview: server,
  build: {
    target: 'es2023',
    // The e2e budget reads from it what the first page loads.
    manifest: true,
    // Only the map library is larger, and it loads after the page is usable.
    chunkSizeWarningLimit: 1200,
    // What every visit loads is the small entry that paints first, and the app in one file: cut along what each lazy page
    // shares with it, it compresses worse and grows with the number of pages.
    rolldownOptions: {
      // The app is named too, so that what it needs at once is known as such.
      input: { index: 'index.html', app: 'src/main.tsx' },
      output: {
        codeSplitting: {
          groups: [
            { name: (id, graph) => (isOfEntry(id, graph) ? 'first' : null), priority: 2 },
            { name: 'app', tags: ['$initial'], priority: 1 },
          ],
        },
      },
    },
  },
});
