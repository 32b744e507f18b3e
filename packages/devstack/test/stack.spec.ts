import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '../src/apps.ts';
import { freePort } from '../src/ports.ts';
import { findRunning, RunningNote, refuseWhileRunning } from '../src/running.ts';
import { type Settings, settingsFrom } from '../src/settings.ts';
import { deathOf, Stack } from '../src/stack.ts';

let root: string;
let settings: Settings;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'viewora-stack-'));
  const ports = { GATEWAY_PORT: String(await freePort()), PROPERTY_API_PORT: String(await freePort()) };
  settings = settingsFrom({ ...ports, VIEWORA_HOME: join(root, 'home') }, root);
});

afterEach(() => rm(root, { recursive: true, force: true }));

const server = `import { createServer } from 'node:http';
const server = createServer((request, reply) => reply.end(process.env.GREETING));
server.listen(Number(process.env.PORT), '127.0.0.1');
process.on('SIGTERM', () => server.close(() => console.log('closed well')));
`;

async function makeApp(name: string, script: string, port: App['port'] = 'gateway'): Promise<App> {
  await mkdir(join(root, name));
  await writeFile(join(root, name, 'main.mjs'), script);
  const environment: App['environment'] = ({ ports }) => ({ PORT: String(ports[port]), GREETING: 'hello' });
  return { name, folder: name, port, main: ['main.mjs'], readyPath: '/', environment };
}

async function makeStack(apps: App[]) {
  const note = await RunningNote.take(settings);
  const interrupt = new AbortController();
  const stack = new Stack({ settings, apps, mode: 'production', note, interrupted: interrupt.signal });
  return { stack, interrupt };
}

test('apps are ready when the start resolves, and end by themselves when the stack stops', async () => {
  const { stack } = await makeStack([await makeApp('greeter', server)]);
  await stack.startApps(await stack.startServers([]));
  const greeting = await fetch(`http://127.0.0.1:${settings.ports.gateway}/`);
  expect(await greeting.text()).toBe('hello');
  await expect(refuseWhileRunning(settings.home)).rejects.toThrow('running already');

  await stack.stop();

  await expect(fetch(`http://127.0.0.1:${settings.ports.gateway}/`)).rejects.toThrow();
  expect(await findRunning(settings.home)).toBeNull();
});

test('an app that cannot start is named, with its last lines', async () => {
  const { stack } = await makeStack([await makeApp('broken', "console.log('no database here'); process.exit(3);")]);
  const surroundings = await stack.startServers([]);
  await expect(stack.startApps(surroundings)).rejects.toThrow(/no database here\s+broken has ended \(exit code 3\)/);
  await stack.stop();
});

test('an app that dies later is reported, and the others are stopped with the stack', async () => {
  const dying = `${server}server.on('request', ({ url }) => { if (url === '/die') throw new Error('out of luck'); });`;
  const apps = [await makeApp('dying', dying), await makeApp('steady', server, 'propertyApi')];
  const { stack } = await makeStack(apps);
  await stack.startApps(await stack.startServers([]));
  // It may be gone before it has answered.
  await fetch(`http://127.0.0.1:${settings.ports.gateway}/die`).catch(() => undefined);

  const dead = await stack.death;

  expect(dead.name).toBe('dying');
  expect((await deathOf(dead, 'the log')).message).toContain('out of luck');
  await stack.stop();
  await expect(fetch(`http://127.0.0.1:${settings.ports.propertyApi}/`)).rejects.toThrow();
});

test('an interrupt while apps start ends the wait', async () => {
  const { stack, interrupt } = await makeStack([await makeApp('slow', 'setInterval(() => {}, 1000);')]);
  const started = stack.startApps(await stack.startServers([]));
  interrupt.abort(new Error('enough'));
  await expect(started).rejects.toThrow('enough');
  await stack.stop();
});
