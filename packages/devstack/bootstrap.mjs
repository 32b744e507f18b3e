// The way into every root command: `node packages/devstack/bootstrap.mjs <command> [args]`. It runs on whatever Node the
// host has, before anything is installed, so it is plain JavaScript without dependencies; it installs what is missing
// and hands over to src/cli.ts on the Node that the workspace pins.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const oldestNode = [20, 19];
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const modules = join(root, 'node_modules');
const marker = join(modules, '.viewora-installed');

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
  fail(
    `Viewora needs Node ${oldestNode.join('.')} or newer; this is ${process.versions.node}. See https://nodejs.org/`,
  );
}
const state = installedState();
if (!existsSync(marker) || readFileSync(marker, 'utf8') !== state) await install();
handOver();

/** Everything that decides what an install brings. */
function installedState() {
  const folders = ['apps', 'packages'].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => join(root, group, name)),
  );
  const files = [root, ...folders].map((folder) => join(folder, 'package.json')).filter((file) => existsSync(file));
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
  for (const file of [...files.sort(), join(root, 'pnpm-lock.yaml'), join(root, 'pnpm-workspace.yaml')]) {
    hash.update(readFileSync(file));
  }
  return hash.digest('hex');
}

async function install() {
  const startedAt = Date.now();
  const shown = process.stderr.isTTY && !process.env.CI;
  const seconds = () => `${Math.round((Date.now() - startedAt) / 1000)} s`;
  const draw = () => process.stderr.write(`\r\x1b[K… installing dependencies  ${seconds()}`);
  const timer = shown ? setInterval(draw, 500) : undefined;
  const args = ['-y', manifest.packageManager, 'install', '--frozen-lockfile'];
  const env = { ...process.env, CI: 'true', npm_config_update_notifier: 'false' };
  const { code, output } = await run(process.platform === 'win32' ? 'npx.cmd' : 'npx', args, env);
  clearInterval(timer);
  if (shown) process.stderr.write('\r\x1b[K');
  if (code !== 0) {
    const cure = output.includes('ERR_PNPM_OUTDATED_LOCKFILE')
      ? `pnpm-lock.yaml does not match the package.json files. Run: npx -y ${manifest.packageManager} install`
      : 'Is the npm registry reachable from here? Try again; `npm config get registry` shows where packages come from.';
    fail(`${output.trim()}\n\n✗ dependencies could not be installed. ${cure}`);
  }
  writeFileSync(marker, state);
  process.stderr.write(`✓ dependencies installed  ${seconds()}\n`);
}

function run(command, args, env) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
    child.on('error', (error) => resolve({ code: 1, output: `${command}: ${error.message}` }));
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** The command keeps the terminal; this process only passes signals on and waits, so that npm sees the real exit code. */
function handOver() {
  const node = join(modules, 'node', 'bin');
  const child = spawn(
    join(node, 'node'),
    [join(root, 'packages', 'devstack', 'src', 'cli.ts'), ...process.argv.slice(2)],
    {
      env: {
        ...process.env,
        PATH: [node, join(modules, '.bin'), process.env.PATH].join(delimiter),
        INIT_CWD: process.env.INIT_CWD ?? process.cwd(),
        HOME: process.env.HOME ?? homedir(),
        TMPDIR: process.env.TMPDIR ?? tmpdir(),
      },
      // The channel closes if this process is killed, which tells the command to end as well.
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    },
  );
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(`${error.message}\nRemove node_modules and try again.`));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
    if (child.connected) child.disconnect();
  });
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
