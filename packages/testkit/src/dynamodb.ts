import { mkdtemp, rm } from 'node:fs/promises';
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
  stop(): Promise<void>;
}

/** A private DynamoDB for one test file, without any table. */
export async function startTestDynamoDb(): Promise<TestDynamoDb> {
  const dataDir = await mkdtemp(join(tmpdir(), 'viewora-dynamodb-'));
  const first = await onFreePort(async (port) => ({ port, server: await startDynamoDb({ port, dataDir }) }));
  const { port } = first;
  let server: typeof first.server | undefined = first.server;
  async function halt(): Promise<void> {
    await server?.stop();
    server = undefined;
  }
  return {
    url: `http://127.0.0.1:${port}`,
    environment: {
      DYNAMODB_ENDPOINT: `http://127.0.0.1:${port}`,
      DYNAMODB_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'viewora',
      AWS_SECRET_ACCESS_KEY: 'viewora',
    },
    halt,
    async resume() {
      server ??= await startDynamoDb({ port, dataDir });
    },
    async stop() {
      await halt();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
