import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

export interface ProgramOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  user?: { uid: number; gid: number };
  timeoutMs?: number;
}

/** A program that ended with a failure; the message holds all it printed. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';
}

/** Runs a program to its end and gives what it printed to stdout; throws {@link ProgramError} unless it exits with 0. */
export function runProgram(command: string, args: string[], options: ProgramOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const settings = {
      cwd: options.cwd,
      // Named, because a test runner's `process.env` is a copy that the system does not see.
      env: options.env ?? process.env,
      uid: options.user?.uid,
      gid: options.user?.gid,
      timeout: options.timeoutMs ?? 120_000,
      maxBuffer: 64 * 1024 * 1024,
    };
    execFile(command, args, settings, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      const printed = [stdout, stderr].join('').trim();
      reject(new ProgramError(`${command} ${args.join(' ')} failed: ${printed || error.message}`, { cause: error }));
    });
  });
}

/** The path of a program, links not followed (redis-server goes by the name it is called), looked for on the PATH and then in `alsoIn`; null when it is nowhere. */
export async function findProgram(name: string, alsoIn: string[] = []): Promise<string | null> {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...alsoIn].filter((folder) => folder !== '');
  for (const folder of folders) {
    const path = join(folder, name);
    const runs = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return path;
  }
  return null;
}
