import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { processIdentity } from './identity.ts';
import { becomes } from './ports.ts';
import type { Settings } from './settings.ts';
import { UserError } from './user-error.ts';

interface KnownProcess {
  name: string;
  pid: number;
  /** Tells it from a later process with the same number. */
  identity: string;
}

/** The note a running stack leaves in `running.json`, for other commands and for the next start. */
export interface RunningStack {
  owner: KnownProcess;
  web: string;
  ports: Settings['ports'];
  databaseUrl?: string;
  databaseMigrationUrl?: string;
  redisUrl?: string;
  /** False while it starts. */
  isReady: boolean;
  processes: KnownProcess[];
}

const file = (home: string) => join(home, 'running.json');

async function read(home: string): Promise<RunningStack | null> {
  const text = await readFile(file(home), 'utf8').catch(() => '');
  try {
    return JSON.parse(text) as RunningStack;
  } catch {
    // None, or one cut short by a crash.
    return null;
  }
}

const isAlive = async ({ pid, identity }: KnownProcess) => (await processIdentity(pid)) === identity;

/** The stack that runs now with this home, if one does. */
export async function findRunning(home: string): Promise<RunningStack | null> {
  const running = await read(home);
  return running !== null && (await isAlive(running.owner)) ? running : null;
}

/** The same, once it has started; null when it ends before that. */
export async function findReady(home: string): Promise<RunningStack | null> {
  let running = await findRunning(home);
  while (running !== null && !running.isReady) {
    await delay(100);
    running = await findRunning(home);
  }
  return running;
}

/** @throws UserError when a stack runs already. */
export async function refuseWhileRunning(home: string): Promise<void> {
  const running = await findRunning(home);
  if (running === null) return;
  throw new UserError(
    `Viewora is running already: ${running.web} (pid ${running.owner.pid}). Stop it with Ctrl-C in its terminal, or with: kill ${running.owner.pid}`,
  );
}

/** Writes and keeps up to date the note about this process's stack. */
export class RunningNote {
  readonly #home: string;
  readonly #note: RunningStack;
  /** One write at a time, and each in one go: what starts side by side is noted side by side. */
  #written = Promise.resolve();

  private constructor(home: string, note: RunningStack) {
    this.#home = home;
    this.#note = note;
  }

  /** Ends what a killed stack left behind, and takes its place. */
  static async take(settings: Settings): Promise<RunningNote> {
    await mkdir(settings.home, { recursive: true });
    await endStrays(settings.home);
    const owner = { name: 'devstack', pid: process.pid, identity: (await processIdentity(process.pid)) ?? '' };
    const { ports, databaseUrl, databaseMigrationUrl, redisUrl } = settings;
    const web = `http://localhost:${ports.web}`;
    const note = new RunningNote(settings.home, {
      owner,
      web,
      ports,
      databaseUrl,
      databaseMigrationUrl,
      redisUrl,
      isReady: false,
      processes: [],
    });
    await note.#write();
    return note;
  }

  async add(name: string, pid: number): Promise<void> {
    const identity = await processIdentity(pid);
    if (identity === null) return;
    this.#note.processes.push({ name, pid, identity });
    await this.#write();
  }

  async markReady(): Promise<void> {
    this.#note.isReady = true;
    await this.#write();
  }

  async remove(): Promise<void> {
    await rm(file(this.#home), { force: true });
  }

  /** Only for its owner to read: it may hold the password of a database. */
  #write(): Promise<void> {
    this.#written = this.#written.then(async () => {
      const partial = `${file(this.#home)}.partial`;
      await writeFile(partial, JSON.stringify(this.#note, null, 2), { mode: 0o600 });
      await rename(partial, file(this.#home));
    });
    return this.#written;
  }
}

/** Ends the processes of a stack whose owner was killed; only those that the note describes exactly. */
async function endStrays(home: string): Promise<void> {
  const strays = (await read(home))?.processes ?? [];
  await Promise.all(
    strays.map(async (stray) => {
      if (!(await isAlive(stray))) return;
      process.kill(stray.pid, stray.name === 'postgres' ? 'SIGINT' : 'SIGTERM');
      const ended = await becomes(async () => !(await isAlive(stray)), 10_000, 50);
      if (!ended && (await isAlive(stray))) process.kill(stray.pid, 'SIGKILL');
    }),
  );
}
