import { chown, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { processIdentity } from './identity.ts';
import { becomes } from './ports.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import { type RunningProcess, startProcess } from './processes.ts';
import { runProgram } from './programs.ts';
import { serverUser } from './server-user.ts';

export interface PostgresServerOptions {
  port: number;
  /** Created, with an empty cluster, when missing. Every folder above it must be open to {@link serverUser}. */
  dataDir: string;
  /** False gives up surviving a crash of the host, for speed: right for tests alone. */
  durable: boolean;
  sharedBuffersMb?: number;
  logFile?: string;
  /** An initialised folder to copy instead of running initdb. */
  template?: string;
}

/** The superuser's URL; the embedded server listens on 127.0.0.1 alone and trusts who can connect. */
export function superuserUrl(port: number, database = 'postgres'): string {
  return `postgres://postgres@127.0.0.1:${port}/${database}`;
}

/** Starts a real Postgres on 127.0.0.1, cleaning up after one that was killed, and resolves when it answers. */
export async function startPostgresServer(options: PostgresServerOptions): Promise<RunningProcess> {
  const { port, dataDir, durable } = options;
  const binaries = await postgresBinaries();
  await createDataDir(dataDir, options.template);
  await refuseOtherVersion(dataDir, binaries.version);
  await clearStaleServer(dataDir);
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: `${options.sharedBuffersMb ?? 256}MB`,
    timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const args = ['-D', dataDir, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const start = () =>
    startProcess({
      name: 'postgres',
      command: binaries.postgres,
      args,
      cwd: dataDir,
      user: serverUser(),
      logFile: options.logFile,
      // SIGINT is Postgres's "fast" stop: it does not wait for clients to leave; SIGQUIT does not even write back.
      stopSignal: durable ? 'SIGINT' : 'SIGQUIT',
    });
  let server = start();
  const up = await becomes(async () => {
    if (server.isRunning()) return answers(port, dataDir);
    // After a SIGKILL the old server's children live on for a moment and hold its shared memory.
    if (!(await server.lastLines()).includes('pre-existing shared memory block')) return true;
    server = start();
    return false;
  }, 60_000);
  if (up && server.isRunning()) return server;
  await server.kill();
  throw new Error(`Postgres did not start on port ${port}:\n${await server.lastLines()}`);
}

/** Runs `work` with a connection of its own, closed afterwards whatever happens. */
export async function withClient<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // A server that is stopped while we hold a connection reports it here; the running query rejects as well.
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** Makes an initialised, empty data folder; a folder that is there already is left as it is. */
export async function createDataDir(dataDir: string, template?: string): Promise<void> {
  if ((await postgresVersionOf(dataDir)) !== null) return;
  const { initdb } = await postgresBinaries();
  const user = serverUser();
  await mkdir(dirname(dataDir), { recursive: true });
  const work = await mkdtemp(`${dataDir}-`);
  if (user !== undefined) await chown(work, user.uid, user.gid);
  if (template === undefined) {
    // The builtin provider sorts and folds alike on every host, whatever locales that host has.
    const locale = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8';
    const kinds = ['--encoding=UTF8', `--locale=${locale}`, '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    const args = ['-D', work, '--username=postgres', '--auth=trust', '--no-sync', ...kinds];
    await runProgram(initdb, args, { cwd: work, user });
  } else {
    await runProgram('cp', ['-a', `${template}/.`, work]);
  }
  // Renamed when whole, so that an interrupted start leaves nothing that looks initialised.
  await rm(dataDir, { recursive: true, force: true });
  await rename(work, dataDir).catch(async (error: unknown) => {
    await rm(work, { recursive: true, force: true });
    if ((await postgresVersionOf(dataDir)) === null) throw error;
  });
}

async function postgresVersionOf(dataDir: string): Promise<string | null> {
  return readFile(join(dataDir, 'PG_VERSION'), 'utf8').then(
    (text) => text.trim(),
    () => null,
  );
}

async function refuseOtherVersion(dataDir: string, packageVersion: string): Promise<void> {
  const found = await postgresVersionOf(dataDir);
  if (found === null || packageVersion.startsWith(`${found}.`)) return;
  throw new Error(
    `The data in ${dataDir} was written by Postgres ${found}; this is ${packageVersion}. \`npm run reset\` starts anew.`,
  );
}

/** Postgres refuses to start where `postmaster.pid` names any living process, and numbers are given out again. */
async function clearStaleServer(dataDir: string): Promise<void> {
  const file = join(dataDir, 'postmaster.pid');
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  const ours = async () => (await processIdentity(pid))?.includes(dataDir) === true;
  if (await ours()) {
    process.kill(pid, 'SIGINT');
    if (!(await becomes(async () => !(await ours()), 10_000, 50)) && (await ours())) process.kill(pid, 'SIGKILL');
  }
  await rm(file, { force: true });
}

/** Asked for its folder, because on a port that was taken somebody else answers while ours is still failing. */
async function answers(port: number, dataDir: string): Promise<boolean> {
  const { rows } = await withClient(superuserUrl(port), (client) => client.query('SHOW data_directory'));
  return rows[0]?.data_directory === dataDir;
}
