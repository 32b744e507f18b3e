import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { EmbeddedServer } from './dynamodb.ts';

/** What a browser may read of a reply; without ETag it could not complete a multipart upload. */
const exposedHeaders = 'ETag, Content-Length, Content-Range, x-amz-request-id, x-amz-version-id, x-amz-checksum-sha256';

export interface S3Options {
  port: number;
  dataDir: string;
  /** Made where they are not there yet. */
  buckets?: string[];
}

/**
 * Starts S3's interface on 127.0.0.1, kept in `dataDir`. In front of fauxqs, which knows neither CORS nor conditional
 * writes, stands a proxy that answers as a bucket would whose CORS rules allow every origin. No signature is checked.
 */
export async function startS3(options: S3Options): Promise<EmbeddedServer> {
  await mkdir(options.dataDir, { recursive: true });
  // Imported here because it brings half of the AWS SDK, which no other command should wait for.
  const { startFauxqs } = await import('fauxqs');
  const store = await startFauxqs({
    port: 0,
    host: '127.0.0.1',
    logger: false,
    dataDir: options.dataDir,
    s3StorageDir: join(options.dataDir, 'objects'),
    init: { buckets: options.buckets ?? [] },
  });
  const proxy = createServer((incoming, outgoing) => {
    if (incoming.method === 'OPTIONS') return answerPreflight(incoming, outgoing);
    if (incoming.method === 'PUT' && incoming.headers['if-none-match'] === '*')
      return forwardFirst(store.port, incoming, outgoing);
    forward(store.port, incoming, outgoing);
  });
  proxy.listen(options.port, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    async stop() {
      proxy.closeAllConnections();
      await new Promise<void>((resolve) => proxy.close(() => resolve()));
      await store.stop();
    },
  };
}

function answerPreflight(incoming: IncomingMessage, outgoing: ServerResponse): void {
  outgoing.writeHead(204, {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'GET, HEAD, PUT, POST, DELETE',
    'access-control-allow-headers': incoming.headers['access-control-request-headers'] ?? '*',
    'access-control-max-age': '600',
  });
  outgoing.end();
}

/** A link that may write once: what is there already stays (S3 answers 412). */
function forwardFirst(port: number, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const head = request({ host: '127.0.0.1', port, method: 'HEAD', path: incoming.url }, (reply) => {
    reply.resume();
    if (reply.statusCode === 404) return forward(port, incoming, outgoing);
    incoming.resume();
    outgoing.writeHead(412, { 'access-control-allow-origin': '*' }).end();
  });
  head.on('error', () => outgoing.destroy());
  head.end();
}

function forward(port: number, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, url, headers } = incoming;
  const upstream = request({ host: '127.0.0.1', port, method, path: url, headers }, (reply) => {
    const cors = { 'access-control-allow-origin': '*', 'access-control-expose-headers': exposedHeaders };
    outgoing.writeHead(reply.statusCode ?? 502, { ...reply.headers, ...cors });
    reply.pipe(outgoing);
  });
  upstream.on('error', () => outgoing.destroy());
  outgoing.on('close', () => upstream.destroy());
  incoming.pipe(upstream);
}
