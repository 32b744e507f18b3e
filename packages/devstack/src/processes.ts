import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from './user-error.ts';

/** A signal that lets a process end by itself, as Postgres, Redis and our apps each want it. */
export type StopSignal = 'SIGTERM' | 'SIGINT' | 'SIGQUIT';

export interface ProcessOptions {
  /** Who it is, in messages: `postgres`, `property-api`. */
  name: string;
  command: string;
  args?: string[];
  /** The whole environment of the process; this one's where it is left out. */
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** Run as this user and group; only root can. */
  user?: { uid: number; gid: number };
  /** Appended with all output; without it the last lines are kept in memory. */
  logFile?: string;
  stopSignal?: StopSignal;
  /** How long it may take to end after `stopSignal` before it is killed. */
  stopTimeoutMs?: number;
}

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A running program of ours. It never outlives this process, even when this process is killed. */
export interface RunningProcess {
  readonly name: string;
  readonly pid: number;
  readonly exited: Promise<Exit>;
  isRunning(): boolean;
  lastLines(count?: number): Promise<string>;
  /** Asks it to end and waits; kills it when that takes too long. */
  stop(): Promise<Exit>;
  /** SIGKILL to it and what it started. */
  kill(): Promise<Exit>;
}

const keptLines = 10_000;

/**
 * Ends the process when the pipe to it closes, which the kernel does however its other end dies; Linux's
 * parent-death signal would do the same, but macOS has none. Arguments: pid, first signal, tenths of a second to wait.
 */
const guardScript = `trap '' INT TERM HUP
read -r _
kill -s "$2" -- "-$1" 2>/dev/null || exit 0
i=0
while [ "$i" -lt "$3" ] && kill -0 "$1" 2>/dev/null; do sleep 0.1; i=$((i + 1)); done
kill -s KILL -- "-$1" 2>/dev/null`;

/** Starts a program in a process group of its own, so that a terminal's Ctrl-C reaches only whoever started it. */
export function startProcess(options: ProcessOptions): RunningProcess {
  const { name, command, args = [], stopSignal = 'SIGTERM', stopTimeoutMs = 10_000 } = options;
  const log = options.logFile === undefined ? undefined : openSync(options.logFile, 'a');
  const child = spawn(command, args, {
    env: options.env ?? process.env,
    cwd: options.cwd,
    uid: options.user?.uid,
    gid: options.user?.gid,
    detached: true,
    stdio: ['ignore', log ?? 'pipe', log ?? 'pipe'],
  });
  if (log !== undefined) closeSync(log);
  const lines = log === undefined ? keepLines(child) : undefined;
  let running = true;
  const exited = new Promise<Exit>((resolve) => {
    child.once('error', (error) => {
      running = false;
      lines?.push(error.message);
      resolve({ code: null, signal: null });
    });
    child.once('exit', (code, signal) => {
      running = false;
      resolve({ code, signal });
    });
  });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const { pid } = child;
  if (pid === undefined) {
    return { name, pid: -1, exited, isRunning: () => running, lastLines, stop: () => exited, kill: () => exited };
  }
  guard(pid, stopSignal, stopTimeoutMs, exited);
  letParentExit(child);

  async function lastLines(count = 20): Promise<string> {
    // The last words may still be in the pipe when the process has ended, or in the hands of a child it left behind.
    if (!running) await Promise.race([closed, delay(500, undefined, { ref: false })]);
    const all = lines ?? (await readFile(options.logFile ?? '', 'utf8').catch(() => '')).trimEnd().split('\n');
    return all.slice(-count).join('\n');
  }
  async function kill(): Promise<Exit> {
    child.ref();
    if (running) signalGroup(child, 'SIGKILL');
    return exited;
  }
  async function stop(): Promise<Exit> {
    child.ref();
    if (running) signalGroup(child, stopSignal);
    const late = new AbortController();
    const exit = await Promise.race([exited, delay(stopTimeoutMs, undefined, { signal: late.signal }).catch(() => {})]);
    late.abort();
    return exit ?? (await kill());
  }
  return { name, pid, exited, isRunning: () => running, lastLines, stop, kill };
}

/**
 * Runs a program to its end, as {@link startProcess} does; when `interrupted` fires it is stopped, and the reason thrown.
 * @throws Error with everything it printed, unless it exits with 0.
 */
export async function runProcess(options: ProcessOptions, interrupted: AbortSignal): Promise<string> {
  interrupted.throwIfAborted();
  const child = startProcess(options);
  const stop = () => void child.stop();
  interrupted.addEventListener('abort', stop);
  // The process is unreferenced, and a promise alone does not keep Node running.
  const alive = setInterval(() => {}, 1_000);
  const { code } = await child.exited;
  clearInterval(alive);
  interrupted.removeEventListener('abort', stop);
  interrupted.throwIfAborted();
  const output = await child.lastLines(keptLines);
  if (code !== 0) throw new UserError(`${output}\n\n${options.name} failed (exit code ${code ?? 'none'}).`);
  return output;
}

function guard(pid: number, stopSignal: StopSignal, stopTimeoutMs: number, exited: Promise<Exit>): void {
  const tenths = String(Math.ceil(stopTimeoutMs / 100));
  const args = ['-c', guardScript, 'guard', String(pid), stopSignal.slice(3), tenths];
  const watcher = spawn('/bin/sh', args, { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  letParentExit(watcher);
  // Once the process has ended its number may be given to another, so the guard must go with it.
  void exited.then(() => watcher.kill('SIGKILL'));
}

/** A process left running must not keep this one alive: the guard ends it. */
function letParentExit(child: ChildProcess): void {
  child.unref();
  for (const stream of [child.stdin, child.stdout, child.stderr]) {
    if (stream !== null && 'unref' in stream && typeof stream.unref === 'function') stream.unref();
  }
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    child.kill(signal);
  }
}

function keepLines(child: ChildProcess): string[] {
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.on('data', (data: Buffer) => {
      const parts = (rest + data.toString()).split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts);
      lines.splice(0, Math.max(0, lines.length - keptLines));
    });
    stream?.on('end', () => {
      if (rest !== '') lines.push(rest);
    });
  }
  return lines;
}
