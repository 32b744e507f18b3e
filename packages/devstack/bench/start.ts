// How long `npm start` takes, cold (nothing of the home there) and warm, and what each process of the idle stack holds.
// Dependencies and build results count as there in both; the first start after a clone adds those.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../src/ports.ts';
import { startProcess } from '../src/processes.ts';
import type { RunningStack } from '../src/running.ts';
import { portVariables, repositoryRoot } from '../src/settings.ts';

const home = await mkdtemp(join(tmpdir(), 'viewora-bench-'));
const ports = await Promise.all(Object.values(portVariables).map(async ({ variable }) => [variable, await freePort()]));
const env = { ...process.env, VIEWORA_HOME: home, DATABASE_URL: '', REDIS_URL: '', ...Object.fromEntries(ports) };
try {
  console.log(`cold  ${await timeStart(async () => {})} s`);
  console.log(`warm  ${await timeStart(showMemory)} s`);
} finally {
  await rm(home, { recursive: true, force: true });
}

async function timeStart(whenReady: () => Promise<void>): Promise<string> {
  const startedAt = performance.now();
  const args = [join(repositoryRoot, 'packages', 'devstack', 'bootstrap.mjs'), 'start'];
  const stack = startProcess({ name: 'npm start', command: process.execPath, args, env, stopTimeoutMs: 30_000 });
  const alive = setInterval(() => {}, 1_000);
  while (!(await stack.lastLines(50)).includes('Viewora is running')) {
    if (!stack.isRunning()) throw new Error(await stack.lastLines(50));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  await whenReady();
  await stack.stop();
  clearInterval(alive);
  return seconds;
}

/** Resident memory after ten idle seconds, from /proc; Postgres's children are not counted in. */
async function showMemory(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  const running = JSON.parse(await readFile(join(home, 'running.json'), 'utf8')) as RunningStack;
  for (const { name, pid } of [running.owner, ...running.processes]) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    const kilobytes = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]);
    console.log(
      `      ${name.padEnd(14)}${Number.isNaN(kilobytes) ? 'unknown' : `${Math.round(kilobytes / 1024)} MB`}`,
    );
  }
}
