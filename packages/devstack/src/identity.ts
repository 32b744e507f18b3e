import { readFile } from 'node:fs/promises';
import { runProgram } from './programs.ts';

/**
 * What tells a running process from a later one with the same number: when it started, and its command line.
 * Null when there is no such process, or it has ended and only waits to be reaped.
 */
export async function processIdentity(pid: number): Promise<string | null> {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

async function fromProc(pid: number): Promise<string | null> {
  try {
    const [stat, commandLine] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
    ]);
    // The second field is the program's name in brackets and may hold spaces; the rest is split after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : `${fields[19]} ${commandLine.replaceAll('\0', ' ').trim()}`;
  } catch {
    return null;
  }
}

async function fromPs(pid: number): Promise<string | null> {
  const line = await runProgram('ps', ['-ww', '-o', 'lstart=,command=', '-p', String(pid)]).catch(() => '');
  return line.trim() === '' ? null : line.trim();
}
