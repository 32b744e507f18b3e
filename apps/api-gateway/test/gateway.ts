import { join } from 'node:path';
import type { RunningProcess } from '@viewora/devstack/processes';
import { onFreePort } from '@viewora/testkit/ports';
import { startScript } from '@viewora/testkit/processes';
import { visitorSecret } from './platform.ts';

const script = join(import.meta.dirname, '../dist/main.js');

export interface Gateway {
  /** Its root, without a slash at the end. */
  url: string;
  process: RunningProcess;
}

/** A gateway alone, before whichever services the test has started. */
export function startGateway(redisUrl: string, own: Record<string, string> = {}): Promise<Gateway> {
  return onFreePort(async (port) => {
    const many = { RATE_LIMIT_READ: '100000', RATE_LIMIT_WRITE: '100000', RATE_LIMIT_QUESTION: '100000' };
    const env = { REDIS_URL: redisUrl, VISITOR_SECRET: visitorSecret, PORT: String(port), ...many, ...own };
    const process = await startScript(script, { env, waitFor: /"msg":"ready"/, timeoutMs: 60_000 });
    return { url: `http://127.0.0.1:${port}`, process };
  });
}
