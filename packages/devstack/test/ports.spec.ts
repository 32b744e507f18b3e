import { once } from 'node:events';
import { createServer } from 'node:net';
import { checkPorts } from '../src/port-check.ts';
import { freePort } from '../src/ports.ts';
import { settingsFrom } from '../src/settings.ts';

test('a taken port is named, with its holder, its purpose and the variable that moves it', async () => {
  const port = await freePort();
  const holder = createServer().listen(port, '127.0.0.1');
  await once(holder, 'listening');
  const { ports } = settingsFrom({ GATEWAY_PORT: String(port) });

  const complaint = await checkPorts(ports, ['gateway']).catch((error: Error) => error.message);

  expect(complaint).toContain(`Port ${port}, for the API gateway, is taken by`);
  expect(complaint).toContain(`GATEWAY_PORT=${port + 10} npm start`);
  if (process.platform === 'linux') expect(complaint).toContain(`(pid ${process.pid})`);
  holder.close();
});

test('one port for two purposes is refused before either starts', async () => {
  const port = String(await freePort());
  const { ports } = settingsFrom({ GATEWAY_PORT: port, WEB_PORT: port });
  await expect(checkPorts(ports, ['gateway', 'web'])).rejects.toThrow('wanted by the API gateway and by the web app');
});

test('free ports pass', async () => {
  const { ports } = settingsFrom({ WEB_PORT: String(await freePort()) });
  await expect(checkPorts(ports, ['web'])).resolves.toBeUndefined();
});

test('a port that is no number names its variable', () => {
  expect(() => settingsFrom({ WEB_PORT: 'http' })).toThrow('WEB_PORT is not a port number: http');
});
