import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDynamoDb } from '@viewora/devstack/dynamodb';
import { onFreePort } from './ports.ts';

export interface TestDynamoDb {
  url: string;
  /** What an app is told, by variable. */
  environment: Record<string, string>;
  /** Away: nothing answers any more; the tables stay. */
  halt(): Promise<void>;
  /** There again, on the same port and data. */
  resume(): Promise<void>;
  /** Counts the requests of one action from now on; gives the count. */
  countRequests(action: string): () => number;
  /** Refuses this share of what writes, and leaves half of a batch undone as often; `random` decides which. */
  throttle(share: number, random: () => number): void;
  stop(): Promise<void>;
}

/** A private DynamoDB for one test file, without any table, behind a door that can be shut. */
export async function startTestDynamoDb(): Promise<TestDynamoDb> {
  const dataDir = await mkdtemp(join(tmpdir(), 'viewora-dynamodb-'));
  const inner = await onFreePort(async (port) => ({ port, server: await startDynamoDb({ port, dataDir }) }));
  const counters: ((action: string) => void)[] = [];
  let throttled = { share: 0, random: Math.random };
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const action = String(incoming.headers['x-amz-target']).split('.')[1] ?? '';
    for (const counter of counters) counter(action);
    const body = Buffer.concat(await incoming.toArray());
    const isUnlucky = /Update|Write/.test(action) && throttled.random() < throttled.share;
    if (!isUnlucky) return forward(inner.port, incoming, body, outgoing);
    if (action === 'BatchWriteItem') return forwardHalf(inner.port, incoming, body, outgoing);
    const type = 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException';
    outgoing.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
    outgoing.end(JSON.stringify({ __type: type, message: 'Too much at once' }));
  };
  const open = async (port: number) => {
    const door = createServer((incoming, outgoing) => void answer(incoming, outgoing).catch(() => outgoing.destroy()));
    door.listen(port, '127.0.0.1');
    await once(door, 'listening');
    return door;
  };
  const first = await onFreePort(async (port) => ({ port, door: await open(port) }));
  let door: Server | undefined = first.door;
  async function halt(): Promise<void> {
    door?.closeAllConnections();
    door?.close();
    door = undefined;
  }
  return {
    url: `http://127.0.0.1:${first.port}`,
    environment: {
      DYNAMODB_ENDPOINT: `http://127.0.0.1:${first.port}`,
      DYNAMODB_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'viewora',
      AWS_SECRET_ACCESS_KEY: 'viewora',
    },
    halt,
    async resume() {
      door ??= await open(first.port);
    },
    countRequests(action) {
      let count = 0;
      counters.push((each) => {
        if (each === action) count += 1;
      });
      return () => count;
    },
    throttle(share, random) {
      throttled = { share, random };
    },
    async stop() {
      await halt();
      await inner.server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function forward(
  port: number,
  { url, method, headers }: IncomingMessage,
  body: Buffer,
  outgoing: ServerResponse,
): void {
  const upstream = request({ host: '127.0.0.1', port, path: url, method, headers }, (reply) => {
    outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.pipe(outgoing);
  });
  upstream.on('error', () => outgoing.destroy());
  upstream.end(body);
}

/** Does the first half of a batch, and says that the second was not done. */
async function forwardHalf(port: number, incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse) {
  const { RequestItems } = JSON.parse(body.toString()) as { RequestItems: Record<string, unknown[]> };
  const half = (from: (length: number) => [number, number]) =>
    Object.fromEntries(Object.entries(RequestItems).map(([table, all]) => [table, all.slice(...from(all.length))]));
  const done = half((length) => [0, Math.ceil(length / 2)]);
  const left = half((length) => [Math.ceil(length / 2), length]);
  const text = JSON.stringify({ RequestItems: done });
  const headers = { ...(incoming.headers as Record<string, string>), 'content-length': String(text.length) };
  const reply = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: text, headers: withoutHop(headers) });
  const undone = Object.fromEntries(Object.entries(left).filter(([, all]) => all.length > 0));
  outgoing.writeHead(reply.status, { 'content-type': 'application/x-amz-json-1.0' });
  outgoing.end(JSON.stringify({ ...((await reply.json()) as object), UnprocessedItems: undone }));
}

/** Headers that belong to one connection, not to the request. */
function withoutHop(headers: Record<string, string>): Record<string, string> {
  const { host: _host, connection: _connection, 'content-length': _length, ...rest } = headers;
  return rest;
}
