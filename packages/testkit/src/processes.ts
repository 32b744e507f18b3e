import { type RunningProcess, startProcess } from '@viewora/devstack/processes';
import { until } from './wait.ts';

export interface ScriptOptions {
  args?: string[];
  /** Added to this process's environment. */
  env?: Record<string, string>;
  cwd?: string;
  /** Resolve only when this has been printed. */
  waitFor?: RegExp;
  timeoutMs?: number;
}

/** Runs a JavaScript file as a process of its own, to be stopped or killed by the test; it never outlives the test. */
export async function startScript(file: string, options: ScriptOptions = {}): Promise<RunningProcess> {
  const { args = [], env = {}, cwd, waitFor, timeoutMs } = options;
  const script = startProcess({
    name: file,
    command: process.execPath,
    args: [file, ...args],
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    cwd,
  });
  if (waitFor === undefined) return script;
  const printed = async () => {
    if (waitFor.test(await script.lastLines())) return true;
    if (!script.isRunning()) return 'ended';
    return false;
  };
  const seen = await until(printed, { timeoutMs, what: `${file} to print ${waitFor}` }).catch(
    async (error: unknown) => {
      await script.kill();
      throw error;
    },
  );
  if (seen === 'ended') throw new Error(`${file} ended before it printed ${waitFor}:\n${await script.lastLines()}`);
  return script;
}
