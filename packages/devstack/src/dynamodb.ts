import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';

interface DynaliteOptions {
  path?: string;
  createTableMs?: number;
  deleteTableMs?: number;
  updateTableMs?: number;
}

/** dynalite is CommonJS without types. */
const dynalite = createRequire(import.meta.url)('dynalite') as (options: DynaliteOptions) => Server;

/** A server that runs inside this process. */
export interface EmbeddedServer {
  stop(): Promise<void>;
}

/**
 * Starts DynamoDB's interface on 127.0.0.1, kept in `dataDir`. Tables are ready as soon as they are made. It knows no
 * transactions, no time to live and no PartiQL.
 */
export async function startDynamoDb(options: { port: number; dataDir: string }): Promise<EmbeddedServer> {
  await mkdir(options.dataDir, { recursive: true });
  const server = dynalite({ path: options.dataDir, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  return {
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
