import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RunningProcess } from '@viewora/devstack/processes';
import { onFreePort } from '@viewora/testkit/ports';
import { startScript } from '@viewora/testkit/processes';

const script = join(import.meta.dirname, '../../api-gateway/dist/main.js');
const headers = {
  'content-type': 'application/json',
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36',
};

/** The gateway as it runs in production, and what a page does that has events to tell. */
export class Gateway {
  /** Events whose page was not told that they have arrived, and which it has sent again. */
  sentAgain = 0;
  private readonly env: Record<string, string>;
  private readonly url: string;
  private process: RunningProcess;

  private constructor(env: Record<string, string>, url: string, process: RunningProcess) {
    this.env = env;
    this.url = url;
    this.process = process;
  }

  static start(redisUrl: string): Promise<Gateway> {
    return onFreePort(async (port) => {
      const env = {
        REDIS_URL: redisUrl,
        RATE_LIMIT_EVENT: '100000',
        VISITOR_SECRET: 'x'.repeat(32),
        PORT: String(port),
      };
      return new Gateway(env, `http://127.0.0.1:${port}/api/v1/events`, await startGateway(env));
    });
  }

  /** It is killed, whatever it has in hand, and another takes its place. */
  async restart(): Promise<void> {
    await this.process.kill();
    this.process = await startGateway(this.env);
  }

  /** Sends the events, again and again, until it is told that they have arrived. */
  async send(events: readonly object[]): Promise<void> {
    const body = JSON.stringify({ events });
    for (;;) {
      const answer = await fetch(this.url, { method: 'POST', headers, body }).catch(() => null);
      if (answer?.status === 202) return;
      if (answer && answer.status < 500) throw new Error(`${answer.status} ${await answer.text()}`);
      this.sentAgain += events.length;
      await delay(50);
    }
  }

  stop(): Promise<unknown> {
    return this.process.stop();
  }
}

function startGateway(env: Record<string, string>): Promise<RunningProcess> {
  return startScript(script, { env, waitFor: /"msg":"ready"/, timeoutMs: 60_000 });
}
