import { once } from 'node:events';
import { createServer } from 'node:net';
import { onFreePort } from '../src/ports.ts';

test('a port that another took before it was bound costs another try', async () => {
  const tried: number[] = [];
  const port = await onFreePort(async (port) => {
    tried.push(port);
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    try {
      if (tried.length < 3) await once(createServer().listen(port, '127.0.0.1'), 'listening');
      return port;
    } finally {
      server.close();
    }
  });
  expect(tried).toHaveLength(3);
  expect(port).toBe(tried[2]);
});

test('whatever else goes wrong is told at once', async () => {
  let tries = 0;
  const broken = onFreePort(async () => {
    tries += 1;
    throw new Error('no such database');
  });
  await expect(broken).rejects.toThrow('no such database');
  expect(tries).toBe(1);
});
