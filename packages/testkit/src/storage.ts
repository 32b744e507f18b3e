import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startS3 } from '@viewora/devstack/s3';
import { onFreePort } from './ports.ts';

export interface TestStorage {
  /** Of the bucket; an object is below it, by its key. Nothing asks for a signature here. */
  url: string;
  /** What an app is told, by variable. */
  environment: Record<string, string>;
  /** Keys that begin with this, in order. */
  keys(prefix?: string): Promise<string[]>;
  /** Uploads in parts that were begun and neither completed nor aborted; S3 keeps them where nobody sees them. */
  unfinishedUploads(): Promise<number>;
  stop(): Promise<void>;
}

const bucket = 'viewora-private';

/** A private object store for one test file, with an empty private bucket. */
export async function startStorage(): Promise<TestStorage> {
  const dataDir = await mkdtemp(join(tmpdir(), 'viewora-s3-'));
  const { port, server } = await onFreePort(async (port) => ({
    port,
    server: await startS3({ port, dataDir, buckets: [bucket] }),
  }));
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    url: `${endpoint}/${bucket}`,
    environment: {
      S3_ENDPOINT: endpoint,
      S3_REGION: 'us-east-1',
      PRIVATE_BUCKET: bucket,
      AWS_ACCESS_KEY_ID: 'viewora',
      AWS_SECRET_ACCESS_KEY: 'viewora',
    },
    async keys(prefix = '') {
      const listed = await (
        await fetch(`${endpoint}/${bucket}?list-type=2&prefix=${encodeURIComponent(prefix)}`)
      ).text();
      return [...listed.matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key]) => String(key));
    },
    // The store has no list of them to ask for.
    unfinishedUploads: async () => (await readdir(join(dataDir, 'objects', '_multipart'))).length,
    async stop() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
