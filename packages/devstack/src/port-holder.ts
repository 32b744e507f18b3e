import { readdir, readFile, readlink } from 'node:fs/promises';
import { runProgram } from './programs.ts';

/** Who listens on a TCP port, as "node (pid 123)"; null where the system does not tell. */
export async function portHolder(port: number): Promise<string | null> {
  return process.platform === 'linux' ? fromProc(port).catch(() => null) : fromLsof(port).catch(() => null);
}

async function fromProc(port: number): Promise<string | null> {
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')),
  );
  const localPort = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const listening = '0A';
  const row = tables
    .flatMap((table) => table.split('\n'))
    .map((line) => line.trim().split(/\s+/))
    .find((fields) => fields[1]?.endsWith(localPort) && fields[3] === listening);
  const inode = row?.[9];
  if (inode === undefined) return null;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    if (!(await holdsSocket(pid, inode))) continue;
    return `${(await readFile(`/proc/${pid}/comm`, 'utf8')).trim()} (pid ${pid})`;
  }
  return null;
}

async function holdsSocket(pid: string, inode: string): Promise<boolean> {
  const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const targets = await Promise.all(files.map((file) => readlink(`/proc/${pid}/fd/${file}`).catch(() => '')));
  return targets.includes(`socket:[${inode}]`);
}

async function fromLsof(port: number): Promise<string | null> {
  const output = await runProgram('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc']);
  const field = (letter: string) =>
    output
      .split('\n')
      .find((line) => line.startsWith(letter))
      ?.slice(1);
  const [pid, command] = [field('p'), field('c')];
  return pid === undefined ? null : `${command ?? 'a program'} (pid ${pid})`;
}
