import { join } from 'node:path';
import type { Interrupt } from '../interrupt.ts';
import { type ProcessOptions, runProcess } from '../processes.ts';
import type { Settings } from '../settings.ts';
import { Steps } from '../steps.ts';
import { turbo } from '../turbo.ts';

/** `npm run check`: style, types, the layering, and the deployment's files. Stops at the first that fails. */
export async function check({ root }: Settings, interrupt: Interrupt): Promise<number> {
  const steps = new Steps();
  const bin = (name: string) => join(root, 'node_modules', '.bin', name);
  const checks: [string, ProcessOptions][] = [
    ['style checked', { name: 'biome ci', command: bin('biome'), args: ['ci', '--colors=off', '.'], cwd: root }],
    ['types checked', turbo(root, ['run', 'typecheck', '--ui=stream', '--output-logs=errors-only', '--continue'])],
    ['layering checked', turbo(root, ['boundaries'])],
  ];
  for (const [name, program] of checks) await steps.run(name, () => runProcess(program, interrupt.signal));
  const deployment = {
    name: 'deploy/check.mjs',
    command: process.execPath,
    args: [join(root, 'deploy/check.mjs')],
    cwd: root,
  };
  const told = await steps.run('deployment checked', () => runProcess(deployment, interrupt.signal));
  // What could not be checked for want of a tool must be seen.
  for (const line of told.split('\n').filter((text) => text.startsWith('○'))) steps.say(line);
  return 0;
}
