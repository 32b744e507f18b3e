import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Interrupt } from '../interrupt.ts';
import type { Settings } from '../settings.ts';
import { Steps } from '../steps.ts';
import { turbo } from '../turbo.ts';
import { runStack } from './start.ts';

/** `npm run dev`: the stack, with every package recompiled and every app restarted as its files change. */
export async function dev(settings: Settings, interrupt: Interrupt): Promise<number> {
  return runStack(settings, interrupt, 'development', new Steps(), () => compileOnChange(settings, interrupt));
}

/** The web app is left out: Vite compiles it by itself, and already runs as an app of the stack. */
async function compileOnChange({ root }: Settings, interrupt: Interrupt): Promise<void> {
  const args = ['run', 'dev', '--ui=stream', '--concurrency=30', '--filter=!@viewora/web'];
  const { command, env, cwd } = turbo(root, args);
  const watcher = spawn(command, args, { cwd, env, stdio: 'inherit' });
  interrupt.signal.addEventListener('abort', () => watcher.kill('SIGTERM'));
  await once(watcher, 'exit');
}
