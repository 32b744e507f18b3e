import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type ProcessOptions, runProcess } from './processes.ts';

const quiet = { TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', DO_NOT_TRACK: '1' };

/** A call of the workspace's own Turborepo. */
export function turbo(
  root: string,
  args: string[],
  env: Record<string, string> = {},
): ProcessOptions & { args: string[] } {
  return {
    name: `turbo ${args.slice(0, 2).join(' ')}`,
    command: join(root, 'node_modules', '.bin', 'turbo'),
    args,
    cwd: root,
    env: { ...process.env, ...quiet, ...env },
  };
}

/** Builds the packages that `filter` names, and what they depend on; all without it. */
export async function build(root: string, interrupted: AbortSignal, filter?: string): Promise<void> {
  const args = ['run', 'build', '--ui=stream', '--output-logs=errors-only', '--log-order=grouped'];
  await runProcess(turbo(root, filter === undefined ? args : [...args, `--filter=${filter}`]), interrupted);
}

/** Runs Turborepo and hands over what it prints line by line; gives its exit code. */
export async function streamTurbo(
  options: { root: string; args: string[]; env?: Record<string, string>; interrupted: AbortSignal },
  onLine: (line: string) => void,
): Promise<number> {
  const { command, args, cwd, env } = turbo(options.root, options.args, options.env);
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  options.interrupted.addEventListener('abort', () => child.kill('SIGTERM'));
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', onLine);
  const [code] = await once(child, 'close');
  options.interrupted.throwIfAborted();
  return typeof code === 'number' ? code : 1;
}
