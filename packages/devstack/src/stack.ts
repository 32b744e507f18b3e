import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type App, environmentOf, type Mode, type Surroundings } from './apps.ts';
import { becomes } from './ports.ts';
import { type ProcessOptions, type RunningProcess, runProcess, startProcess } from './processes.ts';
import type { RunningNote } from './running.ts';
import { freshLog, prepareSurroundings, type ServerName, startServer } from './servers.ts';
import type { Settings } from './settings.ts';
import { UserError } from './user-error.ts';

interface Stoppable {
  stop(): Promise<unknown>;
  kill?(): Promise<unknown>;
}

export interface StackOptions {
  settings: Settings;
  apps: App[];
  mode: Mode;
  /** Where the stack writes down what it starts, so that nothing is left behind if this process is killed. */
  note: RunningNote;
  /** Fires when the person at the terminal wants to stop. */
  interrupted: AbortSignal;
}

/** The embedded servers and the apps of one running Viewora; the steps are called in the order they stand here. */
export class Stack {
  readonly #options: StackOptions;
  readonly #servers: Stoppable[] = [];
  readonly #apps: RunningProcess[] = [];
  /** Resolves with the first process that ends without having been asked to. */
  readonly death: Promise<RunningProcess>;
  #reportDeath: (process: RunningProcess) => void = () => {};
  #stopping = false;

  constructor(options: StackOptions) {
    this.#options = options;
    this.death = new Promise((resolve) => {
      this.#reportDeath = resolve;
    });
  }

  /** Starts the servers side by side, then makes each service's role and schema. */
  async startServers(names: ServerName[]): Promise<Surroundings> {
    const { settings, apps } = this.#options;
    await mkdir(join(settings.home, 'logs'), { recursive: true });
    const started = await Promise.allSettled(names.map((name) => this.#startServer(name)));
    const failed = started.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    return prepareSurroundings(settings, apps);
  }

  async #startServer(name: ServerName): Promise<void> {
    const server = await startServer(name, this.#options.settings);
    this.#servers.push(server);
    if (!('pid' in server)) return;
    await this.#watch(server);
  }

  /** Runs a script of an app to its end, with the app's environment; gives what it printed. */
  async runScript(app: App, script: string, args: string[], surroundings: Surroundings): Promise<string> {
    const main = [join(this.#options.settings.root, app.folder, script), ...args];
    return runProcess(this.#nodeProcess(app, main, surroundings), this.#options.interrupted);
  }

  /** Starts the apps side by side; they are ready when this resolves. */
  async startApps(surroundings: Surroundings): Promise<void> {
    await Promise.all(this.#options.apps.map((app) => this.#startApp(app, surroundings)));
  }

  async #startApp(app: App, surroundings: Surroundings): Promise<void> {
    const { settings, mode, interrupted } = this.#options;
    const restarted =
      mode === 'development' ? (app.devMain ?? ['--watch', '--watch-preserve-output', ...app.main]) : app.main;
    const logFile = await freshLog(settings.home, app.name);
    const child = startProcess({ ...this.#nodeProcess(app, restarted, surroundings), logFile, stopTimeoutMs: 15_000 });
    this.#apps.push(child);
    await this.#watch(child);
    const url = `http://127.0.0.1:${settings.ports[app.port]}${app.readyPath}`;
    const isReady = async () => !child.isRunning() || interrupted.aborted || (await fetch(url, soon())).ok;
    const ready = await becomes(isReady, 60_000, 50);
    interrupted.throwIfAborted();
    if (!child.isRunning()) throw await deathOf(child, logFile);
    if (ready) return;
    const answer = await fetch(url, soon()).then((reply) => reply.text(), String);
    throw new UserError(`${app.name} runs, but is not ready after 60 s. ${url} says: ${answer}\nIts log is ${logFile}`);
  }

  #nodeProcess(app: App, main: string[], surroundings: Surroundings): ProcessOptions {
    const { root } = this.#options.settings;
    const cwd = join(root, app.folder);
    const script = main.find((part) => !part.startsWith('--')) ?? '';
    const path = script.startsWith('/') ? script : join(cwd, script);
    if (!existsSync(path)) throw new UserError(`${path} is missing. Does ${app.name} build?`);
    const env = environmentOf(app, surroundings, this.#options.mode);
    return { name: app.name, command: process.execPath, args: main, cwd, env };
  }

  async #watch(child: RunningProcess): Promise<void> {
    void child.exited.then(() => {
      if (!this.#stopping) this.#reportDeath(child);
    });
    await this.#options.note.add(child.name, child.pid);
  }

  /** Whether there is nothing to stop. */
  isEmpty(): boolean {
    return this.#servers.length + this.#apps.length === 0;
  }

  /** Ends everything, the apps first, each in its own time. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#apps.map((app) => app.stop()));
    await Promise.all(this.#servers.map((server) => server.stop()));
    await this.#options.note.remove();
  }

  /** Ends everything now. */
  async kill(): Promise<void> {
    this.#stopping = true;
    await Promise.all([...this.#apps, ...this.#servers].map((each: Stoppable) => each.kill?.()));
    await this.#options.note.remove();
  }
}

/** What to say about a process that should still run. */
export async function deathOf(child: RunningProcess, logFile: string): Promise<UserError> {
  const { code, signal } = await child.exited;
  const how = signal === null ? `exit code ${code ?? 'none'}` : `killed by ${signal}`;
  return new UserError(`${await child.lastLines(30)}\n\n${child.name} has ended (${how}). Its log is ${logFile}`);
}

const soon = () => ({ signal: AbortSignal.timeout(2_000) });
