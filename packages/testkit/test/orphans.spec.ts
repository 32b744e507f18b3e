import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { askPort, becomes } from '@viewora/devstack/ports';

test('a Redis ends when the process that started it is killed', async () => {
  const script = `import { startRedis } from ${JSON.stringify(new URL('../dist/redis.js', import.meta.url).href)};
    console.log((await startRedis()).url); setInterval(() => {}, 1000);`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(owner.stdout, 'data');
  const port = Number(new URL(String(line).trim()).port);
  expect(await askPort(port, 'PING\r\n')).toContain('PONG');

  owner.kill('SIGKILL');

  const gone = () =>
    askPort(port, 'PING\r\n').then(
      () => false,
      () => true,
    );
  expect(await becomes(gone, 5_000)).toBe(true);
});
