import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { becomes } from '@viewora/devstack/ports';
import { withClient } from '@viewora/devstack/postgres';
import { startProcess } from '@viewora/devstack/processes';
import { findProgram } from '@viewora/devstack/programs';
import { serverUser } from '@viewora/devstack/server-user';
import { onFreePort } from './ports.ts';

export interface TestPgBouncer {
  /** The given URL, through the pooler. */
  url: string;
  stop(): Promise<void>;
}

/**
 * A PgBouncer in transaction mode in front of the server of `url`, as Supabase's port 6543 is: what holds session state
 * fails here as it would there. With the default of two server connections, sessions are shared at once. Null where
 * PgBouncer is not installed.
 */
export async function startPgBouncer(url: string, options: { poolSize?: number } = {}): Promise<TestPgBouncer | null> {
  const command = await findProgram('pgbouncer', ['/usr/sbin', '/usr/local/sbin']);
  return command === null ? null : onFreePort((port) => startOn(port, command, new URL(url), options.poolSize ?? 2));
}

async function startOn(port: number, command: string, target: URL, poolSize: number): Promise<TestPgBouncer> {
  const folder = await mkdtemp(join(tmpdir(), 'viewora-pgbouncer-'));
  await chmod(folder, 0o755);
  const users = join(folder, 'users.txt');
  const user = decodeURIComponent(target.username);
  await writeFile(users, `"${user}" "${decodeURIComponent(target.password)}"\n`, { mode: 0o600 });
  const owner = serverUser();
  if (owner !== undefined) await chown(users, owner.uid, owner.gid);
  const settings = join(folder, 'pgbouncer.ini');
  await writeFile(
    settings,
    `[databases]
* = host=${target.hostname} port=${target.port || '5432'}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${users}
pool_mode = transaction
default_pool_size = ${poolSize}
max_client_conn = 500
`,
  );
  const pooler = startProcess({ name: 'pgbouncer', command, args: [settings], user: owner, stopTimeoutMs: 2_000 });
  target.hostname = '127.0.0.1';
  target.port = String(port);
  async function stop(): Promise<void> {
    // Its gentle signal waits for every client to leave; a test has nothing to lose.
    await pooler.kill();
    await rm(folder, { recursive: true, force: true });
  }
  const answers = async () => {
    await withClient(target.href, (client) => client.query('SELECT 1'));
    return true;
  };
  const up = await becomes(async () => !pooler.isRunning() || (await answers()), 10_000);
  if (up && pooler.isRunning()) return { url: target.href, stop };
  const output = await pooler.lastLines();
  await stop();
  throw new Error(`PgBouncer did not start:\n${output}`);
}
