import { join } from 'node:path';
import { createServer } from 'vite';
import { launchBrowser } from '../e2e/browser.ts';

const web = join(import.meta.dirname, '..');
const size = { width: 1200, height: 630 };

// Drawn by the page's own components, so that the picture follows when they change.
const server = await createServer({ root: web, server: { port: 0, strictPort: false }, logLevel: 'warn' });
await server.listen();
const browser = await launchBrowser();
try {
  const page = await browser.newPage({ viewport: size });
  await page.goto(`${server.resolvedUrls?.local[0]}preview/index.html`);
  await page.locator('svg').waitFor();
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(web, 'public', 'preview.png'), clip: { x: 0, y: 0, ...size } });
} finally {
  await browser.close();
  await server.close();
}
