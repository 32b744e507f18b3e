import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const gateway = process.env.GATEWAY_URL ?? 'http://127.0.0.1:8080';
const server = {
  host: 'localhost',
  port: Number(process.env.WEB_PORT ?? 5173),
  strictPort: true,
  // What vercel.json does on the real host: the page and its API share an origin, so no call needs CORS.
  proxy: { '/api': gateway, '/og': gateway },
};

export default defineConfig({
  plugins: [react(), tailwindcss()],
  server,
  preview: server,
  build: {
    target: 'es2023',
    // The e2e budget reads from it what the first page loads.
    manifest: true,
    // Only the map library is larger, and it loads after the page is usable.
    chunkSizeWarningLimit: 1200,
    // What every visit loads is one file: cut along what each lazy page shares with it, it compresses worse and grows
    // with the number of pages.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } } },
  },
});
