import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Interrupt } from '../interrupt.ts';
import type { Settings } from '../settings.ts';
import { Steps } from '../steps.ts';
import { turbo } from '../turbo.ts';
import { runStack } from './start.ts';

/** `npm run dev`: the stack, with every package recompiled and every app restarted as its files change. */
export async function dev(settings: Settings, interrupt: Interrupt): Promise<number> {
  let compiler: ChildProcess | undefined;
  const compile = async () => {
    compiler = startCompiler(settings);
    await once(compiler, 'exit');
  };
  try {
    return await runStack(settings, interrupt, 'development', new Steps(), compile);
  } finally {
    if (compiler?.exitCode === null && compiler.signalCode === null) {
      compiler.kill('SIGTERM');
      await once(compiler, 'exit');
    }
  }
}

/** The web app is left out: Vite compiles it by itself, and already runs as an app of the stack. */
function startCompiler({ root }: Settings): ChildProcess {
  const { command, args, env, cwd } = turbo(root, [
    'run',
    'dev',
    '--ui=stream',
    '--concurrency=30',
    '--filter=!@viewora/web',
  ]);
  return spawn(command, args, { cwd, env, stdio: 'inherit' });
}
