import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const host = '127.0.0.1';

/** A port of 127.0.0.1 that was free a moment ago; whoever binds it must still be ready to find it taken. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The system gave no port');
  return address.port;
}

/** Whether a server could bind this port of 127.0.0.1 now. A port held on another address counts as free. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Sends `request` over TCP and gives what comes back first; rejects when nobody answers within `timeoutMs`. */
export function askPort(port: number, request: string, timeoutMs = 1_000): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host, timeout: timeoutMs });
    socket.once('connect', () => socket.write(request));
    socket.once('data', (data) => {
      socket.destroy();
      resolve(data.toString());
    });
    socket.once('timeout', () => socket.destroy(new Error(`Port ${port} did not answer in ${timeoutMs} ms`)));
    socket.once('error', reject);
    socket.once('end', () => reject(new Error(`Port ${port} closed the connection`)));
  });
}

/** Tries `ready` until it is true; a throw counts as "not yet". Gives false when `timeoutMs` have passed. */
export async function becomes(ready: () => Promise<boolean>, timeoutMs: number, everyMs = 20): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    if (await ready().catch(() => false)) return true;
    if (Date.now() > deadline) return false;
    await delay(everyMs);
  }
}
